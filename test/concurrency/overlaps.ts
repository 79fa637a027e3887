import { sql } from '../../src/store/sql.ts';
import type { World } from '../support/world.ts';

/** A stored regular timesheet; times are epoch seconds. */
export interface Sheet {
  id: number;
  start: number;
  end: number | null;
}

/** Every regular timesheet of a user, as the database has it. */
export async function sheetsOf(world: World, userId: number): Promise<Sheet[]> {
  const rows = await world.services.database.system.rows(sql`
    SELECT id, extract(epoch FROM start_at)::bigint, extract(epoch FROM end_at)::bigint
    FROM timesheets WHERE user_id = ${userId} AND type = 'regular' ORDER BY start_at`);
  return rows.map(([id, start, end = null]) => ({
    id: Number(id),
    start: Number(start),
    end: end === null ? null : Number(end),
  }));
}

/**
 * Pairs of ids of timesheets that lie at the same time; the database is asked, not the server's rules. One of no length
 * takes no time, so it overlaps nothing.
 */
export async function overlapsOf(world: World, companyId: number): Promise<string[]> {
  const rows = await world.services.database.system.rows(sql`
    SELECT a.id || ' and ' || b.id FROM timesheets a JOIN timesheets b
      ON a.company_id = b.company_id AND a.user_id = b.user_id AND a.id < b.id
    WHERE a.company_id = ${companyId} AND a.type = 'regular' AND b.type = 'regular'
      AND a.end_at IS DISTINCT FROM a.start_at AND b.end_at IS DISTINCT FROM b.start_at
      AND a.start_at < coalesce(b.end_at, b.start_at + interval '1 microsecond')
      AND b.start_at < coalesce(a.end_at, a.start_at + interval '1 microsecond')`);
  return rows.map(([pair]) => String(pair));
}
