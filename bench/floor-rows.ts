import type { Definition, Field } from '../src/engine/definition.ts';
import { columnOf, layoutOf } from '../src/engine/layout.ts';

/** A row as the driver's own parsers leave it: numbers, booleans, Dates, arrays and objects, by position. */
export type Row = readonly unknown[];
type Json = Record<string, unknown>;

/** An instant in the offset that it was recorded in; '' for none. */
function local(at: unknown, minutes: unknown): string {
  if (!(at instanceof Date)) return '';
  const offset = Number(minutes);
  const size = Math.abs(offset);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  const shown = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${shown}${offset < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}

/** An instant in UTC; '' for none. */
function utc(at: unknown): string {
  return at instanceof Date ? `${at.toISOString().slice(0, 19)}+00:00` : '';
}

/** A calendar day; the process runs in UTC, so that the driver's midnight is UTC's. */
function day(at: unknown, unset = ''): string {
  return at instanceof Date ? at.toISOString().slice(0, 10) : unset;
}

/** Writes timesheets by hand, as a plain server would. The positions of the columns are the product's. */
export function timesheetWriter(definition: Definition): (row: Row) => Json {
  const { at } = layoutOf(definition);
  const [id, userId, jobcodeId, start, end] = ['id', 'user_id', 'jobcode_id', 'start_at', 'end_at'].map(at);
  const [duration, date, startOffset, endOffset] = ['duration', 'date', 'start_offset', 'end_offset'].map(at);
  const [zone, type, place, open, locked] = ['tz_str', 'type', 'location', 'on_the_clock', 'locked'].map(at);
  const [notes, fields, files] = ['notes', 'customfields', 'attached_files'].map(at);
  const [modified, creator] = ['last_modified', 'created_by_user_id'].map(at);
  const cell = (row: Row, position: number | undefined): unknown => row[position ?? 0];
  return (row) => ({
    id: cell(row, id),
    user_id: cell(row, userId),
    jobcode_id: cell(row, jobcodeId) ?? 0,
    start: local(cell(row, start), cell(row, startOffset)),
    end: local(cell(row, end), cell(row, endOffset)),
    duration: cell(row, duration),
    date: day(cell(row, date)),
    tz: Number(cell(row, startOffset)) / 60,
    tz_str: cell(row, zone),
    type: cell(row, type),
    location: cell(row, place),
    on_the_clock: cell(row, open),
    locked: cell(row, locked),
    notes: cell(row, notes),
    customfields: cell(row, fields),
    attached_files: cell(row, files),
    last_modified: utc(cell(row, modified)),
    created_by_user_id: cell(row, creator),
  });
}

/** Writes the rows of supplemental data, which are few, by their definition as an administrator sees them. */
export function plainWriter(definition: Definition): (row: Row) => Json {
  const { at } = layoutOf(definition);
  const parts = Object.entries(definition.fields)
    .filter(([, { type, mode, onRequest }]) => type !== 'secret' && mode !== 'write-only' && onRequest === undefined)
    .map(([name, field]) => ({
      name,
      position: at(columnOf(name, field)),
      write: valueWriter(definition, name, field),
    }));
  return (row) => {
    const json: Json = {};
    for (const { name, position, write } of parts) json[name] = write(row[position]);
    return json;
  };
}

function valueWriter(definition: Definition, name: string, field: Field): (value: unknown) => unknown {
  switch (field.type) {
    case 'integer':
    case 'reference':
      return (value) => value ?? 0;
    case 'decimal':
      return (value) => Number(value ?? 0);
    case 'day':
      return (value) => day(value, field.unset ?? '');
    case 'instant':
      return utc;
    case 'ids':
      // A computed empty array may come as the text '{}'.
      return (value) => (Array.isArray(value) ? value : []);
    case 'flags':
      return (value) => {
        const on = new Set(value as string[]);
        return Object.fromEntries((field.values ?? []).map((flag) => [flag, on.has(flag)]));
      };
    case 'map':
    case 'json':
      return jsonWriter(emptyTexts.includes(`${definition.name}.${name}`));
    default:
      return (value) => value ?? '';
  }
}

/** Maps that print '' when they are empty. */
const emptyTexts = ['users.customfields', 'jobcodes.filtered_customfielditems'];

/** JSON columns come parsed, computed ones as text. */
function jsonWriter(emptyIsText: boolean): (value: unknown) => unknown {
  return (value) => {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : (value ?? {});
    return emptyIsText && Object.keys(parsed as object).length === 0 ? '' : parsed;
  };
}
