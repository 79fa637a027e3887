import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine, csvOf } from './csv.ts';
import type { TableCell } from './table.ts';

test('cells are quoted where they must be, and never become formulas', () => {
  const cases: [TableCell, string][] = [
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['Åsa; Łódź', 'Åsa; Łódź'],
    [null, ''],
    ['', ''],
    [0, '0'],
    [-12.5, '-12.5'],
    ['-12.5', '-12.5'],
    ['+7', '+7'],
    ['=1+1', "'=1+1"],
    ['+1 (208) 555', "'+1 (208) 555"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ['a=b', 'a=b'],
  ];
  for (const [cell, expected] of cases) assert.equal(csvLine([cell]), `${expected}\r\n`);
});

test('a table has a heading, then its rows', async () => {
  const rows: TableCell[][] = [
    [1, 'Ada'],
    [2, null],
  ];
  const lines: string[] = [];
  for await (const line of csvOf({ head: ['id', 'name'], rows })) lines.push(line);
  assert.equal(lines.join(''), 'id,name\r\n1,Ada\r\n2,\r\n');
});
