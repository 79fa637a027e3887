import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Db } from '../store/db.ts';
import { sql } from '../store/sql.ts';
import type { Delivery, DeliveryServices } from './channel.ts';

/** Where messages are kept that there is no way to send. */
export function outboxFolder({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'outbox');
}

/** A mail or text message as it would have been sent. */
export interface Kept {
  readonly method: 'email' | 'sms';
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  /** The whole of it, as the file shall hold it. */
  readonly file: string | Buffer;
}

/** Whose message it is: that of a user, or of somebody who is none. */
export interface KeptFor {
  readonly companyId: number;
  readonly userId: number | null;
}

const endings = { email: 'eml', sms: 'txt' } as const;
const announced = new WeakSet<DeliveryServices>();

/** Keeps a message in the outbox: a row in the database, and a file for whoever runs the server. */
export async function keepInOutbox(
  { db, now, services }: Delivery,
  { companyId, userId }: KeptFor,
  { method, recipient, subject, text, file }: Kept,
): Promise<void> {
  const [row] = await db.rows(sql`
    INSERT INTO outbox (company_id, user_id, method, recipient, subject, text, created)
    VALUES (${companyId}, ${userId}, ${method}, ${recipient}, ${subject}, ${text}, to_timestamp(${now}::float8))
    RETURNING id`);
  const folder = outboxFolder(services.config);
  const name = `${companyId}-${row?.[0]}.${endings[method]}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, name), file, { mode: 0o600 });
  if (!announced.has(services)) {
    announced.add(services);
    services.log.event({ level: 'warn', message: 'Messages that can not be sent are kept in the outbox', folder });
  }
  services.log.event({ level: 'info', message: 'A message was kept in the outbox', method, file: name });
}

/** Deletes, of every company, what was kept before a moment (epoch seconds), with the files that this machine has of it. */
export async function forgetOutbox(db: Db, config: Pick<Config, 'dataDir'>, before: number): Promise<void> {
  const rows = await db.rows(sql`
    DELETE FROM outbox WHERE created < to_timestamp(${before}::float8) RETURNING company_id, id, method`);
  for (const [companyId, id, method] of rows) {
    const name = `${companyId}-${id}.${endings[method as keyof typeof endings]}`;
    await rm(join(outboxFolder(config), name), { force: true });
  }
}
