import { sql } from '../../src/store/sql.ts';
import type { Row } from '../support/rows.ts';
import type { Company, Person, World } from '../support/world.ts';
import { setUser } from './messages-support.ts';

/** A mail that left, with the second at which it did. */
export interface Mail {
  userId: number;
  /** ISO 8601, UTC, to the minute. */
  at: string;
  subject: string;
  text: string;
}

/** A person with a mail address, so that what he is told can be read in the outbox. */
export async function reachable(
  world: World,
  company: Company,
  options: Parameters<Company['person']>[0] = {},
): Promise<Person> {
  const person = await company.person(options);
  await setUser(world, company, person.userId, { email: `user${person.userId}@example.com` });
  return person;
}

/** Every mail that was sent to people of a company, in order, and forgets them. */
export async function mailsOf(world: World, company: Company): Promise<Mail[]> {
  const rows = await world.services.database.forCompany(company.id).rows(sql`
    WITH taken AS (DELETE FROM outbox WHERE company_id = ${company.id} RETURNING *)
    SELECT user_id, to_char(created, 'YYYY-MM-DD"T"HH24:MI"Z"'), subject, text FROM taken ORDER BY created, user_id, id`);
  return rows.map(([userId, at, subject, text]) => ({
    userId: Number(userId),
    at: String(at),
    subject: String(subject),
    text: String(text),
  }));
}

/** An item of POST /reminders: every day, by mail. */
export function everyDay(userId: number, type: 'clock-in' | 'clock-out', time: string, more: Row = {}): Row {
  return {
    user_id: userId,
    reminder_type: type,
    due_time: time,
    due_days_of_week: 'Mon,Tue,Wed,Thu,Fri,Sat,Sun',
    distribution_methods: 'Email',
    active: true,
    enabled: true,
    ...more,
  };
}

/** An item of POST /timesheets that opens one. */
export function punch(person: Person, jobcode: number, start: string): Row {
  return { user_id: person.userId, jobcode_id: jobcode, type: 'regular', start, end: '' };
}
