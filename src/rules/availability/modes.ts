import type { Range } from '../ranges.ts';
import { type SlotPlan, slotsIn } from './slots.ts';
import { common, type Stretches } from './stretches.ts';

/** Whose time a slot needs: that of everyone, or of anybody of them. */
export const modes = ['mutual', 'roundrobin_random', 'roundrobin_prioritized', 'exclusive'] as const;

export type Mode = (typeof modes)[number];

/** When one person is free, and the zone by whose clock slots are laid. */
export interface Calendar {
  readonly free: Stretches;
  readonly zone: string;
}

/** A slot, and who is offered for it, by position among the calendars. */
export interface Slot extends Range {
  readonly people: readonly number[];
}

/** The same in any order. `random` gives numbers from 0 to below 1. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}

/** How much one search may give: what is more takes too long to make, to send and to read. */
export interface Limits {
  readonly slots: number;
  /** A person in a slot is an offer. */
  readonly offers: number;
}

/**
 * The slots of several people, by their start. `mutual`: those in which all are free, laid by the first one's clock. The
 * others: every slot of anybody; `exclusive` offers all who are free then, the two round robins the first of them in the
 * order of the calendars (shuffle them before). Undefined when there are more than `most`. Yields after each calendar, so that
 * other work gets its turn.
 */
export function* offer(
  mode: Mode,
  calendars: readonly Calendar[],
  plan: SlotPlan,
  most: Limits,
): Generator<undefined, Slot[] | undefined> {
  if (mode !== 'mutual') return yield* offerAny(mode === 'exclusive', calendars, plan, most);
  const [first, ...rest] = calendars;
  if (first === undefined) return [];
  const free = rest.reduce<Stretches>((shared, other) => common(shared, other.free), first.free);
  const slots = yield* distinctSlots([{ free, zone: first.zone }], plan, most.slots);
  const people = calendars.map((_, position) => position);
  if (slots.length > most.slots || slots.length * people.length > most.offers) return undefined;
  return slots.map((slot) => ({ ...slot, people }));
}

function* offerAny(
  everyone: boolean,
  calendars: readonly Calendar[],
  plan: SlotPlan,
  most: Limits,
): Generator<undefined, Slot[] | undefined> {
  const slots: (Range & { people: number[] })[] = [];
  for (const range of yield* distinctSlots(calendars, plan, most.slots)) slots.push({ ...range, people: [] });
  if (slots.length > most.slots) return undefined;
  let offers = 0;
  for (const [position, { free }] of calendars.entries()) {
    let next = 0;
    for (const { start, end, people } of slots) {
      if (!everyone && people.length > 0) continue;
      while ((free[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
      const stretch = free[next];
      if (stretch === undefined) break;
      if (stretch.start > start || end > stretch.end) continue;
      people.push(position);
      offers += 1;
    }
    if (offers > most.offers) return undefined;
    yield undefined;
  }
  return slots;
}

/** Lengths of slots are smaller: a search takes months, not years. */
const longest = 2 ** 26;

/** The slots of anybody, each once, by start and end. Stops early where there are more than `most`. */
function* distinctSlots(calendars: readonly Calendar[], plan: SlotPlan, most: number): Generator<undefined, Range[]> {
  const base = Math.min(...calendars.map(({ free }) => free[0]?.start ?? Number.POSITIVE_INFINITY));
  // One number for start and length sorts and compares faster than anything else.
  const keys = new Set<number>();
  for (const { free, zone } of calendars) {
    for (const stretch of free) {
      if (keys.size > most) break;
      for (const { start, end } of slotsIn(stretch, plan, zone, most + 1))
        keys.add((start - base) * longest + (end - start));
    }
    yield undefined;
  }
  return [...Float64Array.from(keys).sort()].map((key) => {
    const start = base + Math.floor(key / longest);
    return { start, end: start + (key % longest) };
  });
}
