import type { Actor, Ctx } from '../../engine/context.ts';
import { type Permission, permissionNames } from '../../rules/permissions.ts';
import { limitSchedules, speaksOfSchedules } from '../../rules/schedule-reach.ts';
import type { CompanyCache } from '../../store/cache.ts';
import type { Database, Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';

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
    colleagueIds: new Set(),
  };
}

const nobody = {
  companyId: 0,
  userId: 0,
  permissions: new Set<Permission>(),
  managedGroupIds: [],
  managedUserIds: new Set<number>(),
  projectIds: new Set<number>(),
  colleagueIds: new Set<number>(),
};

type Services = { readonly database: Database; readonly cache: CompanyCache };

/** The same, as far as settings let his permissions reach, kept until something about the company's people changes. */
export async function actorOf(services: Services, companyId: number, userId: number): Promise<Actor | undefined> {
  const { cache } = services;
  const actor = await cache.remember<Actor>(companyId, 'actor', userId, async () => {
    const db = services.database.forCompany(companyId);
    const loaded = await loadActor(db, companyId, userId);
    return loaded === undefined ? nobody : limited({ actor: loaded, db, cache });
  });
  return actor === nobody ? undefined : actor;
}

/** Schedules: settings limit what flags grant, and whoever sees the schedule of his group knows its users. */
async function limited(ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>): Promise<Actor> {
  const { actor } = ctx;
  if (actor.permissions.has('admin') || !speaksOfSchedules(actor.permissions)) return actor;
  const settings = (await effectiveSettings(ctx, [actor.userId])).get(actor.userId);
  const limit = (key: string): string => String(settings?.get('schedule', key));
  const view = actor.managedGroupIds.length > 0 ? 'manager_view' : 'employee_view';
  const permissions = limitSchedules(actor.permissions, {
    manage: [limit('manage_schedule_permission')],
    view: [limit('view_schedule_permission'), limit(view)],
  });
  const colleagueIds = permissions.has('view_group_schedules') ? await colleaguesOf(ctx) : actor.colleagueIds;
  return { ...actor, permissions, colleagueIds };
}

async function colleaguesOf({ db, actor }: Pick<Ctx, 'actor' | 'db'>): Promise<Set<number>> {
  const rows = await db.rows(sql`
    SELECT c.id FROM users u JOIN users c ON c.company_id = u.company_id AND c.group_id = u.group_id
    WHERE u.company_id = ${actor.companyId} AND u.id = ${actor.userId}`);
  return new Set(rows.map(([id]) => Number(id)));
}
