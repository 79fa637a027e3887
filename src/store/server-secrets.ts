import type { Db } from './db.ts';
import { sql } from './sql.ts';

/**
 * A secret of the whole server, made when it is first asked for. Whoever asks at the same moment gets the same one. `db`
 * must see the whole server.
 */
export async function serverSecret(db: Db, name: string, make: () => string): Promise<string> {
  return (await find(db, name)) ?? (await keep(db, name, make()));
}

async function find(db: Db, name: string): Promise<string | undefined> {
  const [row] = await db.rows(sql`SELECT value FROM server_secrets WHERE company_id = 0 AND name = ${name}`);
  return row?.[0] ?? undefined;
}

async function keep(db: Db, name: string, value: string): Promise<string> {
  await db.rows(sql`INSERT INTO server_secrets (name, value) VALUES (${name}, ${value}) ON CONFLICT DO NOTHING`);
  return (await find(db, name)) ?? value;
}
