import assert from 'node:assert/strict';
import { sql } from '../../src/store/sql.ts';
import { dataUri, pngOf } from '../support/images.ts';
import { rowsIn } from '../support/rows.ts';
import type { Company, Person, World } from '../support/world.ts';
import { create, idsOf, itemOf, type Row } from './jobs-support.ts';

export const [notes, replies, activities] = [
  'project_notes',
  'project_activity_replies',
  'project_activities',
] as const;

/** The answer to one item of a POST. */
export async function post(person: Person, resource: string, item: object): Promise<Row> {
  return itemOf(await person.post(`/${resource}`, [item]), resource);
}

/** The answer to one item of a PUT. */
export async function put(person: Person, resource: string, item: object): Promise<Row> {
  return itemOf(await person.put(`/${resource}`, [item]), resource);
}

/** The activity of a note. */
export async function activityOf(person: Person, note: Row): Promise<number> {
  const [id = 0] = (note.linked_objects as Record<string, number[]>).project_activities ?? [];
  assert.ok(id > 0, `${person.username}: ${JSON.stringify(note)}`);
  return id;
}

/** Writes a note and gives the id of its activity. */
export async function noted(person: Person, project_id: number, more: object = {}): Promise<number> {
  const note = await post(person, notes, { project_id, note: 'Something', ...more });
  assert.equal(note._status_code, 200, JSON.stringify(note));
  return activityOf(person, note);
}

/** An activity as somebody sees it. */
export async function activity(person: Person, id: number): Promise<Row> {
  const answer = await person.get('/project_activities', { ids: id, active: 'both' });
  const [row] = rowsIn(answer, activities);
  assert.ok(row, answer.text);
  return row;
}

/** Ids that a list gives. */
export async function listed(
  person: Person,
  resource: string,
  query: Record<string, string | number>,
): Promise<number[]> {
  return idsOf(await person.get(`/${resource}`, query), resource);
}

/** Assigns a person to a jobcode. */
export async function assign(company: Company, person: Person, jobcode: number): Promise<void> {
  await create(company.admin, 'jobcode_assignments', { user_id: person.userId, jobcode_id: jobcode });
}

/** Uploads an image and gives its id. */
export async function upload(person: Person, file_name = 'site.png'): Promise<number> {
  return create(person, 'files', { file_name, file_data: dataUri(pngOf()) });
}

/** Takes the messages that wait to be delivered: '<user id> <method>: <subject> | <text>'. */
export async function takeMessages(world: World, company: Company): Promise<string[]> {
  const rows = await world.services.database.system.rows(sql`
    DELETE FROM jobs WHERE company_id = ${company.id} AND name = 'message' RETURNING payload`);
  const payloads = rows.map(([payload]) => JSON.parse(String(payload)) as Record<string, unknown>);
  return payloads.map(({ userId, method, subject, text }) => `${userId} ${method}: ${subject} | ${text}`).sort();
}
