import { randomUUID } from 'node:crypto';
import { type Ctx, may, resourceOf } from '../engine/context.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { inTransaction } from '../engine/turns.ts';
import { idsOfUuids, valuesByIds } from '../engine/values.ts';
import { originOf } from '../engine/writing.ts';
import { DomainError } from '../lib/errors.ts';
import { epochOfPg } from '../lib/time.ts';
import * as rows from '../resources/schedule-calendars/queries.ts';
import { originStatement } from '../store/write.ts';

/**
 * Calendars as Timekit's clients know them: those of the schedule, and for each person the one that his bookings go to. That
 * one bears the person's own UUID. It is the company's calendar "Bookings", until somebody changes it for one person.
 * Reference: (c) Calendars and events, (f) Mapping.
 */
export interface Calendar extends Omit<rows.CalendarRow, 'id' | 'forBookings'> {
  /** The calendar of the schedule; undefined while the company has none for bookings. */
  readonly id: number | undefined;
  /** The one that the person's bookings go to. */
  readonly primary: boolean;
}

const bookingsName = 'Bookings';

/** A person's part of what is needed to name his calendar. */
export interface CalendarOwner {
  readonly id: number;
  readonly uuid: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly lastModified: number;
}

/** Calendars of the company and of these people: the company's first, then each person's, the one for bookings first. */
export async function calendarsOf(ctx: Ctx, owners: readonly CalendarOwner[]): Promise<Calendar[]> {
  const all = await rows.calendarRows(ctx.db, ctx.actor.companyId);
  const shared = all.find(({ forBookings }) => forBookings);
  const company = all.filter(({ userId, forBookings }) => userId === null && !forBookings).map(asIs);
  const byUser = Map.groupBy(all, ({ userId }) => userId);
  const personal = owners.flatMap((owner) => {
    const own = byUser.get(owner.id) ?? [];
    const primary = own.find(({ uuid }) => uuid === owner.uuid);
    const rest = own.filter((one) => one !== primary).map(asIs);
    return [primary === undefined ? primaryOf(owner, shared) : { ...primary, primary: true }, ...rest];
  });
  return [...company, ...personal];
}

/** The calendar of a UUID, whosever it is; undefined where there is none. */
export async function calendarNamed(ctx: Ctx, uuid: string): Promise<Calendar | undefined> {
  const name = uuid.toLowerCase();
  const all = await rows.calendarRows(ctx.db, ctx.actor.companyId);
  const owner = await ownerNamed(ctx, name);
  const row = all.find((one) => one.uuid === name && !one.forBookings);
  if (row !== undefined) return { ...row, primary: owner !== undefined };
  const shared = all.find(({ forBookings }) => forBookings);
  return owner === undefined ? undefined : primaryOf(owner, shared);
}

/** The calendar of the schedule that a person's bookings go to; made where it is not there yet. */
export async function bookingsCalendar(ctx: Ctx, userId: number): Promise<number> {
  const user = (await valuesByIds(ctx, resourceOf(ctx, 'users'), [userId])).get(userId);
  const all = await rows.calendarRows(ctx.db, ctx.actor.companyId);
  const own = all.find((row) => row.userId === userId && row.uuid === user?.uuid);
  if (own !== undefined) return own.id;
  return all.find(({ forBookings }) => forBookings)?.id ?? sharedCalendar(ctx);
}

/** The calendar of the schedule behind one of these, made where it is not there yet. */
export async function scheduleCalendarOf(ctx: Ctx, { id }: Calendar): Promise<number> {
  return id ?? sharedCalendar(ctx);
}

/** Makes a calendar for a person, or for the company; gives its UUID. Throws DomainError. */
export async function createCalendar(ctx: Ctx, userId: number | null, text: rows.CalendarText): Promise<string> {
  demandManager(ctx, userId);
  const uuid = randomUUID();
  await write(ctx, (inside) => rows.insertOwnCalendar(inside.db, inside.actor.companyId, userId, text, uuid));
  return uuid;
}

/** Changes what is said of a calendar. The one for bookings becomes the person's own by that. Throws DomainError. */
export async function updateCalendar(ctx: Ctx, calendar: Calendar, change: Partial<rows.CalendarText>): Promise<void> {
  const { uuid, userId } = calendar;
  demandManager(ctx, userId);
  const text = { ...calendar, ...change };
  await write(ctx, (inside) => rows.insertOwnCalendar(inside.db, inside.actor.companyId, userId, text, uuid));
}

/** Deletes a calendar without events. The one for bookings stays. Throws DomainError. */
export async function removeCalendar(ctx: Ctx, { id, primary, userId }: Calendar): Promise<void> {
  demandManager(ctx, userId);
  if (primary || id === undefined) throw new DomainError('conflict', 'The calendar for bookings can not be deleted.');
  await write(ctx, async (inside) => {
    const { companyId } = inside.actor;
    if (await rows.holdsEvents(inside.db, companyId, id)) {
      throw new DomainError('conflict', 'A calendar that holds events can not be deleted.');
    }
    await rows.deleteCalendar(inside.db, companyId, id, await sharedCalendar(inside));
  });
}

function asIs(row: rows.CalendarRow): Calendar {
  return { ...row, primary: false };
}

function primaryOf({ id: userId, uuid, created, lastModified }: CalendarOwner, shared?: rows.CalendarRow): Calendar {
  const text = { name: bookingsName, description: '', foregroundColor: '', backgroundColor: '' };
  return { id: shared?.id, uuid, userId, ...text, created, lastModified, primary: true };
}

async function ownerNamed(ctx: Ctx, uuid: string): Promise<CalendarOwner | undefined> {
  const users = resourceOf(ctx, 'users');
  const id = (await idsOfUuids(ctx, users, [uuid])).get(uuid);
  const values = id === undefined ? undefined : (await valuesByIds(ctx, users, [id])).get(id);
  if (id === undefined || values === undefined) return undefined;
  return {
    id,
    uuid,
    created: epochOfPg(String(values.created)),
    lastModified: epochOfPg(String(values.last_modified)),
  };
}

function sharedCalendar(ctx: Ctx): Promise<number> {
  return rows.bookingsCalendarOf(ctx.db, ctx.actor.companyId, bookingsName);
}

/** Calendars are kept by whoever keeps the schedule: everybody's, or his own. */
function demandManager({ actor }: Ctx, userId: number | null): void {
  if (may(actor, 'manage_company_schedules')) return;
  if (userId === actor.userId && may(actor, 'manage_my_schedule')) return;
  throw denied('edit calendars');
}

async function write(ctx: Ctx, work: (inside: Ctx) => Promise<void>): Promise<void> {
  await inTransaction(ctx, async (inside) => {
    await inside.db.rows(originStatement(originOf(inside)));
    await work(inside);
  });
}
