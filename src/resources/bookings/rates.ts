import type { Ctx } from '../../engine/context.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import { type Calendar, type Limit, limitsIn, type Rates } from '../../rules/bookings/rates.ts';
import type { Range } from '../../rules/ranges.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { effectiveSettings, type SettingsReader } from '../effective-settings/queries.ts';

/** Advisory locks of this kind, one for each customer, let his bookings be made one after the other. */
const customerTurns = 20004;

/** Whose bookings, of which application; a booking that is changed does not count. */
export interface Counted {
  readonly appId: number;
  readonly exceptBooking?: number | undefined;
}

/**
 * Waits, inside a transaction, until nobody else makes or moves bookings of these customers of an application, and keeps
 * others out until its end. To be taken after the people's turns, and before any booking is locked.
 */
export async function takeCustomerTurns({ db, actor }: Ctx, appId: number, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  const place = `${actor.companyId} ${appId} `;
  await db.rows(sql`
    SELECT pg_advisory_xact_lock(${customerTurns}, c.key)
    FROM (SELECT DISTINCT hashtext(${place} || lower(e.email)) AS key FROM unnest(${emails}::text[]) AS e (email)
          ORDER BY 1) c`);
}

function calendarOf(settings: SettingsReader): Calendar {
  return { zone: String(settings.get('general', 'tz')), weekStart: Number(settings.get('general', 'week_start')) };
}

/** What is agreed, waits for its payment or took place. A confirmation that is still to come counts nothing. */
function counts({ actor, now }: Ctx, { appId, exceptBooking }: Counted): Sql {
  return sql`b.company_id = ${actor.companyId} AND b.app_id = ${appId} AND b.active
    AND b.id IS DISTINCT FROM ${exceptBooking ?? null}::int
    AND (b.state IN ('confirmed', 'paid', 'completed') OR (b.state = 'tentative' AND b.graph <> 'confirm_decline'
      AND (b.expires_at IS NULL OR b.expires_at > ${pgOfEpoch(now)}::timestamptz)))
    AND b.start_at >= l.start_at AND b.start_at < l.end_at`;
}

/** Rows of alias l: the limits by number, each with that of its calendar. */
function rowsOf(limits: readonly (Limit & { readonly calendar: number })[]): Sql {
  return sql`unnest(${limits.map((_, index) => index)}::int[], ${limits.map(({ calendar }) => calendar)}::int[],
    ${limits.map(({ start }) => pgOfEpoch(start))}::timestamptz[], ${limits.map(({ end }) => pgOfEpoch(end))}::timestamptz[],
    ${limits.map(({ most }) => most)}::int[]) AS l (index, calendar, start_at, end_at, most)`;
}

/**
 * The periods, of those that these times touch, in which people have as many bookings as the rates allow, by user id. Each
 * period is one of the person's own zone and week. A group counts once, its seats do not. Two statements at most, however many
 * people; none where there are no rates.
 */
export async function fullPeriods(
  ctx: Ctx,
  counted: Counted,
  rates: Rates,
  userIds: Iterable<number>,
  times: Range,
): Promise<Map<number, Limit[]>> {
  if (Object.keys(rates).length === 0) return new Map();
  const calendars = new Map<string, { people: number[]; limits: Limit[] }>();
  for (const [userId, settings] of await effectiveSettings(ctx, userIds)) {
    const own = calendarOf(settings);
    const key = `${own.zone} ${own.weekStart}`;
    const calendar = calendars.get(key) ?? { people: [], limits: limitsIn(rates, times, own) };
    calendars.set(key, calendar);
    calendar.people.push(userId);
  }
  const groups = [...calendars.values()];
  const limits = groups.flatMap((group, calendar) => group.limits.map((limit) => ({ ...limit, calendar })));
  const people = groups.flatMap((group, calendar) => group.people.map((userId) => ({ userId, calendar })));
  const rows = await ctx.db.rows(sql`
    SELECT p.user_id, l.index
    FROM unnest(${people.map(({ userId }) => userId)}::int[], ${people.map(({ calendar }) => calendar)}::int[])
      AS p (user_id, calendar)
    JOIN ${rowsOf(limits)} ON l.calendar = p.calendar
    WHERE l.most <= (SELECT count(*) FROM bookings b
      WHERE b.user_id = p.user_id AND b.owner_id IS NULL AND ${counts(ctx, counted)})
    ORDER BY p.user_id, l.index`);
  const full = rows.map(([userId, index]) => ({ userId: Number(userId), limit: limits[Number(index)] as Limit }));
  return new Map(
    [...Map.groupBy(full, ({ userId }) => userId)].map(([userId, all]) => [userId, all.map(({ limit }) => limit)]),
  );
}

/**
 * The first of the periods around a moment in which a customer, by his email in any case of letters, has as many bookings as
 * the rates allow; undefined: in none. Periods are those of the zone and week of the person who is booked.
 */
export async function fullForCustomer(
  ctx: Ctx,
  counted: Counted,
  rates: Rates,
  { email, userId, start }: { readonly email: string; readonly userId: number; readonly start: number },
): Promise<Limit | undefined> {
  if (Object.keys(rates).length === 0) return undefined;
  const settings = (await effectiveSettings(ctx, [userId])).get(userId);
  if (settings === undefined) return undefined;
  const limits = limitsIn(rates, { start, end: start }, calendarOf(settings));
  const [row] = await ctx.db.rows(sql`
    SELECT l.index FROM ${rowsOf(limits.map((limit) => ({ ...limit, calendar: 0 })))}
    WHERE l.most <= (SELECT count(*) FROM bookings b
      WHERE lower(b.customer ->> 'email') = lower(${email}) AND b.graph <> 'group_owner' AND ${counts(ctx, counted)})
    ORDER BY l.index LIMIT 1`);
  return row === undefined ? undefined : limits[Number(row[0])];
}
