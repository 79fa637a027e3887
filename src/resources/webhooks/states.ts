import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';

/**
 * Stops webhooks whose user is archived or no admin any more, or stands for somebody of another company who may not reach into this
 * one any more, and those whose application was deleted. `db` must see all companies.
 */
export async function stopOrphans(db: Db, origin: string): Promise<void> {
  const orphaned = sql`w.active AND w.state = 'active' AND (
    NOT EXISTS (SELECT FROM users u
      WHERE u.company_id = w.company_id AND u.id = w.user_id AND u.active AND 'admin' = ANY(u.permissions)
        AND (u.external_company_id IS NULL OR EXISTS (SELECT FROM managed_clients m
          JOIN users h ON h.company_id = m.company_id AND h.id = u.external_user_id
          WHERE m.company_id = u.external_company_id AND m.id = u.company_id AND m.active
            AND h.active AND h.permissions && ARRAY['admin', 'external_access'])))
    OR (w.client_id <> '' AND NOT EXISTS (SELECT FROM oauth_apps a WHERE a.client_id = w.client_id)))`;
  const found = await db.rows(sql`SELECT 1 FROM webhooks w WHERE ${orphaned} LIMIT 1`);
  if (found.length === 0) return;
  await db.pipeline([originStatement(origin), sql`UPDATE webhooks w SET state = 'stopped' WHERE ${orphaned}`], {
    atomic: true,
  });
}

/** A webhook that was paused, and whose it is. */
export interface Paused {
  readonly userId: number;
  readonly url: string;
}

/** Pauses a webhook, in the transaction of `db`; undefined when it does not work anyway. */
export async function pauseWebhook(db: Db, companyId: number, id: number, origin: string): Promise<Paused | undefined> {
  const [, [row] = []] = await db.pipeline([
    originStatement(origin),
    sql`UPDATE webhooks SET state = 'paused' WHERE company_id = ${companyId} AND id = ${id} AND active AND state = 'active'
        RETURNING user_id, url`,
  ]);
  return row === undefined ? undefined : { userId: Number(row[0]), url: String(row[1]) };
}
