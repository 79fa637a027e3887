import { DomainError } from '../../lib/errors.ts';
import type { AutomaticBreak, Rounding, RoundingMode, Step } from './rule-set.ts';

const HIGHEST_MULTIPLIER = 10;
const HIGHEST_ADDITION = 10_000;
const LARGEST_GRID = 30;
const MOST_STEPS = 10;
const MOST_NAMED = 5;
const modes: readonly RoundingMode[] = ['up', 'down', 'nearest', '7/8', 'none'];

/** A refusal of pay rules that names the part at fault, such as 'daily[0].after'. */
export function refuse(field: string, detail: string): never {
  throw new DomainError('invalid', detail, { field });
}

/** The value as an object that has no keys but these. `field` is '' for the rules as a whole. */
export function objectOf(value: unknown, field: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const name = field === '' ? 'The pay rules' : field;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(field === '' ? 'rules' : field, `${name} must be an object.`);
  }
  const unknown = Object.keys(value).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    const [first = ''] = unknown;
    refuse(
      field === '' ? first : `${field}.${first}`,
      `${name} may have ${keys.join(', ')}, and nothing else: ${unknown.slice(0, MOST_NAMED).join(', ')}.`,
    );
  }
  return value as Readonly<Record<string, unknown>>;
}

/** One of a few texts. */
export function choiceOf<Choice extends string>(value: unknown, field: string, choices: readonly Choice[]): Choice {
  return choices.find((choice) => choice === value) ?? refuse(field, `${field} must be ${choices.join(', ')}.`);
}

/** A whole number of seconds. */
function secondsOf(value: unknown, field: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  return refuse(field, `${field} must be a whole number of seconds from ${least} to ${most}.`);
}

/** A rate with at most four decimals, so that it reads the same wherever it is printed. */
function rateOf(value: unknown, field: string, above: number, most: number): number {
  const fits = typeof value === 'number' && value > above && value <= most && Math.round(value * 1e4) / 1e4 === value;
  return fits
    ? value
    : refuse(field, `${field} must be a number above ${above} and up to ${most}, of four decimals at most.`);
}

function stepOf(value: unknown, field: string, longest: number): Step {
  const step = objectOf(value, field, ['after', 'multiplier', 'fixed']);
  const after = secondsOf(step.after, `${field}.after`, 0, longest);
  const [multiplier, fixed] = [step.multiplier ?? null, step.fixed ?? null];
  if ((multiplier === null) === (fixed === null))
    refuse(field, `${field} must have either a multiplier or a fixed amount.`);
  return fixed === null
    ? { after, multiplier: rateOf(multiplier, `${field}.multiplier`, 1, HIGHEST_MULTIPLIER) }
    : { after, fixed: rateOf(fixed, `${field}.fixed`, 0, HIGHEST_ADDITION) };
}

/** Whether the later step pays less; a multiplier and a fixed amount can not be compared. */
function paysLess(later: Step, earlier: Step): boolean {
  if ('multiplier' in later) return 'multiplier' in earlier && later.multiplier < earlier.multiplier;
  return 'fixed' in earlier && later.fixed < earlier.fixed;
}

/** Steps in ascending order, none when there are none given. Two at one threshold, or a later one that pays less, are refused. */
export function stepsOf(value: unknown, field: string, longest: number): readonly Step[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return refuse(field, `${field} must be a list of steps.`);
  if (value.length > MOST_STEPS) refuse(field, `${field} may have at most ${MOST_STEPS} steps.`);
  const steps = value
    .map((step, index) => stepOf(step, `${field}[${index}]`, longest))
    .sort((a, b) => a.after - b.after);
  for (const [index, later] of steps.entries()) {
    for (const earlier of steps.slice(0, index)) {
      if (earlier.after === later.after) refuse(field, `${field} has two steps after ${later.after} seconds.`);
      if (paysLess(later, earlier)) {
        refuse(field, `${field} pays less after ${later.after} seconds than after ${earlier.after} seconds.`);
      }
    }
  }
  return steps;
}

/** An automatic break; null when none is given. */
export function automaticBreakOf(value: unknown, longest: number): AutomaticBreak | null {
  if (value === undefined || value === null) return null;
  const given = objectOf(value, 'automatic_break', ['after', 'deduct']);
  return {
    after: secondsOf(given.after, 'automatic_break.after', 0, longest),
    deduct: secondsOf(given.deduct, 'automatic_break.deduct', 1, longest),
  };
}

/** Rounding of punches; null when none is given. Clock-ins and clock-outs go to the nearest unless it says otherwise. */
export function roundingOf(value: unknown): Rounding | null {
  if (value === undefined || value === null) return null;
  const given = objectOf(value, 'rounding', ['minutes', 'in', 'out']);
  const minutes = given.minutes;
  if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 1 || minutes > LARGEST_GRID) {
    return refuse('rounding.minutes', `rounding.minutes must be a whole number from 1 to ${LARGEST_GRID}.`);
  }
  return {
    minutes,
    in: choiceOf(given.in ?? 'nearest', 'rounding.in', modes),
    out: choiceOf(given.out ?? 'nearest', 'rounding.out', modes),
  };
}
