import type { Rounding, RoundingMode } from './pay/rule-set.ts';
import type { Range } from './ranges.ts';
import { LONGEST_SHEET } from './timesheet-limits.ts';

/** The ways to round. */
export const roundingModes: readonly RoundingMode[] = ['up', 'down', 'nearest', '7/8', 'none'];

/** Settings as far as rounding reads them. */
export interface RoundingSettings {
  get(section: string, key: string): unknown;
  isOn(section: string, key: string): boolean;
}

/** How settings round punches; null where they do not. Reference: 07-effective-settings.md, rounding. */
export function roundingIn(settings: RoundingSettings | undefined): Rounding | null {
  if (settings?.isOn('rounding', 'installed') !== true) return null;
  return {
    minutes: Number(settings.get('rounding', 'minutes')),
    in: settings.get('rounding', 'clock_in') as RoundingMode,
    out: settings.get('rounding', 'clock_out') as RoundingMode,
  };
}

/**
 * A closed timesheet of the same user in epoch seconds, with when it was really punched in and out; where it was entered or
 * changed by hand these are its start and end.
 */
export type Taken = Range & { readonly punchedIn: number; readonly punchedOut: number };

/**
 * The start that is kept of a clock-in: its rounded punch, which never reaches into time that was over when it was punched,
 * and which is left as it was punched where it would reach into time that was entered ahead.
 */
export function keptStart(punch: number, rounded: number, taken: readonly Taken[]): number {
  const over = taken.filter(({ punchedOut }) => punchedOut <= punch).map(({ end }) => end);
  const start = Math.max(rounded, ...over);
  const ahead = taken.some((other) => other.start > punch && other.start <= start && start < other.end);
  return ahead ? Math.max(punch, ...over) : start;
}

/**
 * The end that is kept of a clock-out: its rounded punch, which never reaches into time that begins after it was punched,
 * and never lies before the start.
 */
export function keptEnd(punch: number, rounded: number, start: number, taken: readonly Taken[]): number {
  const coming = taken.filter(({ punchedIn }) => punchedIn >= punch).map((other) => other.start);
  return Math.max(start, Math.min(rounded, start + LONGEST_SHEET, ...coming));
}
