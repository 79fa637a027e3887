import { resourceOf } from '../../../engine/context.ts';
import { valuesByIds } from '../../../engine/values.ts';
import { type Calendar, calendarsOf } from '../../../operations/calendars.ts';
import { type BookingPage, pagesByIds } from '../../../resources/booking-pages/queries.ts';
import type { Booking } from '../../../resources/bookings/booking.ts';
import { type LoggedEvent, logsOf } from '../../../resources/bookings/list.ts';
import { bookingsById, bulkedBookings } from '../../../resources/bookings/queries.ts';
import { isFinal, openActions } from '../../../rules/bookings/graphs.ts';
import { type Call, onlyOf } from '../call.ts';
import { isPublic } from './read.ts';

type Shown = Record<string, unknown>;
type Values = Readonly<Record<string, unknown>>;

/** What the includes of a request need besides the bookings themselves. */
interface Related {
  readonly users: ReadonlyMap<number, Values>;
  readonly events: ReadonlyMap<number, Values>;
  readonly owners: ReadonlyMap<number, Booking>;
  readonly bulked: ReadonlyMap<string | null, readonly Mate[]>;
  readonly pages: ReadonlyMap<number, BookingPage>;
  readonly calendars: readonly Calendar[];
  readonly logs: ReadonlyMap<number, readonly LoggedEvent[]>;
}

/** One of those that were made in bulk together, as it is shown beside each of the others. */
interface Mate {
  readonly id: number;
  readonly bulk: string | null;
  readonly shown: Shown;
}

/** How each include is written. Reference: (b) includes, (c) Bookings. */
const includes: Readonly<Record<string, (call: Call, booking: Booking, related: Related) => unknown>> = {
  attributes: (call, booking, { calendars }) => attributesOf(call, booking, calendars),
  customers: (_call, { uuid, customer }) => (Object.keys(customer).length === 0 ? [] : [{ ...customer, id: uuid }]),
  calendar: (_call, booking, { calendars }) => {
    const calendar = calendarOf(booking, calendars);
    return calendar === undefined ? null : { id: calendar.uuid, name: calendar.name };
  },
  event: (call, booking, { events, owners }) => eventOf(call, events.get(eventIdOf(booking, owners) ?? 0)),
  provider_event: () => null,
  user: (_call, { userId }, { users }) => personOf(users.get(userId)),
  resource: (_call, { userId }, { users }) => personOf(users.get(userId)),
  project: (_call, { pageId }, { pages }) => {
    const page = pages.get(pageId ?? 0);
    return page === undefined ? null : { id: page.uuid, name: page.name, slug: page.slug };
  },
  logs: (call, { id }, { logs }) => (logs.get(id) ?? []).map((event) => logOf(call, event)),
  meta: (_call, { meta }) => meta,
  available_actions: (_call, { graph, state }) => openActions(graph, state),
  possible_actions: (_call, { graph, state }) => openActions(graph, state),
  owner_booking: (call, { ownerId }, { owners, calendars }) => {
    const owner = owners.get(ownerId ?? 0);
    return owner === undefined ? null : { ...bare(call, owner), attributes: attributesOf(call, owner, calendars) };
  },
  bulked_bookings: (_call, { id, bulk }, { bulked }) =>
    (bulked.get(bulk) ?? []).flatMap((mate) => (mate.id === id ? [] : [mate.shown])),
};

/** What `include` may name. */
export const includeNames = Object.keys(includes);

/** What nobody learns by a key that everybody can see: who the customers are, and what the company notes. */
export const confidential: ReadonlySet<string> = new Set(['customers', 'logs', 'meta', 'bulked_bookings']);

/** Bookings with what the request includes, and with `always`. The number of statements does not grow with the bookings. */
export async function showBookings(
  call: Call,
  bookings: readonly Booking[],
  always: readonly string[] = [],
): Promise<Shown[]> {
  const mayBeShown = (name: string): boolean => !(isPublic(call) && confidential.has(name));
  const wanted = [...new Set([...always, ...call.includes])];
  const names = wanted.filter((name) => Object.hasOwn(includes, name) && mayBeShown(name));
  const related = await relatedTo(call, bookings, new Set(names));
  return bookings.map((booking) => ({
    ...bare(call, booking),
    ...Object.fromEntries(names.map((name) => [name, includes[name]?.(call, booking, related)])),
  }));
}

/** One booking likewise. */
export async function showBooking(call: Call, booking: Booking): Promise<Shown> {
  const [shown = {}] = await showBookings(call, [booking]);
  return shown;
}

