import type { Db } from '../store/db.ts';
import type { Message } from '../store/messages.ts';
import { sql } from '../store/sql.ts';
import type { Delivery, Person } from './channel.ts';

/** Puts a message on a person's dashboard, where it waits until it is read. */
export async function putOnDashboard(
  { db, now }: Delivery,
  { companyId, userId }: Person,
  { subject, text, path = '' }: Message,
): Promise<boolean> {
  await db.rows(sql`
    INSERT INTO dashboard_messages (company_id, user_id, subject, text, path, created)
    VALUES (${companyId}, ${userId}, ${subject}, ${text}, ${path}, to_timestamp(${now}::float8))`);
  return true;
}

/** Deletes, of every company, what was read before a moment (epoch seconds). */
export async function forgetReadMessages(db: Db, before: number): Promise<void> {
  await db.rows(sql`DELETE FROM dashboard_messages WHERE read_at < to_timestamp(${before}::float8)`);
}
