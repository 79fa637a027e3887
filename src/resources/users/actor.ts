import type { Actor } from '../../engine/context.ts';
import { type Permission, permissionNames } from '../../rules/permissions.ts';
import type { CompanyCache } from '../../store/cache.ts';
import type { Database, Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

const known: ReadonlySet<string> = new Set(permissionNames);

function ids(cell: string | null | undefined): number[] {
  return JSON.parse(cell ?? '[]') as number[];
}

/** Loads who acts: permissions, the active groups that he manages and their users. Undefined when archived or unknown. */
export async function loadActor(db: Db, companyId: number, userId: number): Promise<Actor | undefined> {
  const [row] = await db.rows(sql`
    WITH managed AS (
      SELECT company_id, id FROM groups
      WHERE company_id = ${companyId} AND active AND manager_ids @> ARRAY[${userId}::integer]
    )
    SELECT to_json(u.permissions),
      (SELECT json_agg(id ORDER BY id) FROM managed),
      (SELECT json_agg(m.id) FROM users m JOIN managed g ON m.company_id = g.company_id AND m.group_id = g.id)
    FROM users u WHERE u.company_id = ${companyId} AND u.id = ${userId} AND u.active`);
  if (row === undefined) return undefined;
  const permissions = JSON.parse(row[0] ?? '[]') as string[];
  return {
    companyId,
    userId,
    permissions: new Set(permissions.filter((name): name is Permission => known.has(name))),
    managedGroupIds: ids(row[1]),
    managedUserIds: new Set(ids(row[2])),
  };
}

const nobody = {
  companyId: 0,
  userId: 0,
  permissions: new Set<Permission>(),
  managedGroupIds: [],
  managedUserIds: new Set<number>(),
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
