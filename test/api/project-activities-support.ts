import type { Company } from '../support/world.ts';
import { create, type Row, read } from './jobs-support.ts';

/** A project and the jobcode that it stands on. */
export interface Site {
  id: number;
  jobcode: number;
}

let number = 0;

/** A new project. */
export async function newSite({ admin }: Company, more: object = {}): Promise<Site> {
  number += 1;
  const id = await create(admin, 'projects', { name: `Site number ${number}`, ...more });
  return { id, jobcode: Number((await read(admin, 'projects', id)).jobcode_id) };
}

/** What happened on a project since it was created, oldest first: '<type> <user id> <linked objects>'. */
export async function happenedOn({ admin }: Company, { id }: Site): Promise<string[]> {
  const answer = await admin.get('/project_activities', { project_id: id });
  const rows = Object.values(answer.body.results?.project_activities ?? {}) as unknown as Row[];
  return rows
    .filter(({ activity_type }) => activity_type !== 'project_created')
    .map((row) => `${row.activity_type} ${row.user_id} ${JSON.stringify(row.linked_objects)}`);
}
