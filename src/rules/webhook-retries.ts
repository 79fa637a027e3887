const firstSeconds = 10;
const longestSeconds = 6 * 3_600;
/** Retries go on for about three days. */
const mostAttempts = 19;
const longestRest = 300;
/** Seconds of nothing but failures after which a webhook is paused. */
const patienceSeconds = 2 * 86_400;

/**
 * Seconds until a delivery is tried again after so many failures (10 s, 30 s, 90 s, up to 6 hours), a tenth more or less by
 * `chance` (from 0 to 1), so that not all come at once; undefined when it is given up.
 */
export function retrySeconds(failures: number, chance: number): number | undefined {
  if (failures >= mostAttempts) return undefined;
  return Math.min(firstSeconds * 3 ** (failures - 1), longestSeconds) * (0.9 + 0.2 * chance);
}

/** Seconds for which a receiver that failed so many times in a row is left alone, whatever waits for it. */
export function restSeconds(failures: number): number {
  return Math.min(2 ** failures, longestRest);
}

/** Whether a webhook that has had no success since a moment (epoch seconds) is to be paused. */
export function shouldPause(failingSince: number, now: number): boolean {
  return now - failingSince >= patienceSeconds;
}
