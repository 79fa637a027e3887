import { setImmediate } from 'node:timers/promises';
import { Zip, ZipDeflate } from 'fflate';
import type { Table, TableCell } from './table.ts';

const mostRows = 1_048_576;
const mostCharacters = 32_767;
const pieceCharacters = 65_536;
/** Zip files can not say "never": their earliest moment, so that equal tables make equal files. */
const earliest = new Date(1980, 0, 1);

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const package_ = 'http://schemas.openxmlformats.org/package/2006';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * A table as an Office Open XML workbook with one sheet, its heading bold and always in view; in pieces, so that only some
 * rows are held at a time and others get a turn in between. Texts stay texts, whatever they begin with. Throws a RangeError for more rows than a sheet holds.
 */
export async function* xlsxOf({ name, head, rows }: Table): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    made.push(bytes);
  });
  const encoder = new TextEncoder();
  const begin = (path: string): ZipDeflate => {
    const part = new ZipDeflate(path, { level: 4 });
    part.mtime = earliest;
    zip.add(part);
    return part;
  };
  for (const [path, text] of Object.entries(frameOf(name))) begin(path).push(encoder.encode(declaration + text), true);
  const sheet = begin('xl/worksheets/sheet1.xml');
  let text = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rowText(1, head, 1)}`;
  let number = 1;
  for await (const row of rows) {
    number += 1;
    if (number > mostRows) throw new RangeError(`A sheet holds at most ${mostRows} rows`);
    text += rowText(number, row, 0);
    if (text.length < pieceCharacters) continue;
    sheet.push(encoder.encode(text));
    text = '';
    yield* made.splice(0);
    // Equal rows make so few bytes that whoever sends them would seldom stop.
    await setImmediate();
  }
  sheet.push(encoder.encode(`${text}</sheetData></worksheet>`), true);
  zip.end();
  yield* made.splice(0);
}

/** The parts around the sheet, by path. */
function frameOf(name: string): Record<string, string> {
  const title = name.replace(/[[\]:*?/\\]/g, '_').slice(0, 31);
  const type = (path: string, kind: string): string =>
    `<Override PartName="/xl/${path}.xml" ContentType="${media}.${kind}+xml"/>`;
  const relation = (id: number, kind: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${office}/relationships/${kind}" Target="${target}"/>`;
  const relations = (inner: string): string =>
    `<Relationships xmlns="${package_}/relationships">${inner}</Relationships>`;
  return {
    '[Content_Types].xml': `<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('workbook', 'sheet.main')}${type('worksheets/sheet1', 'worksheet')}${type('styles', 'styles')}</Types>`,
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}/relationships"><sheets><sheet name="${escaped(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation(1, 'worksheet', 'worksheets/sheet1.xml') + relation(2, 'styles', 'styles.xml'),
    ),
    // Style 0 is plain, style 1 bold.
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  };
}

function rowText(number: number, cells: readonly TableCell[], style: number): string {
  let text = `<row r="${number}">`;
  for (const [index, cell] of cells.entries()) {
    if (cell === null || cell === '') continue;
    const place = `<c r="${columnName(index)}${number}"${style === 0 ? '' : ` s="${style}"`}`;
    text +=
      typeof cell === 'number'
        ? `${place}><v>${cell}</v></c>`
        : `${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  }
  return `${text}</row>`;
}

/** A, B, …, Z, AA, AB, … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML does not know.
const unknownToXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML; what spreadsheets would read as an encoded character is encoded itself. */
function escaped(text: string): string {
  return text
    .slice(0, mostCharacters)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(unknownToXml, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
