import assert from 'node:assert/strict';
import { sql } from '../../src/store/sql.ts';
import { rowsIn } from '../support/rows.ts';
import type { Company, Person, World } from '../support/world.ts';

export const goodPassword = 'a suitcase of bills';

/** Invites somebody and gives the path of the link that he was sent. */
export async function linkFor(
  world: World,
  company: Company,
  person: Person,
  contact: { contact_method: string; contact_info: string } = {
    contact_method: 'email',
    contact_info: 'pat@example.com',
  },
): Promise<string> {
  const answer = await company.admin.post('/invitations', [{ ...contact, user_id: person.userId }]);
  assert.equal(rowsIn(answer, 'invites')[0]?._status_code, 201, answer.text);
  await world.runJobs();
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    SELECT text FROM outbox WHERE company_id = ${company.id} AND user_id = ${person.userId} ORDER BY id DESC LIMIT 1`);
  const link = /\/invitation\?token=\S+/.exec(String(row?.[0]))?.[0];
  assert.ok(link, String(row?.[0]));
  return link;
}
