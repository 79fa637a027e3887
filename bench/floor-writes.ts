import { layoutOf } from '../src/engine/layout.ts';
import { type Row, timesheetWriter } from './floor-rows.ts';
import type { Run } from './floor-run.ts';
import {
  byIdStatement,
  definitionOf,
  insertStatement,
  neighboursStatement,
  storedColumns,
  updateStatement,
} from './floor-statements.ts';

type Json = Record<string, unknown>;
/** One row to be written: a text for each column. */
type Texts = Record<string, string | null>;

const insert = await insertStatement();
const update = await updateStatement();
const neighbours = await neighboursStatement();
const byId = await byIdStatement('timesheets');
const timesheets = definitionOf('timesheets');
const { at } = layoutOf(timesheets);
const writeTimesheet = timesheetWriter(timesheets);
const origin = '1|floor|';

/** POST and PUT of timesheets. `looks` reads the neighbouring time first, as the product does, and makes nothing of it. */
export async function answerWrite(
  run: Run,
  company: number,
  verb: 'create' | 'update',
  items: readonly Json[],
  looks: boolean,
): Promise<Json> {
  const ids = items.map(({ id }) => Number(id));
  const before = verb === 'update' ? await run(byId, { company, ids }, true) : [];
  const known = new Map(before.map((row) => [Number(row[at('id')]), row]));
  const rows = items.map((item) => (verb === 'create' ? textsOf(item) : changed(known.get(Number(item.id)), item)));
  if (looks) {
    const users = rows.map(({ user_id: user }) => Number(user));
    const starts = rows.map(({ start_at: start }) => start);
    const now = new Date().toISOString();
    const ends = rows.map(({ end_at: end }) => end ?? now);
    await run(neighbours, { company, users, starts, ends });
  }
  const columns = Object.fromEntries(storedColumns.map((name) => [name, rows.map((row) => row[name] ?? null)]));
  const values = {
    company,
    origin,
    ids,
    seen: before.map((row) => row[at('last_modified')]),
    ...columns,
  };
  const written =
    verb === 'create' ? (await run(insert, values)).map((row) => row.slice(1)) : await run(update, values);
  const message = verb === 'create' ? 'Created' : 'Updated';
  const results: Json = {};
  written.forEach((row, index) => {
    results[index + 1] = { _status_code: 200, _status_message: message, ...writeTimesheet(row) };
  });
  return { results: { timesheets: results } };
}

function textsOf(item: Json): Texts {
  const start = momentOf(item.start);
  const end = momentOf(item.end);
  return {
    user_id: String(item.user_id),
    jobcode_id: String(item.jobcode_id),
    type: 'regular',
    start_at: start?.text ?? null,
    end_at: end?.text ?? null,
    start_offset: String(start?.offset ?? 0),
    end_offset: end === undefined ? null : String(end.offset),
    date: String(item.start).slice(0, 10),
    duration: String(start !== undefined && end !== undefined ? end.seconds - start.seconds : 0),
    tz_str: 'UTC',
    location: '',
    locked: '0',
    notes: String(item.notes ?? ''),
    customfields: JSON.stringify(item.customfields ?? {}),
    attached_files: '{}',
    created_by_user_id: '1',
    raw_start_at: end === undefined ? (start?.text ?? null) : null,
    origin_hint_start: '',
    origin_hint_end: '',
    start_by_hand: 'false',
    end_by_hand: 'false',
  };
}

/** A stored row with the end that the client gives. */
function changed(row: Row | undefined, item: Json): Texts {
  if (row === undefined) throw new Error(`There is no timesheet ${String(item.id)}.`);
  const texts: Texts = {};
  for (const name of storedColumns) texts[name] = row[at(name)] as string | null;
  const end = momentOf(item.end);
  const start = Date.parse(`${String(texts.start_at).replace(' ', 'T')}:00`) / 1000;
  texts.end_at = end?.text ?? null;
  texts.raw_end_at = texts.end_at;
  texts.end_offset = end === undefined ? null : String(end.offset);
  texts.duration = String(end === undefined ? 0 : end.seconds - start);
  return texts;
}

function momentOf(value: unknown): { text: string; seconds: number; offset: number } | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const milliseconds = Date.parse(value);
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(value) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return { text: new Date(milliseconds).toISOString(), seconds: milliseconds / 1000, offset };
}
