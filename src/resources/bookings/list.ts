import type { Ctx } from '../../engine/context.ts';
import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { State } from '../../rules/bookings/graphs.ts';
import { likePattern } from '../../rules/wildcard.ts';
import { join, raw, type Sql, sql } from '../../store/sql.ts';
import { type Booking, bookingColumns, bookingOf } from './booking.ts';
import { inScope, isUuid, type Scope } from './queries.ts';

/** What bookings are looked for by; all of it must hold. */
export interface BookingQuestion {
  /** `key:value` pairs, see `searchKeys`. */
  readonly search?: ReadonlyMap<string, string>;
  /** Those that touch the time from here (epoch seconds) … */
  readonly from?: number | undefined;
  /** … to here. */
  readonly to?: number | undefined;
  readonly orderBy?: BookingOrder | undefined;
  readonly descending?: boolean;
  readonly limit: number;
  /** Counted from 1. */
  readonly page: number;
}

/** What the search knows; a key that ends with a dot stands for every key below it. Reference: (b) search. */
export const searchKeys = [
  'resource.id',
  'graph',
  'state',
  'completed',
  'calendar.id',
  'project.id',
  'customer.',
  'meta.',
] as const;

const orders = {
  created_at: 'b.created',
  updated_at: 'b.last_modified',
  completed: 'b.completed',
  graph: 'b.graph',
  state: 'b.state',
  'event.start': 'b.start_at',
  'event.end': 'b.end_at',
} as const;
export type BookingOrder = keyof typeof orders;
export const bookingOrders = Object.keys(orders) as readonly BookingOrder[];

/** A page of the bookings of a scope, and how many there are in all: two statements. */
export async function listBookings(
  { db, actor }: Ctx,
  scope: Scope,
  { search = new Map(), from, to, orderBy = 'created_at', descending = false, limit, page }: BookingQuestion,
): Promise<{ rows: Booking[]; total: number }> {
  const where = [inScope(actor.companyId, scope), ...[...search].map(([key, value]) => holds(key, value))];
  if (from !== undefined) where.push(sql`b.end_at > ${pgOfEpoch(from)}`);
  if (to !== undefined) where.push(sql`b.start_at < ${pgOfEpoch(to)}`);
  const found = sql`FROM bookings b WHERE ${join(where, ' AND ')}`;
  const way = raw(descending ? 'DESC' : 'ASC');
  const [[count] = [], rows = []] = await db.pipeline([
    sql`SELECT count(*) ${found}`,
    sql`SELECT ${bookingColumns} ${found} ORDER BY ${raw(orders[orderBy])} ${way}, b.id ${way}
        LIMIT ${limit} OFFSET ${(page - 1) * limit}::bigint`,
  ]);
  return { rows: rows.map(bookingOf), total: Number(count?.[0] ?? 0) };
}

const never = sql`FALSE`;

function holds(key: string, value: string): Sql {
  const [kind, ...rest] = key.split('.');
  const below = rest.join('.');
  switch (kind) {
    case 'graph':
      return sql`b.graph = ${value}`;
    case 'state':
      return sql`b.state = ${value}`;
    case 'completed':
      return sql`b.completed = ${/^(1|true)$/i.test(value)}`;
    case 'resource':
      return ofUuid('user_id', 'users', value);
    case 'calendar':
      return inCalendar(value);
    case 'project':
      return ofUuid('page_id', 'booking_pages', value);
    case 'customer':
      // The name may have stars, in any case of letters.
      return below === 'name'
        ? sql`b.customer ->> 'name' ILIKE ${likePattern(value)}`
        : sql`lower(b.customer ->> ${below}::text) = lower(${value})`;
    default:
      return sql`b.meta ->> ${below}::text = ${value}`;
  }
}

function ofUuid(column: string, table: string, value: string): Sql {
  if (!isUuid(value)) return never;
  return sql`b.${raw(column)} = (
    SELECT r.id FROM ${raw(table)} r WHERE r.company_id = b.company_id AND r.uuid = ${value}::uuid)`;
}

/** Bookings go to the calendar of their person, which bears his UUID, where they name no other. */
function inCalendar(value: string): Sql {
  return sql`(${ofUuid('calendar_id', 'schedule_calendars', value)}
    OR (b.calendar_id IS NULL AND ${ofUuid('user_id', 'users', value)}))`;
}

/** Something that happened to a booking, as it is shown. */
export interface LoggedEvent {
  readonly action: string;
  readonly from: State | '';
  readonly to: State;
  readonly message: string;
  /** null: the server itself. */
  readonly userId: number | null;
  /** Epoch seconds. */
  readonly at: number;
}

/** What happened to bookings, by their ids, oldest first. */
export async function logsOf({ db, actor }: Ctx, ids: readonly number[]): Promise<Map<number, LoggedEvent[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.rows(sql`
    SELECT booking_id, action, from_state, to_state, message, by_user_id, at FROM booking_log
    WHERE company_id = ${actor.companyId} AND booking_id = ANY(${ids}::int[]) ORDER BY booking_id, id`);
  const events = rows.map(([bookingId, action, from, to, message, userId, at]) => ({
    bookingId: Number(bookingId),
    action: String(action),
    from: String(from) as State | '',
    to: String(to) as State,
    message: String(message),
    userId: userId === null ? null : Number(userId),
    at: epochOfPg(String(at)),
  }));
  return Map.groupBy(events, ({ bookingId }) => bookingId);
}
