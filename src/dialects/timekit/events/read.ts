import type { Values } from '../../../engine/definition.ts';
import { dayBounds, localDay, parseDay } from '../../../lib/time.ts';
import type { Call } from '../call.ts';
import { iso } from '../timestamps.ts';
import { type Fields, isObject } from '../validation.ts';

/** What a body says of an event, in the fields of the schedule, and of its invitation. */
export interface EventText {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly participants: readonly string[] | undefined;
  readonly rsvp: string | undefined;
}

/** Reads it; what is wrong is said of `fields`. `zone` is the user's, `before` the stored event. */
export function eventIn(call: Call, fields: Fields, zone: string, before?: Values): EventText {
  const required = before === undefined;
  const allDay = fields.flag('all_day') ?? fields.flag('allDay') ?? before?.all_day === true;
  const what = fields.text('what', { required });
  const where = fields.text('where');
  const description = fields.text('description', { longest: 10_000 });
  fields.flag('invite');
  const rsvp = fields.text('my_rsvp', { longest: 32 });
  return {
    fields: {
      ...(what === undefined ? {} : { title: what }),
      ...(where === undefined ? {} : { location: where }),
      ...(description === undefined ? {} : { notes: description }),
      ...timesIn(call, fields, zone, allDay, before),
    },
    participants: participantsIn(fields),
    rsvp,
  };
}

function timesIn(call: Call, fields: Fields, zone: string, allDay: boolean, before: Values | undefined): object {
  const required = before === undefined;
  const read = (name: string): number | undefined => {
    const value = fields.raw(name, { required });
    if (value === undefined) return undefined;
    const day = allDay && typeof value === 'string' ? parseDay(value.trim().slice(0, 10)) : undefined;
    // An all-day event is about the day as it is written, whatever the offset behind it.
    return day === undefined ? fields.time(call, name, zone) : dayBounds(zone, day)[0];
  };
  const [start, end] = [read('start') ?? stored(before?.start_at), read('end') ?? stored(before?.end_at)];
  if (start === undefined || end === undefined) return {};
  if (allDay) {
    const [first, next] = dayBounds(zone, localDay(zone, start));
    if (end > next) fields.refuse('end', 'An event of all day takes one day.');
    return { all_day: true, start: iso(first, 'UTC'), end: iso(next - 1, 'UTC') };
  }
  if (end <= start) fields.refuse('end', 'The end must be after the start.');
  return { all_day: false, start: iso(start, 'UTC'), end: iso(end, 'UTC') };
}

function stored(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Email addresses, also as objects that hold one. */
function participantsIn(fields: Fields): readonly string[] | undefined {
  const list = fields.list('participants');
  if (list === undefined) return undefined;
  const emails = list.map((one) => (isObject(one) ? one.email : one));
  const isEmail = (one: unknown): one is string => typeof one === 'string' && /^[^\s@]+@[^\s@]+$/.test(one);
  if (emails.length > 200) return fields.refuse('participants', 'The participants may not be more than 200.');
  return emails.every(isEmail) ? emails : fields.refuse('participants', 'The participants must be email addresses.');
}