/** The bookings of these bulks, as far as the key reaches, each written once. */
async function matesIn(call: Call, bulks: readonly string[]): Promise<Mate[]> {
  const only = onlyOf(call);
  const all = await bulkedBookings(call.ctx, bulks);
  const reached = all.filter(({ userId }) => only === undefined || userId === only);
  return reached.map((mate) => ({ id: mate.id, bulk: mate.bulk, shown: bare(call, mate) }));
}

function bare({ writeTime }: Call, { uuid, state, graph, created, lastModified }: Booking): Shown {
  return {
    id: uuid,
    state,
    graph,
    completed: isFinal(state),
    created_at: writeTime(created),
    updated_at: writeTime(lastModified),
  };
}

function calendarOf({ calendarId, userId }: Booking, calendars: readonly Calendar[]): Calendar | undefined {
  return calendars.find((one) => (calendarId === null ? one.primary && one.userId === userId : one.id === calendarId));
}

function attributesOf(call: Call, booking: Booking, calendars: readonly Calendar[]): Shown {
  const { graph, start, end, what, location, description, participants, maxSeats, currentSeats } = booking;
  const { writeTime } = call;
  return {
    event_info: {
      start: writeTime(start),
      end: writeTime(end),
      what,
      where: location,
      description,
      calendar_id: calendarOf(booking, calendars)?.uuid ?? null,
      participants: isPublic(call) ? [] : participants,
    },
    ...(graph === 'group_owner' ? { group_booking: { max_seats: maxSeats, current_seats: currentSeats } } : {}),
  };
}

function eventOf({ writeTime }: Call, event: Values | undefined): Shown | null {
  if (event?.active !== true) return null;
  return {
    id: event.uuid,
    what: event.title,
    where: event.location,
    start: writeTime(Number(event.start_at)),
    end: writeTime(Number(event.end_at)),
  };
}

function personOf(user: Values | undefined): Shown | null {
  return user === undefined ? null : { id: user.uuid, name: `${user.first_name} ${user.last_name}`.trim() };
}

function logOf({ writeTime }: Call, { action, from, to, message, at }: LoggedEvent): Shown {
  return { action, from_state: from === '' ? null : from, state: to, message, created_at: writeTime(at) };
}

/** A seat shows the event of its group. */
function eventIdOf({ eventId, ownerId, state }: Booking, owners: ReadonlyMap<number, Booking>): number | null {
  if (ownerId === null) return eventId;
  return state === 'confirmed' || state === 'paid' || state === 'completed'
    ? (owners.get(ownerId)?.eventId ?? null)
    : null;
}

async function relatedTo(call: Call, bookings: readonly Booking[], wanted: ReadonlySet<string>): Promise<Related> {
  const { ctx } = call;
  const idsIf = <T>(include: boolean, values: readonly (T | null)[]): T[] =>
    include ? [...new Set(values.filter((value) => value !== null))] : [];
  const { companyId } = ctx.actor;
  const inCalendars = ['calendar', 'attributes', 'owner_booking'].some((name) => wanted.has(name));
  const ownerIds = idsIf(
    wanted.has('owner_booking') || wanted.has('event'),
    bookings.map(({ ownerId }) => ownerId),
  );
  const owners = await bookingsById(ctx, ownerIds);
  const eventIds = idsIf(
    wanted.has('event'),
    bookings.map((booking) => eventIdOf(booking, owners)),
  );
  const userIds = idsIf(
    wanted.has('user') || wanted.has('resource') || inCalendars,
    bookings.map(({ userId }) => userId),
  );
  const bulks = idsIf(
    wanted.has('bulked_bookings'),
    bookings.map(({ bulk }) => bulk),
  );
  const pageIds = idsIf(
    wanted.has('project'),
    bookings.map(({ pageId }) => pageId),
  );
  const logged = idsIf(
    wanted.has('logs'),
    bookings.map(({ id }) => id),
  );
  const users = await valuesByIds(ctx, resourceOf(ctx, 'users'), userIds);
  const people = [...users].map(([id, { uuid, created, last_modified: lastModified }]) => ({
    id,
    uuid: String(uuid),
    created: Number(created),
    lastModified: Number(lastModified),
  }));
  return {
    users,
    owners,
    events: await valuesByIds(ctx, resourceOf(ctx, 'schedule_events'), eventIds),
    bulked: Map.groupBy(await matesIn(call, bulks), ({ bulk }) => bulk),
    pages: await pagesByIds(ctx.db, companyId, pageIds),
    calendars: inCalendars ? await calendarsOf(ctx, people) : [],
    logs: await logsOf(ctx, logged),
  };
}
