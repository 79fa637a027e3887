import { setImmediate } from 'node:timers/promises';
import type { Ctx } from '../../engine/context.ts';
import { ratesOfApp } from '../../resources/booking-apps/rates.ts';
import { fullPeriods } from '../../resources/bookings/rates.ts';
import { workingHoursOf } from '../../resources/working-hours/queries.ts';
import { allowedTimes } from '../../rules/availability/allowed.ts';
import type { Constraint } from '../../rules/availability/constraints.ts';
import { type Calendar, type Limits, type Mode, offer, shuffled } from '../../rules/availability/modes.ts';
import type { SlotPlan } from '../../rules/availability/slots.ts';
import { common, stretchesOf, without } from '../../rules/availability/stretches.ts';
import type { Range } from '../../rules/ranges.ts';
import { busyTimes } from './busy.ts';

/** Whose free time is sought, when, and under which conditions. Seconds throughout. */
export interface FreeQuery {
  /** The application whose rates of bookings hold: on a day, week, month or year that is full nobody is free. */
  readonly appId?: number;
  /** In the order in which they are offered. Those who do not exist have no free time. */
  readonly userIds: readonly number[];
  readonly search: Range;
  /** Kept free before and after whatever takes time. */
  readonly buffer: number;
  readonly ignoreAllDay: boolean;
  /** Lists of constraints besides the people's own; each must let a time through. */
  readonly lists: readonly (readonly Constraint[])[];
  /** Lists of which at least one must, where there are any. */
  readonly oneOf?: readonly (readonly Constraint[])[];
}

export interface SlotQuery extends FreeQuery {
  readonly mode: Mode;
  readonly plan: SlotPlan;
  /** Numbers from 0 to below 1, for the mode that shuffles. */
  readonly random?: () => number;
}

/** A slot, and the users who are offered for it. */
export interface FreeSlot extends Range {
  readonly userIds: readonly number[];
}

/**
 * How much one search may give. Slots: six months of quarters of an hour, or four weeks of them with twenty people each.
 * Stretches of free time, of all people together: six months of 500 people who are free four times a day.
 */
export const limits: Limits & { readonly stretches: number } = { slots: 20_000, offers: 60_000, stretches: 400_000 };

/**
 * The free time of people, by user id; undefined where it falls into more stretches than the `limits`. Five statements at
 * most, however many people; other work gets its turn in between.
 */
export async function freeTimes(ctx: Ctx, query: FreeQuery): Promise<Map<number, Calendar> | undefined> {
  const { userIds, search, buffer, ignoreAllDay } = query;
  const hours = await workingHoursOf(ctx, userIds);
  const busy = await busyTimes(ctx, userIds, search.start - buffer, search.end + buffer);
  const full = await fullOf(ctx, query);
  const ownTimes = allowances(search);
  const asked = new Map<string, Range[]>();
  const calendars = new Map<number, Calendar>();
  let stretches = 0;
  for (const userId of new Set(userIds)) {
    const { constraints, zone } = hours.get(userId) ?? {};
    if (constraints === undefined || zone === undefined) continue;
    const inZone = asked.get(zone) ?? (await askedTimes(query, zone));
    asked.set(zone, inZone);
    const allowed = constraints.length > 0 ? common(inZone, ownTimes(constraints, zone)) : inZone;
    const taken = (busy.get(userId) ?? []).filter(({ allDay, start, end }) => start < end && !(allDay && ignoreAllDay));
    const blocked = stretchesOf([
      ...taken.map(({ start, end }) => ({ start: start - buffer, end: end + buffer })),
      ...(full.get(userId) ?? []),
    ]);
    const free = without(allowed, blocked);
    stretches += free.length;
    if (stretches > limits.stretches) return undefined;
    calendars.set(userId, { free, zone });
    await setImmediate();
  }
  return calendars;
}

/** The periods in which people can not be booked any more, by user id. */
async function fullOf(ctx: Ctx, { appId, userIds, search }: FreeQuery): ReturnType<typeof fullPeriods> {
  if (appId === undefined) return new Map();
  const { resource } = await ratesOfApp(ctx, appId);
  return fullPeriods(ctx, { appId }, resource, userIds, search);
}

/** The times that the query itself allows in a zone, whoever is sought. */
async function askedTimes({ search, lists, oneOf = [] }: FreeQuery, zone: string): Promise<Range[]> {
  let times = stretchesOf([search]);
  for (const list of lists) {
    if (list.length > 0) times = common(times, allowedTimes(list, zone, search));
    await setImmediate();
  }
  if (oneOf.length === 0) return times;
  const any: Range[] = [];
  for (const list of oneOf) {
    for (const range of allowedTimes(list, zone, search)) any.push(range);
    await setImmediate();
  }
  return common(times, stretchesOf(any));
}

/** The times that people's own lists allow, each worked out once for a zone. */
function allowances(search: Range): (list: readonly Constraint[], zone: string) => Range[] {
  const known = new Map<readonly Constraint[], Map<string, Range[]>>();
  return (list, zone) => {
    const ofZones = known.get(list) ?? new Map<string, Range[]>();
    known.set(list, ofZones);
    const times = ofZones.get(zone) ?? allowedTimes(list, zone, search);
    ofZones.set(zone, times);
    return times;
  };
}

/** The slots in which people can be booked; undefined where there are more than the `limits`. */
export async function findSlots(ctx: Ctx, query: SlotQuery): Promise<FreeSlot[] | undefined> {
  const { mode, plan, random = Math.random } = query;
  const calendars = await freeTimes(ctx, query);
  if (calendars === undefined) return undefined;
  const distinct = [...new Set(query.userIds)];
  const order = mode === 'roundrobin_random' ? shuffled(distinct, random) : distinct;
  const none: Calendar = { free: [], zone: 'UTC' };
  const steps = offer(
    mode,
    order.map((userId) => calendars.get(userId) ?? none),
    plan,
    limits,
  );
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) await setImmediate();
  return step.value?.map(({ start, end, people }) => ({
    start,
    end,
    userIds: people.flatMap((position) => order[position] ?? []),
  }));
}
