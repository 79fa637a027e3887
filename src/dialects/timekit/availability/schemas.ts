import type { Schema } from '../../../http/openapi/types.ts';
import { constraintNames } from '../../../rules/availability/constraints.ts';
import { modes } from '../../../rules/availability/modes.ts';
import { answered, flag, given, id, listOf, moment, ref, said, text, whole, word } from '../openapi/words.ts';
import { mostQueries } from './findtime.ts';
import { mostPeople } from './people.ts';

const hour: Schema = {
  anyOf: [
    { type: 'integer', minimum: 0, maximum: 24 },
    { type: 'string', pattern: '^\\d{1,2}(:[0-5]\\d(:00)?)?$' },
  ],
};
const day: Schema = { type: 'string', description: 'Name of a day of the week, in any case of letters.' };
const hours: Readonly<Record<string, Schema>> = {
  start: { ...hour, description: 'From when: an hour from 0 to 24, or a text such as `09:30`.' },
  end: { ...hour, description: 'Until when, likewise.' },
};
const nothing: Schema = { type: ['object', 'array'], maxItems: 0 };
const bound = 'A moment, or a date, which is its midnight.';

/** What the value of a constraint is, by its kind. */
const constraintValues: Readonly<Record<string, Schema>> = {
  day: given({ day }, ['day'], 'One day of the week.'),
  hours: given(hours, ['start', 'end'], 'Hours of every day.'),
  day_and_time: given({ day, ...hours }, ['day', 'start', 'end'], 'Hours of one day of the week.'),
  period: given(
    { start: { type: 'string', description: bound }, end: { type: 'string', description: bound } },
    ['start', 'end'],
    'A stretch of time.',
  ),
  weekdays: { ...nothing, description: 'Monday to Friday.' },
  weekends: { ...nothing, description: 'Saturday and Sunday.' },
};

const constraints = constraintNames.map((name): [string, Schema] => {
  const kind = name.replace(/^(allow|block|specific)_/, '');
  const value = constraintValues[kind] ?? {};
  const what = name.startsWith('block') ? 'Blocked' : 'Allowed';
  const old = name.startsWith('specific') ? { deprecated: true } : {};
  return [name, { ...value, ...old, description: `${what}: ${value.description?.toLowerCase()}` }];
});

const duration = (description: string, standard: string): Schema =>
  text(`${description} Amounts of minutes, hours, days, weeks or months.`, { maxLength: 100, default: standard });
const end = 'a sum such as `2 days`, `now`, `tomorrow`, a date or a moment. At most six months ahead.';

/** What a search says of free times, and what a project says of its own. */
export const terms: Readonly<Record<string, Schema>> = {
  mode: word(
    'Whose time a slot takes: that of all (`mutual`), or of anybody, of whom the answer gives the first in a random order, the first in the order given, or everyone who is free.',
    modes,
    { default: 'roundrobin_random' },
  ),
  length: {
    ...duration('How long a slot is; null for whole stretches of free time.', '1 hour'),
    type: ['string', 'null'],
  },
  from: text(`Beginning of the search: ${end} What has passed is now.`, { maxLength: 100, default: 'now' }),
  to: text(`End of the search: ${end} It counts from now.`, { maxLength: 100, default: '4 weeks' }),
  buffer: duration('What is kept free before and after whatever takes time; at most 31 days.', '0 minutes'),
  timeslot_increments: text('From the beginning of one slot to that of the next; `length` where it is not given.', {
    maxLength: 100,
    examples: ['15 minutes'],
  }),
  closest_time_interval: text(
    'The first slot of a free stretch begins on a multiple of it after midnight; at most a day.',
    { maxLength: 100, examples: ['30 minutes'] },
  ),
  round_to_nearest_hour: flag('The same as a `closest_time_interval` of an hour.', { default: false }),
  ignore_all_day_events: flag('Events that take a whole day take no time.', { default: false }),
  constraints: listOf(ref('Constraint'), 'They hold besides those of the resources and of the project.'),
  output_timezone: text('IANA time zone of the answer. `Timekit-Timezone` where neither request nor project has one.'),
};

const offered = {
  id: id('Its id.'),
  name: said('First and last name.'),
  timezone: said('IANA time zone in which the person works.'),
};
const stretch = { start: moment('When it begins.'), end: moment('When it ends.') };

const asked: Readonly<Record<string, Schema>> = {
  filters: {
    type: ['object', 'array'],
    description: 'Constraints: each of `and` and `after` must let a time through, and one of `or`.',
    properties: Object.fromEntries(['and', 'after', 'or'].map((kind) => [kind, listOf(ref('Constraint'))])),
    maxItems: 0,
  },
  start: text(`Beginning of the search: ${end}`, { default: 'now' }),
  future: text(`End of the search: ${end} It counts from now.`, { default: '4 weeks' }),
  length: duration('How long a slot is.', '1 hour'),
  buffer: terms.buffer ?? {},
  ignore_all_day_events: terms.ignore_all_day_events ?? {},
  all_solutions: flag('A slot begins at every quarter of an hour.', { default: false }),
  no_day_span: flag('A slot ends on the day on which it begins.', { default: false }),
  sort: word('By their beginning.', ['asc', 'desc'], { default: 'asc' }),
  limit: whole('How many there may be.', { minimum: 1 }),
};

const ids = { type: 'string' } as const;
const people = { minItems: 1, maxItems: mostPeople } as const;

export const schemas: Readonly<Record<string, Schema>> = {
  Constraint: {
    type: 'object',
    description:
      'An object with one key. What is allowed adds up by kind, and blocks all else; days, hours of days and periods are one kind. What is blocked goes before what is allowed. It is read in the zone of the resource.',
    properties: Object.fromEntries(constraints),
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
  },
  Search: given(
    {
      project_id: text('The project that says what the request does not.'),
      resources: listOf(ids, 'Who is searched; needed without a project, and of its resources with one.', people),
      ...terms,
    },
    [],
    'What free times are asked for.',
  ),
  Slot: answered({ ...stretch, resources: listOf(answered(offered), 'Who is offered for it.') }, {}, 'A time.'),
  AvailableDate: answered({
    date: said('A day of the zone of the answer.', { format: 'date' }),
    resources: listOf(id('A resource.'), 'Who is free on it.'),
  }),
  AvailableCount: answered({
    date: said('A day of the zone of the answer.', { format: 'date' }),
    count: whole('How many slots begin on it.', { minimum: 1 }),
  }),
  FindTimeInput: given({
    resource_ids: listOf(ids, 'Who is searched. Needed where neither emails nor calendars are named.', people),
    emails: listOf(ids, 'The same by email address.', people),
    calendar_ids: listOf(ids, 'The same by the calendar that bookings go to.', people),
    ...asked,
  }),
  FindTimeQueries: listOf(ref('FindTimeInput'), undefined, { maxItems: mostQueries }),
  FindTimeTeamInput: given(
    {
      users: listOf(
        { anyOf: [ids, { type: 'object', properties: { resource_id: ids, id: ids } }] },
        'Ids of those of whom one is enough, or objects that hold one.',
        people,
      ),
      ...asked,
    },
    ['users'],
  ),
  Time: answered(stretch),
  TeamTime: answered({ ...stretch, users: listOf(id('A resource.'), 'Who is free then.') }),
};
