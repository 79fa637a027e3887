import type { Ctx } from '../../engine/context.ts';
import { addDays, dayBounds, epochDays, localDay, pgOfEpoch } from '../../lib/time.ts';
import { effectiveSettings, type SettingsReader } from '../../resources/effective-settings/queries.ts';
import type { Cells } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';
import type { Person } from './people.ts';

/** Seconds that count: paid breaks and paid time off do, unpaid breaks and unpaid time off do not. */
export interface Seconds {
  readonly shift: number;
  readonly day: number;
}

/** Timesheets that are less than this apart (in seconds) belong to one shift. */
const longestGap = 60;

/** Days of a person, the last one included, and the seconds from the start of the first to the end of the last. */
interface Days {
  readonly first: string;
  readonly last: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The time of people in their current shift and in their own local day, by user id. A shift is the run of timesheets that
 * adjoin the open one, with the breaks among them but no time off; the day counts the part of the time that lies in it.
 * Two statements, however many people.
 */
export async function secondsOf(ctx: Ctx, people: readonly Person[]): Promise<Map<number, Seconds>> {
  const days = await daysOf(ctx, people, todayIn);
  const [daySums = [], shiftSums = []] = await ctx.db.pipeline([
    closedWithin(ctx, people, days),
    closedInShift(ctx, people),
  ]);
  const earlier = new Map(shiftSums.map(([userId, seconds]) => [Number(userId), Number(seconds)]));
  const inDays = withOpen(ctx, people, days, daySums);
  return new Map(
    people.map(({ userId, open }) => {
      const shift = open?.counts ? Math.max(0, ctx.now - open.start) : 0;
      return [userId, { shift: shift + (earlier.get(userId) ?? 0), day: inDays.get(userId) ?? 0 }];
    }),
  );
}

/**
 * Seconds of people in the week that it is for them, by user id: their own local one, from the day that the settings begin it
 * with. They count as those of a day do. One statement, however many people.
 */
export async function weekSecondsOf(ctx: Ctx, people: readonly Person[]): Promise<Map<number, number>> {
  const days = await daysOf(ctx, people, weekIn);
  return withOpen(ctx, people, days, await ctx.db.rows(closedWithin(ctx, people, days)));
}

async function daysOf(
  ctx: Ctx,
  people: readonly Person[],
  daysIn: (zone: string, now: number, settings: SettingsReader | undefined) => Days,
): Promise<Days[]> {
  const settings = await effectiveSettings(
    ctx,
    people.map(({ userId }) => userId),
  );
  const known = new Map<string, Days>();
  return people.map(({ userId }) => {
    const reader = settings.get(userId);
    const zone = String(reader?.get('general', 'tz') ?? 'UTC');
    const key = `${zone} ${reader?.get('general', 'week_start')}`;
    const days = known.get(key) ?? daysIn(zone, ctx.now, reader);
    known.set(key, days);
    return days;
  });
}

/** Closed time, and what of the open timesheets lies in the days of their people. */
function withOpen(
  ctx: Ctx,
  people: readonly Person[],
  days: readonly Days[],
  closedSums: readonly Cells[],
): Map<number, number> {
  const closed = new Map(closedSums.map(([userId, seconds]) => [Number(userId), Number(seconds)]));
  return new Map(
    people.map(({ userId, open }, index) => {
      const { start, end } = days[index] as Days;
      const running = open?.counts ? Math.max(0, Math.min(ctx.now, end) - Math.max(open.start, start)) : 0;
      return [userId, running + (closed.get(userId) ?? 0)];
    }),
  );
}

function todayIn(zone: string, now: number): Days {
  const day = localDay(zone, now);
  const [start, end] = dayBounds(zone, day);
  return { first: day, last: day, start, end };
}

function weekIn(zone: string, now: number, settings: SettingsReader | undefined): Days {
  const today = localDay(zone, now);
  // The first of January 1970 was a Thursday.
  const weekday = (((epochDays(today) + 4) % 7) + 7) % 7;
  const first = addDays(today, -((weekday - Number(settings?.get('general', 'week_start') ?? 0) + 7) % 7));
  const last = addDays(first, 6);
  return { first, last, start: dayBounds(zone, first)[0], end: dayBounds(zone, last)[1] };
}

const paid = sql`coalesce(j.type, 'regular') NOT IN ('unpaid_break', 'unpaid_time_off')`;

/** Closed time of some days. No timesheet is longer than a week, nor a zone more than a day away. */
function closedWithin(ctx: Ctx, people: readonly Person[], days: readonly Days[]): Sql {
  return sql`
    SELECT p.user_id, sum(CASE o.type WHEN 'manual' THEN o.duration
      ELSE extract(epoch FROM least(o.end_at, p.upto) - greatest(o.start_at, p.since)) END)::int
    FROM unnest(${people.map(({ userId }) => userId)}::int[], ${days.map(({ first }) => first)}::date[],
      ${days.map(({ last }) => last)}::date[], ${days.map(({ start }) => pgOfEpoch(start))}::timestamptz[],
      ${days.map(({ end }) => pgOfEpoch(end))}::timestamptz[]) p (user_id, first, last, since, upto)
    JOIN timesheets o ON o.company_id = ${ctx.actor.companyId} AND o.user_id = p.user_id
      AND o.date BETWEEN p.first - 8 AND p.last + 1
    LEFT JOIN jobcodes j ON j.company_id = o.company_id AND j.id = o.jobcode_id
    WHERE ${paid} AND CASE o.type WHEN 'manual' THEN o.date BETWEEN p.first AND p.last
      ELSE o.end_at > p.since AND o.start_at < p.upto END
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
