import assert from 'node:assert/strict';
import { sql } from '../../src/store/sql.ts';
import type { Answer } from '../support/api.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import type { Company, Person, World } from '../support/world.ts';

/** Noon in Denver on 15 June 2026. */
export const now = Date.UTC(2026, 5, 15, 18) / 1000;

/** An entry of whole days' hours. */
export function manual(jobcodeId: number, date: string, duration = 28_800): Row {
  return { date, entry_method: 'manual', duration, jobcode_id: jobcodeId };
}

/** An entry from one moment to another. */
export function regular(jobcodeId: number, start: string, end: string): Row {
  return { entry_method: 'regular', start_time: start, end_time: end, jobcode_id: jobcodeId };
}

/** The only item of an answer. */
export function only(answer: Answer, name: string): Row {
  const items = rowsIn(answer, name);
  assert.equal(items.length, 1, answer.text);
  return items[0] ?? {};
}

/** Makes a request; it must succeed. */
export async function ask(by: Person, entries: readonly Row[], more: Row = {}): Promise<Row> {
  const item = { time_off_request_entries: entries, ...more };
  const made = only(await by.post('/time_off_requests', [item]), 'time_off_requests');
  assert.equal(made._status_code, 200, JSON.stringify(made));
  return made;
}

/** Changes a request and gives the item of the answer. */
export async function change(by: Person, id: unknown, values: Row): Promise<Row> {
  return only(await by.put('/time_off_requests', [{ id, ...values }]), 'time_off_requests');
}

/** Changes an entry and gives the item of the answer. */
export async function changeEntry(by: Person, id: unknown, values: Row): Promise<Row> {
  return only(await by.put('/time_off_request_entries', [{ id, ...values }]), 'time_off_request_entries');
}

/** The entries of a request as this person sees them, archived ones too. */
export async function entriesOf(by: Person, requestId: unknown): Promise<Row[]> {
  const answer = await by.get('/time_off_request_entries', { time_off_request_ids: Number(requestId) });
  return rowsIn(answer, 'time_off_request_entries');
}

/** The request as this person sees it. */
export async function requestOf(by: Person, id: unknown): Promise<Row> {
  return only(await by.get('/time_off_requests', { ids: Number(id) }), 'time_off_requests');
}

/** All timesheets of a user. */
export async function sheetsOf(company: Company, userId: number): Promise<Row[]> {
  const query = { user_ids: userId, start_date: '2000-01-01', on_the_clock: 'both' };
  return rowsIn(await company.admin.get('/timesheets', query), 'timesheets');
}

/** What was sent since the last call: to whom, and the subject. */
export async function takeMessages(world: World, company: Company): Promise<[number, string, string][]> {
  const rows = await world.services.database.system.rows(sql`
    DELETE FROM jobs WHERE company_id = ${company.id} AND name = 'message' RETURNING id, payload`);
  return rows
    .map(([id, payload]) => [Number(id), JSON.parse(String(payload))] as const)
    .sort(([a], [b]) => a - b)
    .map(([, { userId, subject, text }]) => [userId, subject, text]);
}
