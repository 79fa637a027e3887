import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Makes a company manage a client, or ends it. False when there was nothing to end. */
export async function setManaged(db: Db, companyId: number, clientId: number, active: boolean): Promise<boolean> {
  const rows = active
    ? await db.rows(sql`
        INSERT INTO managed_clients (company_id, id) VALUES (${companyId}, ${clientId})
        ON CONFLICT (company_id, id) DO UPDATE SET active = true RETURNING id`)
    : await db.rows(sql`
        UPDATE managed_clients SET active = false
        WHERE company_id = ${companyId} AND id = ${clientId} AND active RETURNING id`);
  return rows.length > 0;
}

/** Ids of the clients that a company manages now. */
export async function managedIds(db: Db, companyId: number): Promise<ReadonlySet<number>> {
  const rows = await db.rows(sql`SELECT id FROM managed_clients WHERE company_id = ${companyId} AND active`);
  return new Set(rows.map(([id]) => Number(id)));
}

/**
 * The user of a client's company who stands for a user of the company that manages it; made when he comes for the first
 * time, named as he is and with every permission. Whoever administrates the client may take some away or archive him. He has
 * no way in but this one: nobody signs in as him.
 */
export async function externalUser(
  db: Db,
  clientId: number,
  home: { companyId: number; userId: number },
): Promise<number> {
  const known = sql`
    SELECT id FROM users WHERE company_id = ${clientId}
      AND external_company_id = ${home.companyId} AND external_user_id = ${home.userId}`;
  const [row] = await db.rows(known);
  if (row !== undefined) return Number(row[0]);
  const [made] = await db.rows(sql`
    INSERT INTO users (company_id, username, first_name, last_name, email, permissions,
      external_company_id, external_user_id)
    SELECT ${clientId}::int, n.username || CASE WHEN EXISTS (
        SELECT FROM users o WHERE o.company_id = ${clientId} AND lower(o.username) = lower(n.username)
      ) THEN '#' || gen_random_uuid() ELSE '' END,
      u.first_name, u.last_name, u.email, ARRAY['admin', 'mobile'], u.company_id, u.id
    FROM users u JOIN companies c ON c.id = u.company_id
    CROSS JOIN LATERAL (SELECT u.username || '@' || c.client_url AS username) n
    WHERE u.company_id = ${home.companyId} AND u.id = ${home.userId}
    ON CONFLICT (company_id, external_company_id, external_user_id) WHERE external_company_id IS NOT NULL
    DO NOTHING RETURNING id`);
  if (made !== undefined) return Number(made[0]);
  const [other] = await db.rows(known);
  return Number(other?.[0]);
}
