import { resourceOf } from '../../../engine/context.ts';
import { idsOfUuids, valuesByIds } from '../../../engine/values.ts';
import { mailAddress } from '../../../lib/addresses.ts';
import { zoneName } from '../../../lib/time.ts';
import type { NewBooking } from '../../../operations/bookings/create.ts';
import { calendarNamed } from '../../../operations/calendars.ts';
import { type BookingPage, pageByUuid } from '../../../resources/booking-pages/queries.ts';
import { findBooking } from '../../../resources/bookings/queries.ts';
import { effectiveSettings } from '../../../resources/effective-settings/queries.ts';
import { durationSeconds, unitSeconds } from '../../../rules/bookings/durations.ts';
import { graphs, isSeat } from '../../../rules/bookings/graphs.ts';
import { termNames } from '../../../rules/bookings/seats.ts';
import { type Call, onlyOf } from '../call.ts';
import { isSwitchedOff, readReminders } from '../mails.ts';
import { Fields, isObject, NotFound } from '../validation.ts';

type Json = Readonly<Record<string, unknown>>;

const paymentSeconds = 300;
export const longestDescription = 10_000;
export const mostSeats = 100_000;
export const steps = ['create', 'confirm'] as const;

/** Whether the key is one that everybody can see, who must not be able to loosen what the owner has said. */
export function isPublic({ door }: Pick<Call, 'door'>): boolean {
  return door === 'timekit-widget' || door === 'timekit-client';
}

/** The UUID that a value may be; '' for what is no text, and names nothing. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The user behind a resource_id: an active one whom the key may see. Throws NotFound. */
export async function resourceNamed(call: Call, uuid: unknown): Promise<number> {
  const users = resourceOf(call.ctx, 'users');
  const name = textOf(uuid).toLowerCase();
  const id = (await idsOfUuids(call.ctx, users, [name])).get(name);
  const values = id === undefined ? undefined : (await valuesByIds(call.ctx, users, [id])).get(id);
  const only = onlyOf(call);
  if (id === undefined || values?.active !== true || (only !== undefined && only !== id))
    throw new NotFound('Resource');
  return id;
}

/** The page behind a project_id; undefined where none is named. Throws NotFound. */
export async function pageNamed({ ctx, app }: Call, uuid: unknown): Promise<BookingPage | undefined> {
  if (uuid === undefined || uuid === null || uuid === '') return undefined;
  const page = await pageByUuid(ctx.db, app, textOf(uuid));
  if (page === undefined) throw new NotFound('Project');
  return page;
}

/** Whose time a body asks for, and when. */
type Slot = Readonly<Record<'userId' | 'start' | 'end', number>>;

/**
 * The slot that a body asks for: times without an offset are read in the zone of the resource. Collects what is wrong with
 * them. Throws Invalid where no resource is named, with all that is wrong so far, and NotFound for one that is not there.
 */
export async function readSlot(call: Call, fields: Fields): Promise<Slot> {
  const uuid = fields.raw('resource_id', { required: true });
  if (uuid === undefined) {
    for (const name of ['start', 'end']) fields.raw(name, { required: true });
    fields.done();
  }
  const userId = await resourceNamed(call, uuid);
  const settings = (await effectiveSettings(call.ctx, [userId])).get(userId);
  const zone = zoneName(String(settings?.get('general', 'tz'))) ?? 'UTC';
  const read = (name: string): number => fields.time(call, name, zone, { required: true }) ?? Number.NaN;
  const [start, end] = [read('start'), read('end')];
  if (start >= end) fields.refuse('end', 'The end must be a date after start.');
  return { userId, start, end };
}

/**
 * A booking as a client asks for it: what it does not say, its project does. Throws Invalid, which says all that is wrong, or
 * NotFound. Reference: (c) Bookings.
 */
export async function readBooking(call: Call, body: Json): Promise<NewBooking> {
  const page = await pageNamed(call, body.project_id);
  const fields = new Fields(merged(call, body, page));
  const graph = fields.oneOf('graph', graphs) ?? 'instant';
  if (graph === 'group_owner' && isPublic(call)) fields.refuse('graph', 'This key can not be used to open a group.');
  const seat = isSeat(graph);
  const related = fields.within('related', { required: seat });
  const group = related?.text('owner_booking_id', { required: seat });
  const customer = graph === 'group_owner' ? fields.object('customer') : readCustomer(fields);
  const content = {
    step: fields.oneOf('action', steps),
    what: fields.text('what', { required: !seat }) ?? '',
    location: fields.text('where') ?? '',
    description: fields.text('description', { longest: longestDescription }) ?? '',
    customer: customer ?? {},
    meta: fields.object('meta') ?? {},
    participants: fields.list('participants') ?? [],
    reminders: readReminders(fields) ?? [],
    autoComplete: fields.within('auto_complete_one_hour_after_booking_ends')?.flag('enabled') ?? true,
    notifyCustomer: fields.within('notify_customer_by_email')?.flag('enabled') ?? true,
    paymentSeconds: readTimeout(fields),
    reservation: fields.text('reservation_id'),
    ...readSettings(fields, page),
  };
  const slot = seat ? { userId: 0, start: 0, end: 0 } : await readSlot(call, fields);
  if (!seat) keepToPage(call, fields, page, slot.userId);
  fields.done();
  const scope = { appId: call.app.id, userId: onlyOf(call) };
  if (seat && (await findBooking(call.ctx, scope, group ?? '')) === undefined) throw new NotFound('Booking');
  const calendarId = await readCalendar(call, fields, slot.userId);
  return { ...content, ...slot, graph, group, calendarId, pageId: page?.id ?? null, bulk: null };
}

