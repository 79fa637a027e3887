import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Who stands above some users. */
export interface Superiors {
  /** The company's active admins. */
  readonly admins: readonly number[];
  /** Managers of the user's group, by user. */
  readonly managers: ReadonlyMap<number, readonly number[]>;
}

/** The admins of a company and the managers of these users, in one statement. */
export async function superiorsOf(db: Db, companyId: number, userIds: readonly number[]): Promise<Superiors> {
  const rows = await db.rows(sql`
    SELECT NULL, id FROM users WHERE company_id = ${companyId} AND active AND 'admin' = ANY(permissions)
    UNION ALL
    SELECT u.id, m.id FROM users u JOIN groups g ON g.company_id = u.company_id AND g.id = u.group_id
    CROSS JOIN unnest(g.manager_ids) AS m (id)
    WHERE u.company_id = ${companyId} AND u.id = ANY(${userIds}::int[])`);
  const admins: number[] = [];
  const managers = new Map<number, number[]>();
  for (const [userId = null, superior] of rows) {
    if (userId === null) admins.push(Number(superior));
    else managers.set(Number(userId), [...(managers.get(Number(userId)) ?? []), Number(superior)]);
  }
  return { admins, managers };
}
