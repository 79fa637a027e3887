import type { Actor } from '../../engine/context.ts';
import type { Definition, Field } from '../../engine/definition.ts';
import { columnOf, layoutOf } from '../../engine/layout.ts';
import { holds } from '../../engine/permissions.ts';
import { epochOfPg, isoLocal, isoUtc } from '../../lib/time.ts';
import type { Cell, Cells } from '../../store/db.ts';
import { fieldWriters } from './quirks.ts';

type CellWriter = (cell: Cell, cells: Cells) => string;
type RowWriter = (cells: Cells) => string;

/** Turns a row of a definition into the text of its JSON object, for one class of viewers. */
const writers = new WeakMap<Definition, Map<string, RowWriter>>();
/** Finished texts of cells that are kept in the company's cache, by class of viewer. */
const finished = new WeakMap<Cells, Map<string, string>>();

/** JSON of one row as this person may see it; `shown` names the on-request fields that were asked for. */
export function writeRow(definition: Definition, actor: Actor, cells: Cells, shown?: ReadonlySet<string>): string {
  const viewer = viewerClass(definition, actor, shown);
  if (!definition.cached) return writerFor(definition, viewer)(cells);
  let texts = finished.get(cells);
  if (texts === undefined) {
    texts = new Map();
    finished.set(cells, texts);
  }
  let text = texts.get(viewer);
  if (text === undefined) {
    // Through a buffer, because a text put together from parts would be walked part by part at every use.
    text = Buffer.from(writerFor(definition, viewer)(cells)).toString();
    texts.set(viewer, text);
  }
  return text;
}

/** A function that writes many rows for one person. */
export function rowWriter(definition: Definition, actor: Actor, shown?: ReadonlySet<string>): RowWriter {
  if (definition.cached) return (cells) => writeRow(definition, actor, cells, shown);
  return writerFor(definition, viewerClass(definition, actor, shown));
}

/** The JSON text of one field of a row, whoever looks; for telling whether a client sends back what it read. */
export function writeField(definition: Definition, name: string, cells: Cells): string | undefined {
  const field = definition.fields[name];
  if (field === undefined || hidden(field)) return undefined;
  const layout = layoutOf(definition);
  return cellWriter(definition, name, field)(cells[layout.at(columnOf(name, field))] ?? null, cells);
}

function hidden(field: Field): boolean {
  return field.type === 'secret' || field.mode === 'write-only';
}

/** People who see the same fields share texts: the class is the list of conditional fields that this one sees. */
function viewerClass(definition: Definition, actor: Actor, shown: ReadonlySet<string> | undefined): string {
  let viewer = '';
  for (const name of conditionalFields(definition)) {
    const { readBy, onRequest } = definition.fields[name] ?? {};
    const seen =
      (readBy === undefined || holds(readBy, actor)) && (onRequest === undefined || shown?.has(onRequest) === true);
    if (seen) viewer += `${name} `;
  }
  return viewer;
}

const conditional = new WeakMap<Definition, string[]>();

function conditionalFields(definition: Definition): string[] {
  let names = conditional.get(definition);
  if (names === undefined) {
    names = Object.entries(definition.fields)
      .filter(([, field]) => field.readBy !== undefined || field.onRequest !== undefined)
      .map(([name]) => name);
    conditional.set(definition, names);
  }
  return names;
}

function writerFor(definition: Definition, viewer: string): RowWriter {
  let known = writers.get(definition);
  if (known === undefined) {
    known = new Map();
    writers.set(definition, known);
  }
  let writer = known.get(viewer);
  if (writer === undefined) {
    writer = makeWriter(definition, new Set(viewer.split(' ')));
    known.set(viewer, writer);
  }
  return writer;
}

function makeWriter(definition: Definition, seen: ReadonlySet<string>): RowWriter {
  const { at } = layoutOf(definition);
  const withheld = new Set(conditionalFields(definition).filter((name) => !seen.has(name)));
  const parts = Object.entries(definition.fields)
    .filter(([name, field]) => !hidden(field) && !withheld.has(name))
    .map(([name, field], index) => ({
      key: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
      position: at(columnOf(name, field)),
      write: cellWriter(definition, name, field),
    }));
  return (cells) => {
    let text = '';
    for (const { key, position, write } of parts) text += key + write(cells[position] ?? null, cells);
    return `${text}}`;
  };
}

function cellWriter(definition: Definition, name: string, field: Field): CellWriter {
  const special = fieldWriters[`${definition.name}.${name}`];
  if (special !== undefined) return (cell) => special(cell, field);
  switch (field.type) {
    case 'integer':
      if (field.nullable) return (cell) => cell ?? '""';
      return (cell) => cell ?? '0';
    case 'reference':
      return (cell) => cell ?? '0';
    case 'decimal':
      return (cell) => String(Number(cell ?? 0));
    case 'boolean':
      return (cell) => (cell === 't' ? 'true' : 'false');
    case 'day': {
      const unset = JSON.stringify(field.unset ?? '');
      return (cell) => (cell === null ? unset : `"${cell}"`);
    }
    case 'instant':
      return (cell) => (cell === null ? '""' : `"${isoUtc(cell)}"`);
    case 'local-instant': {
      const offset = layoutOf(definition).at(field.offset ?? '');
      return (cell, cells) => (cell === null ? '""' : `"${isoLocal(epochOfPg(cell), Number(cells[offset]))}"`);
    }
    case 'offset-hours':
      return (cell) => String(Number(cell) / 60);
    case 'ids':
    case 'rows':
      return (cell) => (cell === null ? '[]' : `[${cell.slice(1, -1)}]`);
    case 'flags':
      return (cell) => flagsText(field, cell);
    case 'map':
    case 'json':
    case 'links':
    case 'record':
      return (cell) => cell ?? '{}';
    default:
      return (cell) => JSON.stringify(cell ?? '');
  }
}

function flagsText(field: Field, cell: Cell): string {
  const on = new Set(cell?.slice(1, -1).split(','));
  return JSON.stringify(Object.fromEntries((field.values ?? []).map((name) => [name, on.has(name)])));
}
