import { DAY_SECONDS, parseInstant, zoneName } from '../../lib/time.ts';
import { type Constraint, readConstraints } from './constraints.ts';
import { durationOf, relativeMoment, secondsOf } from './expressions.ts';
import { type Mode, modes } from './modes.ts';

/**
 * What clients say about availability, in a request or for a project: only what was given. Durations in seconds. Reference:
 * timekit-v2.md, Availability.
 */
export interface Terms {
  readonly mode?: Mode;
  /** null for whole stretches of free time. */
  readonly length?: number | null;
  /** Relative expressions or timestamps, as they were given. */
  readonly from?: string;
  readonly to?: string;
  /** What is kept free before and after what takes time. */
  readonly buffer?: number;
  /** From the start of one slot to the next. */
  readonly step?: number;
  /** Slots of a stretch begin on a multiple of it after midnight. */
  readonly grid?: number;
  readonly ignoreAllDay?: boolean;
  readonly constraints?: readonly Constraint[];
  /** An IANA zone. */
  readonly outputZone?: string;
}

type Fields = Readonly<Record<string, unknown>>;
/** A value, or a sentence about what is wrong with it. */
type Read<T> = { readonly value: T } | { readonly refusal: string };

const longestBuffer = 31 * DAY_SECONDS;

/** Sentences by the field at fault, as clients call it. */
export type TermErrors = Readonly<Record<string, readonly string[]>>;

/** Reads the fields of availability; others are ignored, null is as good as absent except for `length`. */
export function readTerms(fields: Fields): { terms: Terms; errors: TermErrors } {
  const errors: Record<string, readonly string[]> = {};
  const given = (name: string): boolean => fields[name] !== undefined && fields[name] !== null;
  const read = <T>(name: string, reader: (value: unknown) => Read<T>): T | undefined => {
    if (!given(name)) return undefined;
    const result = reader(fields[name]);
    if ('value' in result) return result.value;
    errors[name] = [`The ${name} ${result.refusal}.`];
    return undefined;
  };
  const terms: Record<keyof Terms, Terms[keyof Terms]> = {
    mode: read('mode', modeIn),
    length: fields.length === null ? null : read('length', duration(1)),
    from: read('from', momentIn),
    to: read('to', momentIn),
    buffer: read('buffer', duration(0, longestBuffer)),
    step: read('timeslot_increments', duration(1)),
    grid: gridOf(read('closest_time_interval', duration(1, DAY_SECONDS)), read('round_to_nearest_hour', yesOrNo)),
    ignoreAllDay: read('ignore_all_day_events', yesOrNo),
    constraints: undefined,
    outputZone: read('output_timezone', zoneIn),
  };
  if (given('constraints')) {
    const { constraints, refusals } = readConstraints(fields.constraints);
    terms.constraints = constraints;
    if (refusals.length > 0) errors.constraints = refusals;
  }
  const said = Object.entries(terms).filter(([, value]) => value !== undefined);
  return { terms: Object.fromEntries(said), errors };
}

/** What is wrong with the fields, their moments too: for terms that are stored and read again later. */
export function checkTerms(fields: Fields): TermErrors {
  const { terms, errors } = readTerms(fields);
  const unreadable = (['from', 'to'] as const).filter((name) => terms[name] !== undefined && !isMoment(terms[name]));
  const more = unreadable.map((name) => [name, [`The ${name} ${notMoment}.`]] as const);
  return { ...errors, ...Object.fromEntries(more) };
}

function isMoment(text: string): boolean {
  return (
    (relativeMoment(text, 0, 'UTC') ?? parseInstant(text, 'UTC') ?? parseInstant(`${text}T00:00`, 'UTC')) !== undefined
  );
}

const notMoment = 'is not a valid timestamp or relative time';

function gridOf(interval: number | undefined, fullHour: boolean | undefined): number | undefined {
  return interval ?? (fullHour === true ? 3600 : undefined);
}

function modeIn(value: unknown): Read<Mode> {
  const mode = modes.find((one) => one === value);
  return mode === undefined ? { refusal: `must be one of ${modes.join(', ')}` } : { value: mode };
}

function duration(least: number, most = Number.POSITIVE_INFINITY): (value: unknown) => Read<number> {
  return (value) => {
    const read = typeof value === 'string' ? durationOf(value) : undefined;
    const seconds = read === undefined ? undefined : secondsOf(read);
    if (seconds === undefined || seconds < least)
      return { refusal: `must be a ${least > 0 ? 'positive ' : ''}duration such as "1 hour" or "30 minutes"` };
    return seconds > most ? { refusal: `must be at most ${most / DAY_SECONDS} days` } : { value: seconds };
  };
}

/** A text that means a moment, whatever the zone. */
function momentIn(value: unknown): Read<string> {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 100 ? { value } : { refusal: notMoment };
}

const words: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
]);

function yesOrNo(value: unknown): Read<boolean> {
  const read = words.get(value);
  return read === undefined ? { refusal: 'must be true or false' } : { value: read };
}

function zoneIn(value: unknown): Read<string> {
  const zone = typeof value === 'string' ? zoneName(value) : undefined;
  return zone === undefined ? { refusal: 'is not a valid timezone' } : { value: zone };
}
