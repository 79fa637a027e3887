import { DAY_SECONDS, type OffsetPeriod, offsetPeriods } from '../../lib/time.ts';
import type { Range } from '../ranges.ts';

/** How slots are laid into free stretches. All in seconds. */
export interface SlotPlan {
  /** null: each stretch is one slot as it is. */
  readonly length: number | null;
  /** From the start of one slot to the next. */
  readonly step: number;
  /** The first slot of a stretch starts so many seconds after midnight, or at a multiple of them. */
  readonly grid: number;
}

/**
 * The slots of one free stretch: they lie wholly in it, and start at equal steps by the clock on the wall of `zone`, the
 * first at the start of the stretch. What a change of clocks would make overlap is left out. At most `most` of them. Reference:
 * timekit-v2.md, Availability.
 */
export function slotsIn(
  stretch: Range,
  { length, step, grid }: SlotPlan,
  zone: string,
  most = Number.POSITIVE_INFINITY,
): Range[] {
  if (length === null) return [stretch];
  const offsets = offsetPeriods(zone, stretch.start, stretch.end);
  const first = roundedUp(offsets, grid);
  if (first === undefined) return [];
  const slots: Range[] = [];
  let earliest = first.at;
  for (const { from, to, seconds } of offsets) {
    const passed = Math.max(earliest, from) + seconds - first.local;
    let start = first.local + Math.ceil(passed / step) * step - seconds;
    for (; start < to && start + length <= stretch.end && slots.length < most; start += step)
      slots.push({ start, end: start + length });
    const last = slots.at(-1);
    if (last !== undefined) earliest = last.start + Math.min(step, length);
  }
  return slots;
}

/** The first moment of these times that is on the grid by the clock on the wall. */
function roundedUp(offsets: readonly OffsetPeriod[], grid: number): { at: number; local: number } | undefined {
  for (const { from, to, seconds } of offsets) {
    const midnight = Math.floor((from + seconds) / DAY_SECONDS) * DAY_SECONDS;
    const ofDay = Math.ceil((from + seconds - midnight) / grid) * grid;
    const local = midnight + Math.min(ofDay, DAY_SECONDS);
    if (local - seconds < to) return { at: local - seconds, local };
  }
  return undefined;
}