/** The older nested form says the same. */
function flat(values: Json): Json {
  const { event, ...rest } = values;
  return isObject(event) ? { ...event, ...rest } : values;
}

function merged(call: Call, body: Json, page: BookingPage | undefined): Json {
  const said = Object.entries(flat(body)).filter(
    ([name, value]) => value !== null && !(name === 'what' && value === ''),
  );
  const [asked, usual] = [Object.fromEntries(said), flat(page?.booking ?? {})];
  const settings = { ...objectOf(usual.settings), ...objectOf(asked.settings) };
  const all = { reminders: page?.reminders, ...usual, ...asked };
  if (!isPublic(call)) return isObject(asked.settings) ? { ...all, settings } : all;
  // How a booking goes, and what is mailed about it, the page says: whoever sees the key on it has no say in that.
  const { action, timeout, settings: fixed, graph = asked.graph } = usual;
  const words = { what: usual.what || asked.what, where: usual.where || asked.where };
  const reminders = usual.reminders ?? page?.reminders;
  // Who may not ask for mail may still do without it.
  const { notify_customer_by_email: mail } = isSwitchedOff(asked.notify_customer_by_email) ? asked : usual;
  return { ...all, action, timeout, settings: fixed, graph, ...words, reminders, notify_customer_by_email: mail };
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Whatever is said of the customer; his address without blanks around it, since it tells him from others. */
function readCustomer(fields: Fields): Json {
  const customer = fields.within('customer', { required: true });
  customer?.text('name', { required: true });
  const email = customer?.email('email', { required: true });
  // Mail goes there: what could be read as more than one address, or as none, is none.
  if (email !== undefined && mailAddress(email) === undefined)
    customer?.refuse('email', 'The email must be a valid email address.');
  return { ...fields.object('customer'), email };
}

/** Seconds that a payment is awaited. */
export function readTimeout(fields: Fields): number {
  const timeout = fields.within('timeout');
  if (timeout === undefined) return paymentSeconds;
  const time = timeout.integer('time', { required: true, least: 1 });
  const unit = timeout.text('unit', { required: true });
  const seconds = time === undefined || unit === undefined ? paymentSeconds : unitSeconds(time, unit);
  if (seconds === undefined) fields.refuse('timeout', 'The timeout is not a valid length of time.');
  return seconds ?? paymentSeconds;
}

/** What the settings of a booking say, or else its page. */
export function readSettings(
  fields: Fields,
  page?: BookingPage,
): Pick<NewBooking, 'settings' | 'maxSeats' | 'allowDouble'> {
  const settings = fields.within('settings');
  const maxSeats = settings?.integer('max_seats', { least: 1, most: mostSeats }) ?? null;
  for (const name of termNames) {
    const text = settings?.text(name);
    if (text !== undefined && durationSeconds(text) === undefined)
      settings?.refuse(name, `The ${name.replaceAll('_', ' ')} is not a valid length of time.`);
  }
  settings?.flag('ignore_all_day_events');
  const allowDouble = settings?.flag('allow_double_bookings') ?? page?.allowDoubleBookings ?? false;
  return { settings: fields.object('settings') ?? {}, maxSeats, allowDouble };
}

/** Says that a key that everybody can see may not book somebody on a page that does not offer him. */
export function keepToPage(call: Call, fields: Fields, page: BookingPage | undefined, userId: number): void {
  if (isPublic(call) && page !== undefined && !page.userIds.includes(userId))
    fields.refuse('resource_id', 'The selected resource is not one of the project.');
}

/** The calendar that was named; null for the one that the person's bookings go to anyway. Throws NotFound. */
async function readCalendar({ ctx }: Call, fields: Fields, userId: number): Promise<number | null> {
  const uuid = fields.raw('calendar_id');
  if (uuid === undefined || uuid === '') return null;
  const calendar = await calendarNamed(ctx, textOf(uuid));
  if (calendar === undefined || (calendar.userId !== null && calendar.userId !== userId))
    throw new NotFound('Calendar');
  return calendar.primary ? null : (calendar.id ?? null);
}
