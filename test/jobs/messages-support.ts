import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../src/store/messages.ts';
import { sendMessages } from '../../src/store/messages.ts';
import { sql } from '../../src/store/sql.ts';
import type { Company, World } from '../support/world.ts';

/** Noon UTC on 15 June 2026. */
export const now = Date.UTC(2026, 5, 15, 12) / 1000;

/** A message in all that a test does not care about. */
export function message(userId: number, more: Partial<Message> = {}): Message {
  return { userId, method: 'email', subject: 'Hello', text: 'Some text.', ...more };
}

/** Sends messages as a writer does: in a transaction of its company. */
export async function send(world: World, company: Company, ...messages: readonly Message[]): Promise<void> {
  const db = world.services.database.forCompany(company.id);
  await db.transaction((inside) => sendMessages(inside, company.id, messages, world.clock.now()));
}

/** Changes columns of a user. */
export async function setUser(
  world: World,
  company: Company,
  userId: number,
  values: { email?: string; mobile?: string; active?: boolean; first?: string },
): Promise<void> {
  const { email = null, mobile = null, active = null, first = null } = values;
  await world.services.database.forCompany(company.id).rows(sql`
    UPDATE users SET email = coalesce(${email}::text, email), mobile_number = coalesce(${mobile}::text, mobile_number),
      active = coalesce(${active}::boolean, active), first_name = coalesce(${first}::text, first_name)
    WHERE company_id = ${company.id} AND id = ${userId}`);
  world.services.cache.forget(company.id);
}

/** The jobs of a name that wait or were given up. */
export async function jobsNamed(
  world: World,
  name: string,
): Promise<{ attempts: number; dueIn: number; error: string; dead: boolean }[]> {
  const rows = await world.services.database.system.rows(sql`
    SELECT attempts, extract(epoch FROM due)::int, last_error, dead_at IS NOT NULL FROM jobs WHERE name = ${name} ORDER BY id`);
  return rows.map(([attempts, due, error, dead]) => ({
    attempts: Number(attempts),
    dueIn: Number(due) - world.clock.now(),
    error: String(error),
    dead: dead === 't',
  }));
}

/** How many messages were sent and dropped, by the server's own count. */
export async function counted(world: World, method: string): Promise<{ sent: number; dropped: number }> {
  const { values } = await world.services.metrics.messages.get();
  const of = (outcome: string): number =>
    values.find(({ labels }) => isDeepStrictEqual({ ...labels }, { method, outcome }))?.value ?? 0;
  return { sent: of('sent'), dropped: of('dropped') };
}
