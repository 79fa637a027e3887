import { DomainError } from '../lib/errors.ts';
import { DAY_SECONDS, dayBounds, localDay, offsetMinutes } from '../lib/time.ts';

/** The longest event: a leap year. */
export const longestEvent = 366 * DAY_SECONDS;

/** When a planned event takes place. Moments in epoch seconds. */
export interface EventTimes {
  readonly start: number;
  readonly end: number;
  /** Minutes east of UTC in the event's zone, at its start and at its end. */
  readonly startOffset: number;
  readonly endOffset: number;
}

/** What a client says about the times of an event. */
export interface AskedTimes {
  readonly start: number | null;
  readonly end: number | null;
  /** The event takes the whole day that `start` belongs to, or `day` where that is known; `end` counts for nothing then. */
  readonly allDay: boolean;
  readonly day?: string | undefined;
  /** An IANA zone. */
  readonly zone: string;
}

/** The times of an event, an all-day event from the first to the last second of its day. Returns DomainError. */
export function eventTimes({ start: asked, end: askedEnd, allDay, day, zone }: AskedTimes): EventTimes | DomainError {
  if (asked === null) return new DomainError('missing', 'Missing required params: start', { field: 'start' });
  const [start, end] = allDay ? wholeDay(zone, day ?? localDay(zone, asked)) : [asked, askedEnd];
  if (end === null) return new DomainError('missing', 'Missing required params: end', { field: 'end' });
  if (end < start) return new DomainError('invalid', 'end must not be before start', { field: 'end' });
  if (end - start > longestEvent)
    return new DomainError('invalid', 'An event must not be longer than a year', { field: 'end' });
  return { start, end, startOffset: offsetMinutes(zone, start), endOffset: offsetMinutes(zone, end) };
}

function wholeDay(zone: string, day: string): [start: number, end: number] {
  const [start, next] = dayBounds(zone, day);
  // A day that the zone left out has no second of its own.
  return [start, Math.max(start, next - 1)];
}
