import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { TableCell } from './table.ts';
import { xlsxOf } from './xlsx.ts';

async function partsOf(name: string, head: string[], rows: Iterable<TableCell[]>): Promise<Record<string, string>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsxOf({ name, head, rows })) pieces.push(piece);
  const files = unzipSync(Buffer.concat(pieces));
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

function sheetOf(parts: Record<string, string>): string {
  return parts['xl/worksheets/sheet1.xml'] ?? '';
}

test('a workbook has its parts, and every part that is named is there', async () => {
  const parts = await partsOf('payroll [1]: 2026/03 "a very long name"', ['id'], []);
  assert.deepEqual(Object.keys(parts), [
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  for (const [, path = ''] of (parts['[Content_Types].xml'] ?? '').matchAll(/PartName="\/([^"]+)"/g)) {
    assert.ok(path in parts, path);
  }
  assert.match(parts['xl/workbook.xml'] ?? '', /<sheet name="payroll _1__ 2026_03 &quot;a very lo" /);
  for (const text of Object.values(parts)) assert.match(text, /^<\?xml version="1.0" encoding="UTF-8"/);
});

test('numbers are numbers, texts are texts, and nothing breaks out of its cell', async () => {
  const cases: [TableCell, string][] = [
    [12.5, '><v>12.5</v></c>'],
    [-3, '><v>-3</v></c>'],
    ['plain', ' t="inlineStr"><is><t xml:space="preserve">plain</t></is></c>'],
    ['=1+1', ' t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'],
    ['a < b & "c" > d', ' t="inlineStr"><is><t xml:space="preserve">a &lt; b &amp; &quot;c&quot; &gt; d</t></is></c>'],
    ['x\0y\u0007z\r\nw', ' t="inlineStr"><is><t xml:space="preserve">xyz\nw</t></is></c>'],
    ['_x000D_', ' t="inlineStr"><is><t xml:space="preserve">_x005F_x000D_</t></is></c>'],
    ['\ud800', ' t="inlineStr"><is><t xml:space="preserve">\ufffd</t></is></c>'],
    [null, ''],
    ['', ''],
  ];
  const text = sheetOf(
    await partsOf(
      'cells',
      ['value'],
      cases.map(([cell]) => [cell]),
    ),
  );
  assert.ok(
    text.includes('<row r="1"><c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">value</t></is></c></row>'),
  );
  for (const [index, [, expected]] of cases.entries()) {
    const row = index + 2;
    assert.ok(text.includes(`<row r="${row}">${expected === '' ? '' : `<c r="A${row}"${expected}`}</row>`), expected);
  }
});

test('columns have their letters', async () => {
  const text = sheetOf(await partsOf('wide', [], [Array.from({ length: 703 }, (_, index) => index)]));
  for (const [place, value] of Object.entries({ A2: 0, Z2: 25, AA2: 26, AZ2: 51, BA2: 52, ZZ2: 701, AAA2: 702 })) {
    assert.ok(text.includes(`<c r="${place}"><v>${value}</v></c>`), place);
  }
});

test('a long table comes in pieces, rows being made as they are needed', async () => {
  let made = 0;
  function* rows(): Generator<TableCell[]> {
    for (; made < 50_000; made += 1) yield [made, `row ${made}`];
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsxOf({ name: 'long', head: ['id', 'name'], rows: rows() })) {
    if (pieces.length === 10) assert.ok(made < 25_000, `${made} rows were made for the first pieces`);
    pieces.push(piece);
  }
  const text = strFromU8(unzipSync(Buffer.concat(pieces))['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  assert.equal(text.match(/<row /g)?.length, 50_001);
  assert.ok(text.endsWith('row 49999</t></is></c></row></sheetData></worksheet>'));
});

test('others get a turn while a sheet of equal rows is made', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  });
  const rows = Array.from({ length: 20_000 }, () => ['Pat', 1, 'Digging', 28_800]);
  for await (const _ of xlsxOf({ name: 'rows', head: ['a', 'b', 'c', 'd'], rows }));
  clearInterval(timer);
  assert.ok(turns >= 10, `${turns} turns`);
});
