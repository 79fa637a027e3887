import type { Range } from '../ranges.ts';

/** Sets of seconds as ranges that are not empty, do not touch one another and come in order: what all of these take and give. */
export type Stretches = readonly Range[];

/** Any ranges as stretches. */
export function stretchesOf(ranges: readonly Range[]): Range[] {
  const sorted = ranges.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  const merged: Range[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last === undefined || range.start > last.end) merged.push(range);
    else if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end };
  }
  return merged;
}

/** The seconds that both have. */
export function common(a: Stretches, b: Stretches): Range[] {
  const shared: Range[] = [];
  let [i, j] = [0, 0];
  for (let [x, y] = [a[0], b[0]]; x !== undefined && y !== undefined; ) {
    const start = Math.max(x.start, y.start);
    const end = Math.min(x.end, y.end);
    if (start < end) shared.push({ start, end });
    if (x.end < y.end) x = a[++i];
    else y = b[++j];
  }
  return shared;
}

/** The seconds of `a` that `b` has not. */
export function without(a: Stretches, b: Stretches): Range[] {
  const rest: Range[] = [];
  let j = 0;
  for (const { start, end } of a) {
    let from = start;
    for (let taken = b[j]; taken !== undefined && taken.start < end; taken = b[++j]) {
      if (taken.start > from) rest.push({ start: from, end: taken.start });
      from = Math.max(from, taken.end);
      // It may reach into the next stretch of `a` too.
      if (taken.end >= end) break;
    }
    if (from < end) rest.push({ start: from, end });
  }
  return rest;
}
