/** A stretch of time in epoch seconds, half-open: `start` belongs to it, `end` does not. */
export type Range = { readonly start: number; readonly end: number };

/** The times of a regular timesheet in epoch seconds; `end` is null while it is open (on the clock). */
export type SheetTimes = { readonly start: number; readonly end: number | null };

/**
 * A stored regular timesheet. `offset` (minutes east of UTC) is only for printing its times, UTC without it; `endOffset` where
 * the clocks were changed before its end.
 */
export type Sheet = SheetTimes & {
  readonly id: number;
  readonly offset?: number | undefined;
  readonly endOffset?: number | undefined;
};

/** A timesheet to be written; without an id while it is new. */
export type SheetCandidate = SheetTimes & { readonly id?: number | undefined };

/** Whether two ranges share a second. A zero-length range is empty and shares none, as PostgreSQL's empty range. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end && a.start < a.end && b.start < b.end;
}

/** Whether `inner` lies wholly in `outer`, borders included. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * The range that a timesheet takes up. An open one takes up what has been worked so far, [start, now), and always its first
 * second, which the database's exclusion constraint also reserves.
 */
export function occupied(sheet: SheetTimes, now: number): Range {
  return { start: sheet.start, end: sheet.end ?? Math.max(sheet.start + 1, now) };
}
