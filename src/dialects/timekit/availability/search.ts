import type { Ctx } from '../../../engine/context.ts';
import { later } from '../../../lib/time.ts';
import { type FreeSlot, findSlots, limits, type SlotQuery } from '../../../reports/availability/find.ts';
import { relativeMoment } from '../../../rules/availability/expressions.ts';
import type { Range } from '../../../rules/ranges.ts';
import type { Call } from '../call.ts';
import { type Invalid, invalid } from '../validation.ts';
import type { Refusals } from './errors.ts';

/** Months that a search reaches ahead at most; what asks for more gets so much. */
const farthest = 6;

/** One end of a search, as the client wrote it, and what he calls it. */
export interface End {
  readonly field: string;
  readonly text: string;
}

/** Zones in which a search is read: relative times in that of the answer, others without an offset in a person's. */
export interface Zones {
  readonly answer: string;
  readonly person: string | undefined;
}

/** The time that is searched: never before now, at most six months ahead. Relative times count from now. */
export function searchIn(call: Call, from: End, to: End, zones: Zones, refusals: Refusals): Range {
  const { now } = call.ctx;
  const start = Math.max(now, momentIn(call, from, zones, refusals) ?? now);
  const end = momentIn(call, to, zones, refusals) ?? start;
  if (end < start) refusals.add(to.field, `The ${to.field} must not be before the ${from.field}: it counts from now.`);
  return { start, end: Math.max(start, Math.min(end, later(zones.answer, now, { months: farthest }))) };
}

function momentIn(call: Call, { field, text }: End, { answer, person }: Zones, refusals: Refusals): number | undefined {
  const relative = relativeMoment(text, call.ctx.now, answer);
  if (relative !== undefined) return relative;
  // A date is its midnight.
  const timestamp = /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? `${text.trim()}T00:00` : text;
  try {
    return call.readTime(field, timestamp, person ?? answer);
  } catch {
    refusals.add(field, `The ${field} is not a valid timestamp or relative time.`);
    return undefined;
  }
}

/** The slots of a search. Throws Invalid, which names the field of its end, where there are too many for one answer. */
export async function slotsOf(ctx: Ctx, query: SlotQuery, end = 'to'): Promise<FreeSlot[]> {
  const slots = await findSlots(ctx, query);
  if (slots === undefined) throw tooMany(end);
  return slots;
}

/** The refusal of a search whose answer would be too long. */
export function tooMany(end = 'to'): Invalid {
  return invalid(
    end,
    `There are more than ${limits.slots} slots, or ${limits.offers} offers: search a shorter time, or in longer steps.`,
  );
}
