import { type Ctx, resourceOf } from '../../engine/context.ts';
import { seenBy } from '../../engine/permissions.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import { join, sql } from '../../store/sql.ts';

/** Which events are asked for; moments in epoch seconds. */
export interface PublishedQuery {
  /** Events that end after this moment. */
  readonly from?: number | undefined;
  /** Events that begin before this moment. */
  readonly to?: number | undefined;
  /** Of these people; of anybody where it is not said. */
  readonly userIds?: readonly number[] | undefined;
  readonly calendarId?: number | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Ids of the published events of somebody that the actor may see, by their start, and how many there are in all. */
export async function publishedEvents(ctx: Ctx, asked: PublishedQuery): Promise<{ ids: number[]; total: number }> {
  const { companyId } = ctx.actor;
  const { from, to, userIds, calendarId, limit, offset } = asked;
  const where = join(
    [
      sql`t.company_id = ${companyId} AND t.active AND NOT t.draft AND t.assignee_id IS NOT NULL`,
      seenBy(resourceOf(ctx, 'schedule_events'), ctx.actor),
      ...(from === undefined ? [] : [sql`t.end_at > ${pgOfEpoch(from)}`]),
      ...(to === undefined ? [] : [sql`t.start_at < ${pgOfEpoch(to)}`]),
      ...(userIds === undefined ? [] : [sql`t.assignee_id = ANY(${userIds}::int[])`]),
      ...(calendarId === undefined ? [] : [sql`t.schedule_calendar_id = ${calendarId}`]),
    ],
    ' AND ',
  );
  const [[count] = [], rows = []] = await ctx.db.pipeline([
    sql`SELECT count(*) FROM schedule_events t WHERE ${where}`,
    sql`SELECT t.id FROM schedule_events t WHERE ${where} ORDER BY t.start_at, t.id LIMIT ${limit} OFFSET ${offset}`,
  ]);
  return { ids: rows.map(([id]) => Number(id)), total: Number(count?.[0]) };
}
