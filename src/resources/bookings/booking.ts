import { epochOfPg } from '../../lib/time.ts';
import type { Graph, State } from '../../rules/bookings/graphs.ts';
import type { Cells } from '../../store/db.ts';
import { raw, type Sql } from '../../store/sql.ts';

/** A JSON object as a client gave it. */
export type Json = Readonly<Record<string, unknown>>;

/** What is said when a booking is made. Moments in epoch seconds. */
export interface BookingFacts {
  readonly pageId: number | null;
  readonly userId: number;
  readonly graph: Graph;
  readonly state: State;
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly location: string;
  readonly description: string;
  readonly customer: Json;
  readonly settings: Json;
  readonly meta: Json;
  readonly participants: readonly unknown[];
  readonly reminders: readonly unknown[];
  readonly allowDouble: boolean;
  readonly autoComplete: boolean;
  readonly notifyCustomer: boolean;
  /** Until when a payment is awaited. */
  readonly expiresAt: number | null;
  readonly calendarId: number | null;
  /** Of a seat: the booking of its group. */
  readonly ownerId: number | null;
  /** Of a group: null for any number. */
  readonly maxSeats: number | null;
  /** Names the bookings that share their actions. */
  readonly bulk: string | null;
}

/** A booking as it is stored. */
export interface Booking extends BookingFacts {
  readonly id: number;
  readonly uuid: string;
  readonly appId: number;
  readonly paymentId: string;
  readonly eventId: number | null;
  readonly currentSeats: number;
  readonly created: number;
  readonly lastModified: number;
}

const columns = [
  'id',
  'uuid',
  'app_id',
  'page_id',
  'user_id',
  'graph',
  'state',
  'start_at',
  'end_at',
  'what',
  'location',
  'description',
  'customer',
  'settings',
  'meta',
  'participants',
  'reminders',
  'allow_double',
  'auto_complete',
  'notify_customer',
  'expires_at',
  'payment_id',
  'calendar_id',
  'event_id',
  'owner_id',
  'max_seats',
  'current_seats',
  'bulk',
  'created',
  'last_modified',
];

/** SELECT list of bookings over alias b. */
export const bookingColumns: Sql = raw(columns.map((column) => `b.${column}`).join(', '));

/** A row of `bookingColumns`. */
export function bookingOf(cells: Cells): Booking {
  const at = (column: string): string | null => cells[columns.indexOf(column)] ?? null;
  const text = (column: string): string => at(column) ?? '';
  const number = (column: string): number | null => (at(column) === null ? null : Number(at(column)));
  const json = <T>(column: string): T => JSON.parse(text(column)) as T;
  return {
    id: Number(text('id')),
    uuid: text('uuid'),
    appId: Number(text('app_id')),
    pageId: number('page_id'),
    userId: Number(text('user_id')),
    graph: text('graph') as Graph,
    state: text('state') as State,
    start: epochOfPg(text('start_at')),
    end: epochOfPg(text('end_at')),
    what: text('what'),
    location: text('location'),
    description: text('description'),
    customer: json<Json>('customer'),
    settings: json<Json>('settings'),
    meta: json<Json>('meta'),
    participants: json<unknown[]>('participants'),
    reminders: json<unknown[]>('reminders'),
    allowDouble: text('allow_double') === 't',
    autoComplete: text('auto_complete') === 't',
    notifyCustomer: text('notify_customer') === 't',
    expiresAt: at('expires_at') === null ? null : epochOfPg(text('expires_at')),
    paymentId: text('payment_id'),
    calendarId: number('calendar_id'),
    eventId: number('event_id'),
    ownerId: number('owner_id'),
    maxSeats: number('max_seats'),
    currentSeats: Number(text('current_seats')),
    bulk: at('bulk'),
    created: epochOfPg(text('created')),
    lastModified: epochOfPg(text('last_modified')),
  };
}
