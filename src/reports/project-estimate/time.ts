import type { Ctx } from '../../engine/context.ts';
import { raw, type Sql, sql } from '../../store/sql.ts';

/** Time that was tracked. */
export interface Tracked {
  /** Seconds of open timesheets until now. */
  readonly clockedIn: number;
  /** Seconds of timesheets that are closed. */
  readonly clockedOut: number;
  readonly onTheClock: boolean;
}

/** No time at all. */
export const untracked: Tracked = { clockedIn: 0, clockedOut: 0, onTheClock: false };

/** Time of both together. */
export function plus(a: Tracked, b: Tracked): Tracked {
  return {
    clockedIn: a.clockedIn + b.clockedIn,
    clockedOut: a.clockedOut + b.clockedOut,
    onTheClock: a.onTheClock || b.onTheClock,
  };
}

/** All tracked seconds. */
export function totalOf({ clockedIn, clockedOut }: Tracked): number {
  return clockedIn + clockedOut;
}

/** Tracked by estimated seconds, rounded to hundredths; null where nothing is estimated. */
export function progressOf(tracked: Tracked, estimatedSeconds: number): number | null {
  if (estimatedSeconds === 0) return null;
  // Whole numbers until the end, so that halves are rounded up however they are written in binary.
  return Math.floor((200 * totalOf(tracked) + estimatedSeconds) / (2 * estimatedSeconds)) / 100;
}

/** SQL: whether a timesheet is open. */
export function openOf(alias: string): Sql {
  return raw(`(${alias}.type = 'regular' AND ${alias}.end_at IS NULL)`);
}

/** SQL: seconds of a timesheet, until now where it is open; none where it starts later than now. */
export function secondsOf(alias: string, { now }: Ctx): Sql {
  return sql`CASE WHEN ${openOf(alias)}
    THEN greatest(0, floor(extract(epoch FROM to_timestamp(${now}::float8) - ${raw(alias)}.start_at)))::bigint
    ELSE ${raw(alias)}.duration END`;
}

/** SQL: the columns of `Tracked` over rows with `seconds` and `open`, as sums. */
export const sums = raw(`coalesce(sum(seconds) FILTER (WHERE open), 0) AS clocked_in,
  coalesce(sum(seconds) FILTER (WHERE NOT open), 0) AS clocked_out, coalesce(bool_or(open), FALSE) AS on_the_clock`);

/** Reads cells that `sums` selected, in its order. */
export function trackedIn([clockedIn, clockedOut, onTheClock]: readonly (string | null | undefined)[]): Tracked {
  return { clockedIn: Number(clockedIn), clockedOut: Number(clockedOut), onTheClock: onTheClock === 't' };
}
