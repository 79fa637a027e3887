import type { Ctx } from '../../engine/context.ts';
import { dayBounds, localDay, pgOfEpoch } from '../../lib/time.ts';
import { effectiveSettings } from '../../resources/effective-settings/queries.ts';
import { type Sql, sql } from '../../store/sql.ts';
import type { Person } from './people.ts';

/** Seconds that count: paid breaks and paid time off do, unpaid breaks and unpaid time off do not. */
export interface Seconds {
  readonly shift: number;
  readonly day: number;
}

/** Timesheets that are less than this apart (in seconds) belong to one shift. */
const longestGap = 60;

interface Today {
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The time of people in their current shift and in their own local day, by user id. A shift is the run of timesheets that
 * adjoin the open one, with the breaks among them but no time off; the day counts the part of the time that lies in it.
 * Two statements, however many people.
 */
export async function secondsOf(ctx: Ctx, people: readonly Person[]): Promise<Map<number, Seconds>> {
  const settings = await effectiveSettings(
    ctx,
    people.map(({ userId }) => userId),
  );
  const days = new Map<string, Today>();
  const todayOf = ({ userId }: Person): Today => {
    const zone = String(settings.get(userId)?.get('general', 'tz') ?? 'UTC');
    const today = days.get(zone) ?? todayIn(zone, ctx.now);
    days.set(zone, today);
    return today;
  };
  const todays = people.map(todayOf);
  const [daySums = [], shiftSums = []] = await ctx.db.pipeline([
    closedToday(ctx, people, todays),
    closedInShift(ctx, people),
  ]);
  const closed = new Map(daySums.map(([userId, seconds]) => [Number(userId), Number(seconds)]));
  const earlier = new Map(shiftSums.map(([userId, seconds]) => [Number(userId), Number(seconds)]));
  return new Map(
    people.map(({ userId, open }, index) => {
      const { start, end } = todays[index] as Today;
      const running = open?.counts ? open : undefined;
      const since = (from: number): number => Math.max(0, Math.min(ctx.now, end) - from);
      const shift = running === undefined ? 0 : Math.max(0, ctx.now - running.start);
      const day = running === undefined ? 0 : since(Math.max(running.start, start));
      return [userId, { shift: shift + (earlier.get(userId) ?? 0), day: day + (closed.get(userId) ?? 0) }];
    }),
  );
}

function todayIn(zone: string, now: number): Today {
  const day = localDay(zone, now);
  const [start, end] = dayBounds(zone, day);
  return { day, start, end };
}

const paid = sql`coalesce(j.type, 'regular') NOT IN ('unpaid_break', 'unpaid_time_off')`;

/** Closed time of a day. No timesheet is longer than a week, nor a zone more than a day away. */
function closedToday(ctx: Ctx, people: readonly Person[], todays: readonly Today[]): Sql {
  return sql`
    SELECT p.user_id, sum(CASE o.type WHEN 'manual' THEN o.duration
      ELSE extract(epoch FROM least(o.end_at, p.upto) - greatest(o.start_at, p.since)) END)::int
    FROM unnest(${people.map(({ userId }) => userId)}::int[], ${todays.map(({ day }) => day)}::date[],
      ${todays.map(({ start }) => pgOfEpoch(start))}::timestamptz[],
      ${todays.map(({ end }) => pgOfEpoch(end))}::timestamptz[]) p (user_id, day, since, upto)
    JOIN timesheets o ON o.company_id = ${ctx.actor.companyId} AND o.user_id = p.user_id
      AND o.date BETWEEN p.day - 8 AND p.day + 1
    LEFT JOIN jobcodes j ON j.company_id = o.company_id AND j.id = o.jobcode_id
    WHERE ${paid} AND CASE o.type WHEN 'manual' THEN o.date = p.day ELSE o.end_at > p.since AND o.start_at < p.upto END
    GROUP BY p.user_id`;
}

/** Closed time of the shifts that are under way: the timesheets before the open one, back to the first gap. */
function closedInShift(ctx: Ctx, people: readonly Person[]): Sql {
  const working = people.flatMap(({ userId, open }) => (open === undefined ? [] : [{ userId, start: open.start }]));
  return sql`
    SELECT user_id, sum(duration) FILTER (WHERE paid)::int FROM (
      SELECT s.user_id, s.duration, s.paid, bool_and(s.gap < ${longestGap}::int * interval '1 second')
        OVER (PARTITION BY s.user_id ORDER BY s.start_at DESC) AS adjoins
      FROM (
        SELECT o.user_id, o.start_at, o.duration, ${paid} AS paid,
          lag(o.start_at, 1, p.since) OVER (PARTITION BY o.user_id ORDER BY o.start_at DESC) - o.end_at AS gap
        FROM unnest(${working.map(({ userId }) => userId)}::int[],
          ${working.map(({ start }) => pgOfEpoch(start))}::timestamptz[]) p (user_id, since)
        JOIN timesheets o ON o.company_id = ${ctx.actor.companyId} AND o.user_id = p.user_id AND o.type = 'regular'
          AND o.date BETWEEN p.since::date - 8 AND p.since::date + 1 AND o.end_at <= p.since
        LEFT JOIN jobcodes j ON j.company_id = o.company_id AND j.id = o.jobcode_id
        WHERE coalesce(j.type, 'regular') NOT IN ('pto', 'unpaid_time_off')
      ) s
    ) r WHERE adjoins GROUP BY user_id`;
}
