import { setImmediate } from 'node:timers/promises';
import type { Ctx } from '../../engine/context.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import { type Calendar, fullAmong, type Limit, limitsIn, type Rates } from '../../rules/bookings/rates.ts';
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
): Promise<Map<number, readonly Limit[]>> {
  if (Object.keys(rates).length === 0) return new Map();
  const calendars = new Map<string, readonly Limit[]>();
  const limits = new Map<number, readonly Limit[]>();
  for (const [userId, settings] of await effectiveSettings(ctx, userIds)) {
    const { zone, weekStart } = calendarOf(settings);
    const own = calendars.get(`${zone} ${weekStart}`) ?? limitsIn(rates, times, { zone, weekStart });
    calendars.set(`${zone} ${weekStart}`, own);
    limits.set(userId, own);
  }
  const whose = sql`b.user_id = ANY(${[...limits.keys()]}::int[]) AND b.owner_id IS NULL`;
  const starts = await startsOf(ctx, counted, whose, [...calendars.values()].flat());
  const full = new Map<number, readonly Limit[]>();
  for (const [userId, own] of starts) {
    full.set(userId, fullAmong(limits.get(userId) ?? [], own));
    // Other work gets its turn.
    await setImmediate();
  }
  return full;
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
  const starts = await startsOf(ctx, counted, sql`b.customer_email = lower(${email})`, limits);
  return fullAmong(limits, [...starts.values()].flat())[0];
}

/** When the bookings of these limits begin, by the user who is booked. */
async function startsOf(
  { db, actor, now }: Ctx,
  { appId, exceptBooking }: Counted,
  whose: Sql,
  limits: readonly Limit[],
): Promise<Map<number, number[]>> {
  const starts = new Map<number, number[]>();
  if (limits.length === 0) return starts;
  const first = limits.reduce((earliest, { start }) => Math.min(earliest, start), Number.POSITIVE_INFINITY);
  const last = limits.reduce((latest, { end }) => Math.max(latest, end), 0);
  // What is agreed, awaits its payment or took place counts; a confirmation that is still to come does not.
  const rows = await db.rows(sql`
    SELECT b.user_id, extract(epoch FROM b.start_at) FROM bookings b
    WHERE b.company_id = ${actor.companyId} AND b.app_id = ${appId} AND ${whose} AND b.active
      AND b.start_at >= ${pgOfEpoch(first)}::timestamptz AND b.start_at < ${pgOfEpoch(last)}::timestamptz
      AND (b.state IN ('confirmed', 'paid', 'completed') OR (b.state = 'tentative' AND b.graph <> 'confirm_decline'
        AND (b.expires_at IS NULL OR b.expires_at > ${pgOfEpoch(now)}::timestamptz)))
      AND b.id IS DISTINCT FROM ${exceptBooking ?? null}::int`);
  for (const [userId, start] of rows) {
    const own = starts.get(Number(userId)) ?? [];
    starts.set(Number(userId), own);
    own.push(Number(start));
  }
  return starts;
}
