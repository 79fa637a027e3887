import type { Ctx } from '../../engine/context.ts';
import { lostRace } from '../../engine/results.ts';
import { inTransaction } from '../../engine/turns.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Booking } from '../../resources/bookings/booking.ts';
import { holdFor, releaseHolds, takePersonTurns } from '../../resources/bookings/holds.ts';
import { noteEvents } from '../../resources/bookings/news.ts';
import {
  bulkedBookings,
  changeBookings,
  findBooking,
  hideBooking,
  lockBookings,
  moveSeats,
  type Scope,
} from '../../resources/bookings/queries.ts';
import { endSeats } from '../../resources/bookings/seats.ts';
import { type Action, holdsTime, isFinal, isPlanned, isSeat, nextState } from '../../rules/bookings/graphs.ts';
import { seatTerms, whyNotLeft } from '../../rules/bookings/seats.ts';
import { plan, unplan } from './events.ts';
import { takeTurnsOfCustomers } from './rates.ts';
import { askedBy, demandUntaken } from './terms.ts';

/** What somebody does to a booking. */
export interface Step {
  readonly action: Action;
  readonly message: string;
  /** Of `pay`: the payment's name elsewhere. */
  readonly paymentId: string;
  /** Not to the bookings that it was made in bulk with. */
  readonly alone: boolean;
}

/** The refusal for a booking that is not there. */
export function noBooking(): DomainError {
  return new DomainError('not-found', 'The booking does not exist');
}

/**
 * Finds a booking and locks it with everything that goes with it: the time of its person (and of `others`), its customer, its
 * event, its group, and the bookings that it was made in bulk with where `mates` says so. Gives it first.
 */
export async function takeBooking(
  ctx: Ctx,
  scope: Scope,
  uuid: string,
  { others = [], mates = false }: { others?: readonly number[]; mates?: boolean } = {},
): Promise<readonly [named: Booking, ...mates: Booking[]]> {
  const known = await findBooking(ctx, scope, uuid);
  if (known === undefined) throw noBooking();
  const bulked = mates && known.bulk !== null ? await bulkedBookings(ctx, [known.bulk]) : [known];
  const all = bulked.filter(({ userId }) => scope.userId === undefined || scope.userId === userId);
  const people = all.map(({ userId }) => userId);
  await takePersonTurns(ctx, [...people, ...others]);
  await takeTurnsOfCustomers(ctx, scope.appId, all);
  const groups = all.flatMap(({ ownerId }) => (ownerId === null ? [] : [ownerId]));
  const locked = await lockBookings(ctx, [...groups, ...all.map(({ id }) => id)]);
  const found = new Map(locked.map((booking) => [booking.id, booking]));
  const [named, ...rest] = [known, ...all.filter(({ id }) => id !== known.id)].map(({ id }) => found.get(id));
  // Handed to somebody else meanwhile, whose turn was not taken.
  if (named === undefined || !people.includes(named.userId)) throw lostRace();
  return [named, ...rest.filter((mate) => mate !== undefined && people.includes(mate.userId))] as [Booking];
}

/**
 * Takes one step with a booking, and with those that it was made in bulk with, to which the step is open too. Throws
 * DomainError: 'not-found', or why the step can not be taken; nothing is changed then.
 */
export function act(ctx: Ctx, scope: Scope, uuid: string, step: Step): Promise<Booking> {
  return inTransaction(ctx, async (inside) => {
    const [named, ...mates] = await takeBooking(inside, scope, uuid, { mates: !step.alone });
    const done = await take(inside, named, step);
    for (const mate of mates) {
      if (nextState(mate.graph, mate.state, step.action) !== undefined) await take(inside, mate, step);
    }
    return done;
  });
}

async function take(ctx: Ctx, booking: Booking, step: Step): Promise<Booking> {
  const { id, graph, state } = booking;
  const { action, message, paymentId } = step;
  const to = nextState(graph, state, action);
  if (to === undefined) throw notOpen(`The action ${action} is not possible while the booking is ${state}.`);
  await demandTimely(ctx, booking, action);
  const claims = holdsTime(graph, to) && !holdsTime(graph, state);
  if (claims) {
    const { appId } = booking;
    await demandUntaken(ctx, booking, { ...askedBy(booking), appId, hours: false, exceptBooking: id });
  }
  const [stored = booking] = await changeBookings(ctx, [id], {
    state: to,
    ...(action === 'pay' ? { paymentId, expiresAt: null } : {}),
  });
  if (holdsTime(graph, to)) await holdFor(ctx, stored);
  else await releaseHolds(ctx.db, ctx.actor.companyId, [id]);
  if (isSeat(graph) && isFinal(to) && to !== 'completed') await moveSeats(ctx, booking.ownerId ?? 0, -1);
  const planned = isPlanned(graph, to) && !isPlanned(graph, state) ? await plan(ctx, stored) : stored;
  // What took place stays in the schedule.
  if (isPlanned(graph, state) && isFinal(to) && to !== 'completed') await unplan(ctx, stored);
  await noteEvents(ctx, [{ bookingId: id, action, from: state, to, message }]);
  if (graph === 'group_owner') await endSeats(ctx, [id], action === 'cancel' ? 'cancel' : 'complete', message);
  return planned;
}

/** A refusal that is about no field. */
export function notOpen(sentence: string): DomainError {
  return new DomainError('invalid', sentence);
}

async function demandTimely(ctx: Ctx, { expiresAt, graph, ownerId, start }: Booking, action: Action): Promise<void> {
  if (action === 'pay' && expiresAt !== null && expiresAt <= ctx.now) throw notOpen('The time to pay is over.');
  if (action !== 'cancel_by_customer' || !isSeat(graph) || ownerId === null) return;
  const [group] = await lockBookings(ctx, [ownerId]);
  const why = group === undefined ? undefined : whyNotLeft(seatTerms(group.settings), start, ctx.now);
  if (why !== undefined) throw notOpen(why);
}

/** Deletes a booking that is over. Throws DomainError: 'not-found', or that it is not over yet. */
export function deleteBooking(ctx: Ctx, scope: Scope, uuid: string): Promise<void> {
  return inTransaction(ctx, async (inside) => {
    const [{ id, state }] = await takeBooking(inside, scope, uuid);
    if (!isFinal(state)) throw notOpen(`A booking that is ${state} can not be deleted.`);
    await hideBooking(inside, id);
    await noteEvents(inside, [{ bookingId: id, action: 'delete', from: state, to: state, message: '' }]);
  });
}
