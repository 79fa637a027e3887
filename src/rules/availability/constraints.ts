import { DAY_SECONDS, parseInstant } from '../../lib/time.ts';
import type { Range } from '../ranges.ts';

/** An instant, or a local time of whatever zone the constraint is read in, in seconds as if that zone were UTC. */
export type Moment = { readonly instant: number } | { readonly local: number };

/**
 * What one entry of a list of constraints says. Weekly ones name days (0 for Monday) and a part of the day in seconds.
 * Allowed days and hours are told apart: both must hold. Reference: timekit-v2.md, Constraints.
 */
export type Constraint =
  | {
      readonly kind: 'days' | 'hours';
      readonly allows: boolean;
      readonly days: readonly number[];
      readonly hours: Range;
    }
  | { readonly kind: 'period'; readonly allows: boolean; readonly start: Moment; readonly end: Moment };

const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const wholeDay: Range = { start: 0, end: DAY_SECONDS };

type Fields = Readonly<Record<string, unknown>>;
/** Reads the value of an entry; a text says what is wrong with it. */
type Reader = (value: unknown, allows: boolean) => Constraint | string;

const readers: Readonly<Record<string, Reader>> = {
  day: withFields(({ day }, allows) => {
    const days = daysNamed(day);
    return typeof days === 'string' ? days : { kind: 'days', allows, days, hours: wholeDay };
  }),
  hours: withFields((fields, allows) => {
    const hours = hoursOf(fields);
    return typeof hours === 'string' ? hours : { kind: 'hours', allows, days: everyDay, hours };
  }),
  day_and_time: withFields((fields, allows) => {
    const [days, hours] = [daysNamed(fields.day), hoursOf(fields)];
    if (typeof days === 'string') return days;
    return typeof hours === 'string' ? hours : { kind: 'days', allows, days, hours };
  }),
  period: withFields(period),
  weekdays: withNothing((allows) => ({ kind: 'days', allows, days: [0, 1, 2, 3, 4], hours: wholeDay })),
  weekends: withNothing((allows) => ({ kind: 'days', allows, days: [5, 6], hours: wholeDay })),
};

/** The names that Timekit's first version had. */
const oldNames: Readonly<Record<string, string>> = { specific_day_and_time: 'allow_day_and_time' };

/** What the one key of an entry may be. */
export const constraintNames: readonly string[] = [
  ...Object.keys(readers).flatMap((kind) => [`allow_${kind}`, `block_${kind}`]),
  ...Object.keys(oldNames),
];

/**
 * Reads a list of constraints as clients write it. `refusals` are sentences about its entries, in order; with any of them the
 * list must not be used.
 */
export function readConstraints(list: unknown): { constraints: readonly Constraint[]; refusals: readonly string[] } {
  if (!Array.isArray(list)) return { constraints: [], refusals: ['Must be a list of constraints.'] };
  const constraints: Constraint[] = [];
  const refusals: string[] = [];
  list.forEach((entry: unknown, index) => {
    const read = readEntry(entry);
    if (typeof read === 'string') refusals.push(`Entry ${index + 1} ${read}.`);
    else constraints.push(read);
  });
  return { constraints, refusals };
}

function readEntry(entry: unknown): Constraint | string {
  if (!isObject(entry)) return 'must be an object with one key, such as {"allow_day": {"day": "Monday"}}';
  const [[key, value] = ['', undefined], ...more] = Object.entries(entry);
  if (more.length > 0 || key === '') return 'must have one key';
  const name = Object.hasOwn(oldNames, key) ? oldNames[key] : key;
  const [, effect, kind = ''] = /^(allow|block)_(\w+)$/.exec(name ?? '') ?? [];
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (reader === undefined) return `has the unknown constraint ${JSON.stringify(key.slice(0, 40))}`;
  const read = reader(value, effect === 'allow');
  return typeof read === 'string' ? `(${key}) ${read}` : read;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withFields(read: (fields: Fields, allows: boolean) => Constraint | string): Reader {
  return (value, allows) => (isObject(value) ? read(value, allows) : 'must be an object');
}

/** PHP writes an empty object as an empty list. */
function withNothing(made: (allows: boolean) => Constraint): Reader {
  return (value, allows) =>
    isObject(value) || (Array.isArray(value) && value.length === 0) ? made(allows) : 'must be an empty object';
}

function daysNamed(day: unknown): number[] | string {
  const index = typeof day === 'string' ? dayNames.indexOf(day.trim().toLowerCase()) : -1;
  return index < 0 ? 'must have a day such as Monday' : [index];
}

function hoursOf({ start, end }: Fields): Range | string {
  const [from, to] = [timeOfDay(start), timeOfDay(end)];
  if (from === undefined || to === undefined)
    return 'must have a start and an end that are hours from 0 to 24, or times such as "09:30"';
  return from < to ? { start: from, end: to } : 'must start before it ends';
}

/** Seconds since midnight of a whole number of hours, or of a text 'HH:MM'. */
function timeOfDay(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const [, hours, minutes = 0] =
    typeof text === 'string' ? (/^(\d{1,2})(?::([0-5]\d)(?::00)?)?$/.exec(text) ?? []) : [];
  if (hours === undefined) return undefined;
  const seconds = Number(hours) * 3600 + Number(minutes) * 60;
  return seconds <= DAY_SECONDS ? seconds : undefined;
}

function period({ start, end }: Fields, allows: boolean): Constraint | string {
  const [from, to] = [momentOf(start), momentOf(end)];
  if (from === undefined || to === undefined)
    return 'must have a start and an end that are timestamps or dates, such as 2026-12-07T09:00:00+01:00 or 2026-12-07';
  // Of an instant and a local time, only the zone says which comes first.
  const [a, b] = 'instant' in from === 'instant' in to ? [secondsOf(from), secondsOf(to)] : [0, 1];
  return a < b ? { kind: 'period', allows, start: from, end: to } : 'must start before it ends';
}

function secondsOf(moment: Moment): number {
  return 'instant' in moment ? moment.instant : moment.local;
}

function momentOf(value: unknown): Moment | undefined {
  if (typeof value !== 'string') return undefined;
  const text = /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00` : value;
  const instant = parseInstant(text);
  if (instant !== undefined) return { instant };
  const local = parseInstant(text, 'UTC');
  return local === undefined ? undefined : { local };
}
