import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Which deliveries are to be sent again: one, or all of a webhook that failed and were planned since a moment (epoch seconds). */
export type Replayed = { readonly id: number } | { readonly webhookId: number; readonly since: number };

/** Lets deliveries wait for their first attempt again, with the same message ids. Gives their ids. */
export async function replayDeliveries(db: Db, companyId: number, which: Replayed, now: number): Promise<number[]> {
  const chosen =
    'id' in which
      ? sql`id = ${which.id} AND status <> 'waiting'`
      : sql`webhook_id = ${which.webhookId} AND status = 'failed' AND created >= to_timestamp(${which.since}::float8)`;
  const rows = await db.rows(sql`
    UPDATE webhook_deliveries SET status = 'waiting', attempts = 0, due = to_timestamp(${now}::float8)
    WHERE company_id = ${companyId} AND ${chosen} RETURNING id`);
  return rows.map(([id]) => Number(id)).sort((a, b) => a - b);
}
