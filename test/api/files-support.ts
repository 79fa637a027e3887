import assert from 'node:assert/strict';
import { dataUri, pngOf } from '../support/images.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import type { Company, Person } from '../support/world.ts';

/** Uploads a file and gives its id. */
export async function upload(person: Person, item: Row = {}): Promise<number> {
  const [made] = rowsIn(
    await person.post('/files', [{ file_name: 'photo.png', file_data: dataUri(pngOf()), ...item }]),
    'files',
  );
  assert.equal(made?._status_code, 200, JSON.stringify(made));
  return Number(made?.id);
}

let day = 0;

/** A manual timesheet of a user, of a day of its own. */
export function timesheetOf({ userId }: Person, more: Row = {}): Row {
  day += 1;
  const date = new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
  return { user_id: userId, jobcode_id: 0, type: 'manual', date, duration: 3_600, ...more };
}

/** Enters a timesheet with these files and gives its id. */
export async function attach(by: Person, owner: Person, files: readonly number[]): Promise<number> {
  const [made] = rowsIn(await by.post('/timesheets', [timesheetOf(owner, { attached_files: files })]), 'timesheets');
  assert.equal(made?._status_code, 200, JSON.stringify(made));
  return Number(made?.id);
}

/** A file as its company's admin sees it; undefined when he does not. */
export async function fileOf({ admin }: Company, id: number): Promise<Row | undefined> {
  return rowsIn(await admin.get('/files', { ids: id, active: 'both' }), 'files')[0];
}

/** Ids of a list of files. */
export async function idsFor(person: Person, query: Readonly<Record<string, string | number>>): Promise<number[]> {
  return rowsIn(await person.get('/files', query), 'files').map(({ id }) => Number(id));
}
