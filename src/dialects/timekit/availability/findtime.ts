import { setImmediate } from 'node:timers/promises';
import { localDay } from '../../../lib/time.ts';
import { type FreeSlot, limits, type SlotQuery } from '../../../reports/availability/find.ts';
import { type Constraint, readConstraints } from '../../../rules/availability/constraints.ts';
import type { Mode } from '../../../rules/availability/modes.ts';
import { readTerms } from '../../../rules/availability/terms.ts';
import type { Call, Handler } from '../call.ts';
import { Fields, Invalid, invalid, isObject } from '../validation.ts';
import { Refusals } from './errors.ts';
import { mostPeople, type Person, peopleNamed, peopleOfEmails } from './people.ts';
import { searchIn, slotsOf, tooMany } from './search.ts';

/*
 * The search of Timekit's first version, for clients that still ask it. What it knows and the newer one does not: filters,
 * a sort and a limit, and slots that end on the day on which they start. Reference: timekit-v2.md, Availability ("Old").
 */

export const mostQueries = 20;
const quarter = 15 * 60;
/** Times that are written at once. */
const atOnce = 2_000;

/** Times in which all of the people are free. */
export const findTime: Handler = async (call) => {
  const { slots } = await find(call, 'mutual', membersOf(call.body));
  return { data: await timesOf(call, slots) };
};

/** Times in which anybody of the people is free, and who. */
export const findTimeTeam: Handler = async (call) => {
  const { slots, people } = await find(call, 'roundrobin_prioritized', ['users', idsIn(call.body.users)]);
  const ids = new Map(people.map(({ userId, id }) => [userId, id]));
  const times = await timesOf(call, slots);
  return { data: slots.map(({ userIds }, index) => ({ ...times[index], users: userIds.map((id) => ids.get(id)) })) };
};

/** The answers of several searches, in their order. */
export const findTimeBulk: Handler = async (call) => {
  if (call.list.length > mostQueries) throw invalid('body', `There may be at most ${mostQueries} searches.`);
  const data: unknown[] = [];
  let count = 0;
  for (const [index, body] of call.list.entries()) {
    if (!isObject(body)) throw invalid(String(index), 'A search must be an object.');
    const { slots } = await find({ ...call, body }, 'mutual', membersOf(body)).catch((error) => {
      if (!(error instanceof Invalid)) throw error;
      throw new Invalid(
        Object.fromEntries(Object.entries(error.errors).map(([field, all]) => [`${index}.${field}`, all])),
      );
    });
    count += slots.length;
    if (count > limits.slots) throw tooMany(`${index}.future`);
    data.push(await timesOf(call, slots));
  }
  return { data };
};

/** Who is searched, and the field that names them. */
type Named = readonly [field: string, value: unknown];

/** People are named by their ids, their email addresses, or the calendars of their bookings, which have the people's ids. */
function membersOf(body: Call['body']): Named {
  const field = ['resource_ids', 'emails', 'calendar_ids'].find((name) => body[name] !== undefined) ?? 'resource_ids';
  return [field, body[field]];
}

/** Members of a team are named by their ids, or are objects that have one. */
function idsIn(users: unknown): unknown {
  if (!Array.isArray(users)) return users;
  return users.map((user) => (isObject(user) ? (user.resource_id ?? user.id) : user));
}

/** Times as they are answered; other work gets its turn in between. */
async function timesOf({ writeTime }: Call, slots: readonly FreeSlot[]): Promise<{ start: string; end: string }[]> {
  const times: { start: string; end: string }[] = [];
  for (const { start, end } of slots) {
    times.push({ start: writeTime(start), end: writeTime(end) });
    if (times.length % atOnce === 0) await setImmediate();
  }
  return times;
}

async function find(call: Call, mode: Mode, [field, named]: Named): Promise<{ slots: FreeSlot[]; people: Person[] }> {
  const refusals = new Refusals();
  const { body, zone } = call;
  const fields = new Fields(body);
  const noDaySpan = fields.flag('no_day_span') ?? false;
  const everyQuarter = fields.flag('all_solutions') ?? false;
  const sort = fields.oneOf('sort', ['asc', 'desc']) ?? 'asc';
  const limit = fields.integer('limit', { least: 1 }) ?? Number.POSITIVE_INFINITY;
  const [from, to] = [fields.text('start') ?? 'now', fields.text('future') ?? '4 weeks'];
  const { length, buffer, ignore_all_day_events } = body;
  const { terms, errors } = readTerms({ buffer, ignore_all_day_events, length: length ?? undefined });
  refusals.addAll(errors);
  const people = await membersIn(call, named, field, refusals);
  const zones = { answer: zone, person: people[0]?.timezone };
  const search = searchIn(call, { field: 'start', text: from }, { field: 'future', text: to }, zones, refusals);
  const filters = filtersIn(body.filters, refusals);
  collect(fields, refusals);
  refusals.done();
  const slotLength = terms.length ?? 3600;
  const query: SlotQuery = {
    ...filters,
    appId: call.app.id,
    userIds: people.map(({ userId }) => userId),
    search,
    buffer: terms.buffer ?? 0,
    ignoreAllDay: terms.ignoreAllDay ?? false,
    mode,
    plan: { length: slotLength, step: everyQuarter ? quarter : slotLength, grid: everyQuarter ? quarter : 60 },
  };
  const found = await slotsOf(call.ctx, query, 'future');
  const slots = noDaySpan ? found.filter(({ start, end }) => localDay(zone, start) === localDay(zone, end - 1)) : found;
  return { slots: (sort === 'desc' ? slots.toReversed() : slots).slice(0, limit), people };
}

/** What `Fields` found, with the rest. */
function collect(fields: Fields, refusals: Refusals): void {
  try {
    fields.done();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    refusals.addAll(error.errors);
  }
}

async function membersIn(call: Call, named: unknown, field: string, refusals: Refusals): Promise<Person[]> {
  if (!Array.isArray(named) || named.length === 0 || !named.every((id) => typeof id === 'string')) {
    const what = field === 'emails' ? 'email addresses' : 'ids';
    refusals.add(field, `The ${field} must be an array of ${what}.`);
    return [];
  }
  if (named.length > mostPeople) {
    refusals.add(field, `The ${field} may not be more than ${mostPeople}.`);
    return [];
  }
  const { people, unknown } = await (field === 'emails' ? peopleOfEmails(call, named) : peopleNamed(call, named));
  for (const id of unknown) refusals.add(field, `The resource ${id.slice(0, 40)} does not exist.`);
  return people;
}

/** `and` and `after`: each entry must let a time through; `or`: one of them must. */
function filtersIn(filters: unknown, refusals: Refusals): Pick<SlotQuery, 'lists' | 'oneOf'> {
  const entriesOf = (kind: string): (readonly Constraint[])[] => {
    const entries = isObject(filters) ? (filters[kind] ?? []) : [];
    const { constraints, refusals: sentences } = readConstraints(entries);
    if (sentences.length > 0) refusals.add(`filters.${kind}`, ...sentences);
    return constraints.map((constraint) => [constraint]);
  };
  const none = filters === undefined || filters === null || (Array.isArray(filters) && filters.length === 0);
  if (!none && !isObject(filters)) refusals.add('filters', 'The filters must be an object with or, and, after.');
  return { lists: [...entriesOf('and'), ...entriesOf('after')], oneOf: entriesOf('or') };
}
