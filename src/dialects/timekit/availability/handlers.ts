import { setImmediate } from 'node:timers/promises';
import { localDay } from '../../../lib/time.ts';
import { type FreeSlot, freeTimes, limits } from '../../../reports/availability/find.ts';
import { stretchesOf, without } from '../../../rules/availability/stretches.ts';
import type { Call, Handler } from '../call.ts';
import { type Asked, askedOf } from './asked.ts';
import { slotsOf, tooMany } from './search.ts';

/** Slots that are written before other work gets its turn. */
const atOnce = 2_000;

/** Slots as they are answered, each with those who are offered for it. */
async function slotObjects(
  { writeTime }: Call,
  { people, zone }: Asked,
  slots: readonly FreeSlot[],
): Promise<unknown[]> {
  const resources = new Map([...people].map(([userId, { id, name, timezone }]) => [userId, { id, name, timezone }]));
  const written: unknown[] = [];
  for (const { start, end, userIds } of slots) {
    written.push({
      start: writeTime(start, zone),
      end: writeTime(end, zone),
      resources: userIds.map((userId) => resources.get(userId)),
    });
    if (written.length % atOnce === 0) await setImmediate();
  }
  return written;
}

/** Slots that can be booked. */
export const availability: Handler = async (call) => {
  const asked = await askedOf(call);
  return { data: await slotObjects(call, asked, await slotsOf(call.ctx, asked.query)) };
};

/** Days of the answer's zone on which anything can be booked, and with whom: in a round robin with anybody who is free. */
export const availableDates: Handler = async (call) => {
  const { query, people, zone } = await askedOf(call);
  const mode = query.mode === 'mutual' ? 'mutual' : 'exclusive';
  const days = byDay(await slotsOf(call.ctx, { ...query, mode }), zone);
  const data = [...days].map(([date, slots]) => {
    const free = new Set(slots.flatMap(({ userIds }) => userIds));
    return { date, resources: query.userIds.flatMap((id) => (free.has(id) ? (people.get(id)?.id ?? []) : [])) };
  });
  return { data };
};

/** How many slots each such day has. */
export const availabilityCounts: Handler = async (call) => {
  const { query, zone } = await askedOf(call);
  const days = byDay(await slotsOf(call.ctx, query), zone);
  return { data: [...days].map(([date, slots]) => ({ date, count: slots.length })) };
};

function byDay(slots: readonly FreeSlot[], zone: string): Map<string, FreeSlot[]> {
  return Map.groupBy(slots, ({ start }) => localDay(zone, start));
}

/** Stretches in which people can not be booked, whatever the mode; a stretch that several share comes once. */
export const unavailable: Handler = async (call) => {
  const asked = await askedOf(call);
  const { search } = asked.query;
  const calendars = await freeTimes(call.ctx, asked.query);
  if (calendars === undefined) throw tooMany();
  const shared = new Map<string, { start: number; end: number; userIds: number[] }>();
  let count = 0;
  for (const [userId, { free }] of calendars) {
    const stretches = without(stretchesOf([search]), free);
    count += stretches.length;
    for (const { start, end } of count > limits.offers ? [] : stretches) {
      const stretch = shared.get(`${start} ${end}`) ?? { start, end, userIds: [] };
      shared.set(`${start} ${end}`, stretch);
      stretch.userIds.push(userId);
    }
  }
  if (shared.size > limits.slots || count > limits.offers) throw tooMany();
  const stretches = [...shared.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  return { data: await slotObjects(call, asked, stretches) };
};
