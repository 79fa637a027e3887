import { wholeShares } from '../../rules/shares.ts';

/** Seconds of a hundredth of an hour. */
const hundredth = 36;

/** Seconds in hundredths of an hour, such that together they are the rounded total. */
export function hundredthsOf(seconds: readonly number[]): number[] {
  return wholeShares(seconds, hundredth);
}

/** Hundredths of an hour as hours: '7.50'. */
export function hoursText(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
