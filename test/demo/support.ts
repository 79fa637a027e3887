import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoAccess } from '../../src/commands/seed/access.ts';
import { seedDemo } from '../../src/commands/seed/index.ts';
import { isoLocal } from '../../src/lib/time.ts';
import type { Cells } from '../../src/store/db.ts';
import { type Sql, sql } from '../../src/store/sql.ts';
import { openWorld, type World } from '../support/world.ts';

/** A server with the demo company, made at one moment. */
export interface DemoWorld {
  world: World;
  access: DemoAccess;
  now: number;
  rows(statement: Sql): Promise<Cells[]>;
}

/** Seconds of a moment that is written with its offset. */
export function at(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds / 1000;
}

/** Makes a demo at a moment, in a database of its own. */
export async function openDemo(now: number): Promise<DemoWorld> {
  const world = await openWorld({ now });
  return demoIn(world, now, await seedDemo(world.services, { today: utcDay(now) }));
}

/** A demo that was made in a world. */
export function demoIn(world: World, now: number, access: DemoAccess): DemoWorld {
  return { world, access, now, rows: (statement) => world.services.database.system.rows(statement) };
}

/** Closes a world. Autovacuum, which so many new rows call, may keep the database from being dropped for a moment. */
export async function closeWorld(world: World): Promise<void> {
  try {
    await world.close();
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    await sleep(1_000);
    await world.fresh.drop();
  }
}

/** The day that `serve` hands on. */
export function utcDay(now: number): string {
  return isoLocal(now, 0).slice(0, 10);
}

/** Everything that the demo consists of but ids, moments of writing and secrets. */
export async function contentOf({ rows }: Pick<DemoWorld, 'rows'>): Promise<Cells[]> {
  const statements = [
    sql`SELECT client_url, name FROM companies`,
    sql`SELECT g.name, g.active, (SELECT string_agg(u.username, ',' ORDER BY u.username) FROM users u WHERE u.id = ANY(g.manager_ids))
        FROM groups g ORDER BY g.name`,
    sql`SELECT to_jsonb(u) - '{id,uuid,company_id,group_id,created,last_modified}'::text[] || jsonb_build_object('group', g.name)
        FROM users u JOIN groups g ON g.id = u.group_id ORDER BY u.username`,
    sql`SELECT to_jsonb(j) - '{id,company_id,parent_id,created,last_modified}'::text[] || jsonb_build_object('parent', p.name)
        FROM jobcodes j LEFT JOIN jobcodes p ON p.id = j.parent_id ORDER BY p.name, j.name, j.short_code`,
    sql`SELECT j.name, p.name, u.username, a.active FROM jobcode_assignments a JOIN jobcodes j ON j.id = a.jobcode_id
        LEFT JOIN jobcodes p ON p.id = j.parent_id LEFT JOIN users u ON u.id = a.user_id ORDER BY 1, 2, 3`,
    sql`SELECT f.name, f.type, f.required, i.name FROM customfields f LEFT JOIN customfielditems i ON i.customfield_id = f.id
        ORDER BY 1, 4`,
    sql`SELECT s.scope, u.username, s.section, s.key, s.value::text FROM settings s
        LEFT JOIN users u ON s.scope = 'user' AND u.id = s.scope_id ORDER BY 1, 2, 3, 4`,
    sql`SELECT to_jsonb(t) - '{id,company_id,user_id,jobcode_id,customfields,created_by_user_id,created,last_modified}'::text[]
          || jsonb_build_object('user', u.username, 'job', j.name, 'parent', p.name, 'fields',
            (SELECT jsonb_object_agg(f.name, v.value) FROM json_each_text(t.customfields) v JOIN customfields f ON f.id = v.key::int))
        FROM timesheets t JOIN users u ON u.id = t.user_id JOIN jobcodes j ON j.id = t.jobcode_id
        LEFT JOIN jobcodes p ON p.id = j.parent_id ORDER BY u.username, t.date, t.start_at, t.duration`,
  ];
  const contents: Cells[] = [];
  for (const statement of statements) contents.push(...(await rows(statement)));
  return contents;
}

/** Timesheets that share time with the next one of their user; an open one lasts until now. */
export function overlaps(now: number): Sql {
  return sql`
    SELECT id FROM (
      SELECT id, coalesce(end_at, to_timestamp(${now})) AS until,
        lead(start_at) OVER (PARTITION BY user_id ORDER BY start_at, end_at) AS next
      FROM timesheets WHERE type = 'regular'
    ) s WHERE next < until`;
}
