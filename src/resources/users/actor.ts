import type { Actor } from '../../engine/context.ts';
import { type Permission, permissionNames } from '../../rules/permissions.ts';
import type { CompanyCache } from '../../store/cache.ts';
import type { Database, Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

const known: ReadonlySet<string> = new Set(permissionNames);

function ids(cell: string | null | undefined): number[] {
  return JSON.parse(cell ?? '[]') as number[];
}

/**
 * Loads who acts: permissions, the active groups that he manages and their users, the projects that he works on.
 * Undefined when archived or unknown.
 */
export async function loadActor(db: Db, companyId: number, userId: number): Promise<Actor | undefined> {
  const [row] = await db.rows(sql`
    WITH RECURSIVE managed AS (
      SELECT company_id, id FROM groups
      WHERE company_id = ${companyId} AND active AND manager_ids @> ARRAY[${userId}::integer]
    ), above AS (
      SELECT id, jobcode_id FROM projects WHERE company_id = ${companyId}
      UNION
      SELECT a.id, j.parent_id FROM above a JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = a.jobcode_id
      WHERE j.parent_id IS NOT NULL
    )
    SELECT to_json(u.permissions),
      (SELECT json_agg(id ORDER BY id) FROM managed),
      (SELECT json_agg(m.id) FROM users m JOIN managed g ON m.company_id = g.company_id AND m.group_id = g.id),
      (SELECT json_agg(DISTINCT a.id) FROM above a
       JOIN jobcode_assignments s ON s.company_id = ${companyId} AND s.jobcode_id = a.jobcode_id
       WHERE s.active AND coalesce(s.user_id, 0) IN (0, ${userId}))
    FROM users u WHERE u.company_id = ${companyId} AND u.id = ${userId} AND u.active`);
  if (row === undefined) return undefined;
  const permissions = JSON.parse(row[0] ?? '[]') as string[];
  return {
    companyId,
    userId,
    permissions: new Set(permissions.filter((name): name is Permission => known.has(name))),
    managedGroupIds: ids(row[1]),
    managedUserIds: new Set(ids(row[2])),
    projectIds: new Set(ids(row[3])),
  };
}

const nobody = {
  companyId: 0,
  userId: 0,
  permissions: new Set<Permission>(),
  managedGroupIds: [],
  managedUserIds: new Set<number>(),
  projectIds: new Set<number>(),
};

/** The same, kept until something about the company's people changes. */
export async function actorOf(
  services: { readonly database: Database; readonly cache: CompanyCache },
  companyId: number,
  userId: number,
): Promise<Actor | undefined> {
  const actor = await services.cache.remember<Actor>(
    companyId,
    'actor',
    userId,
    async () => (await loadActor(services.database.forCompany(companyId), companyId, userId)) ?? nobody,
  );
  return actor === nobody ? undefined : actor;
}
