import { type Ctx, resourceOf } from '../../engine/context.ts';
import { inTransaction } from '../../engine/turns.ts';
import { valuesByIds } from '../../engine/values.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Booking, BookingFacts } from '../../resources/bookings/booking.ts';
import { endReservation, findReservation, holdFor, takePersonTurns } from '../../resources/bookings/holds.ts';
import { noteEvents } from '../../resources/bookings/news.ts';
import { findBooking, insertBooking, isUuid, lockBookings, moveSeats } from '../../resources/bookings/queries.ts';
import { awaitsPayment, firstState, holdsTime, isPlanned, isSeat } from '../../rules/bookings/graphs.ts';
import { seatTerms, whyNotSeated } from '../../rules/bookings/seats.ts';
import { plan } from './events.ts';
import { emailOf, takeTurnsOfCustomers } from './rates.ts';
import { askedBy, demandFree, demandUnderRates } from './terms.ts';

/** A booking that somebody asks for; a seat's person and times are those of its group. */
export interface NewBooking extends Omit<BookingFacts, 'state' | 'expiresAt' | 'ownerId'> {
  readonly step: 'create' | 'confirm' | undefined;
  /** How long a payment is awaited. */
  readonly paymentSeconds: number;
  /** Of a seat: the UUID of its group. */
  readonly group: string | undefined;
  /** The UUID of the reservation that the booking takes the place of. */
  readonly reservation: string | undefined;
}

/** Where bookings are made, and by whom. */
export interface Place {
  readonly appId: number;
  /** Only within working hours: for keys that everybody can see. */
  readonly hours: boolean;
}

/**
 * Makes a booking: judged and stored in one transaction, in which nobody else takes time of that person. Throws the
 * DomainError that refuses it.
 */
export function createBooking(ctx: Ctx, place: Place, wanted: NewBooking): Promise<Booking> {
  return createBookings(ctx, place, [wanted]).then(([booking]) => booking as Booking);
}

/** The refusal of one of several bookings, counted from 0. */
export class RefusedOne extends DomainError {
  readonly index: number;

  constructor({ kind, detail, field, code }: DomainError, index: number) {
    super(kind, detail, { ...(field === undefined ? {} : { field }), ...(code === undefined ? {} : { code }) });
    this.index = index;
  }
}

/** Makes all of the bookings or none. Throws RefusedOne for the first that is refused. */
export function createBookings(ctx: Ctx, place: Place, all: readonly NewBooking[]): Promise<Booking[]> {
  return inTransaction(ctx, async (inside) => {
    await takePersonTurns(
      inside,
      all.filter(({ graph }) => !isSeat(graph)).map(({ userId }) => userId),
    );
    await takeTurnsOfCustomers(inside, place.appId, all);
    await lockGroups(inside, place, all);
    const made: Booking[] = [];
    for (const wanted of all) {
      try {
        made.push(await (isSeat(wanted.graph) ? takeSeat(inside, place, wanted) : takeSlot(inside, place, wanted)));
      } catch (error) {
        throw error instanceof DomainError ? new RefusedOne(error, made.length) : error;
      }
    }
    await noteEvents(
      inside,
      made.map(({ id, state }) => ({ bookingId: id, action: 'create', from: '', to: state, message: '' })),
    );
    return made;
  });
}

/** Locks the groups of several seats in one order, whatever the order of the seats, so that nobody waits for the other. */
async function lockGroups(ctx: Ctx, { appId }: Place, all: readonly NewBooking[]): Promise<void> {
  const named = new Set(all.flatMap(({ graph, group = '' }) => (isSeat(graph) ? [group.toLowerCase()] : [])));
  if (named.size < 2) return;
  const groups = await Promise.all([...named].map((uuid) => findBooking(ctx, { appId }, uuid)));
  await lockBookings(
    ctx,
    groups.flatMap((group) => group?.id ?? []),
  );
}

/** Throws the DomainError for somebody whose time can not be booked: he is archived, or the actor does not see him. */
export async function demandActive(ctx: Ctx, userId: number): Promise<void> {
  const person = (await valuesByIds(ctx, resourceOf(ctx, 'users'), [userId])).get(userId);
  if (person?.active === true) return;
  throw new DomainError('invalid', 'The selected resource can not be booked.', { field: 'resource_id' });
}

function stateOf({ graph, step }: NewBooking): BookingFacts['state'] {
  const state = firstState(graph, step);
  if (state !== undefined) return state;
  throw new DomainError('invalid', `A booking of the graph ${graph} does not begin with ${step}.`, { field: 'action' });
}

function expiryOf({ now }: Ctx, { graph, paymentSeconds }: NewBooking, state: BookingFacts['state']): number | null {
  return awaitsPayment(graph, state) ? now + paymentSeconds : null;
}

async function takeSlot(ctx: Ctx, { appId, hours }: Place, wanted: NewBooking): Promise<Booking> {
  const state = stateOf(wanted);
  await demandActive(ctx, wanted.userId);
  if (wanted.reservation !== undefined) await useReservation(ctx, appId, wanted.reservation);
  await demandFree(ctx, wanted, { ...askedBy(wanted), appId, hours });
  const facts = { ...wanted, state, expiresAt: expiryOf(ctx, wanted, state), ownerId: null };
  const booking = await insertBooking(ctx, appId, facts);
  if (holdsTime(booking.graph, state)) await holdFor(ctx, booking);
  return isPlanned(booking.graph, state) ? plan(ctx, booking) : booking;
}

async function useReservation(ctx: Ctx, appId: number, uuid: string): Promise<void> {
  const known = isUuid(uuid) ? await findReservation(ctx, appId, uuid) : undefined;
  if (known === undefined || known.expiresAt <= ctx.now) {
    throw new DomainError('invalid', 'The reservation does not exist, or has expired.', { field: 'reservation_id' });
  }
  await endReservation(ctx, uuid);
}

async function takeSeat(ctx: Ctx, { appId }: Place, wanted: NewBooking): Promise<Booking> {
  const state = stateOf(wanted);
  const named = await findBooking(ctx, { appId }, wanted.group ?? '');
  const [group] = named === undefined ? [] : await lockBookings(ctx, [named.id]);
  const refuse = (sentence: string): DomainError =>
    new DomainError('invalid', sentence, { field: 'related.owner_booking_id' });
  if (group?.graph !== 'group_owner') throw refuse('The selected owner booking does not exist.');
  if (group.state !== 'tentative') throw refuse('The group can not be booked any more.');
  const why = whyNotSeated(seatTerms(group.settings), group.start, ctx.now);
  if (why !== undefined) throw refuse(why);
  if (group.maxSeats !== null && group.currentSeats >= group.maxSeats) throw refuse('All seats are taken.');
  const { userId, start, end } = group;
  await demandUnderRates(ctx, { appId, userId, start, email: emailOf(wanted), seat: true });
  await moveSeats(ctx, group.id, 1);
  return insertBooking(ctx, appId, {
    ...wanted,
    state,
    expiresAt: expiryOf(ctx, wanted, state),
    ownerId: group.id,
    userId,
    start,
    end,
  });
}
