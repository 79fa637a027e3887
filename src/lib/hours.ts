import { twoDigits } from './days.ts';

/** Seconds (not negative) in hours with two decimals, halves rounded up: 270 is '0.08'. */
export function hoursText(seconds: number): string {
  const hundredths = Math.round(seconds / 36);
  return `${Math.floor(hundredths / 100)}.${twoDigits(hundredths % 100)}`;
}
