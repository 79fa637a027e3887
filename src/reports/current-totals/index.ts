import type { Ctx } from '../../engine/context.ts';
import { type Person, peopleNow, type WhichPeople } from './people.ts';
import { type Seconds, secondsOf } from './time.ts';

/** One line of the report. */
export interface Total extends Person {
  readonly seconds: Seconds;
}

/** What the report can be ordered by. */
export const totalsOrders = [
  'user_id',
  'username',
  'first_name',
  'last_name',
  'group_name',
  'group_id',
  'shift_seconds',
  'day_seconds',
] as const;

export interface TotalsQuery extends WhichPeople {
  readonly order: (typeof totalsOrders)[number];
  readonly descending: boolean;
  readonly limit: number;
  /** Counted from 1. */
  readonly page: number;
}

const noTime: Seconds = { shift: 0, day: 0 };

/** Who is on the clock, and how long everybody has worked in this shift and today. */
export async function currentTotals(ctx: Ctx, query: TotalsQuery): Promise<{ totals: Total[]; more: boolean }> {
  const people = await peopleNow(ctx, query);
  const byTime = query.order === 'shift_seconds' || query.order === 'day_seconds';
  // The time of everybody is needed only where it decides who is on the page.
  const chosen = byTime ? await timed(ctx, people) : people.map((person) => ({ ...person, seconds: noTime }));
  const compare = comparators[query.order];
  const direction = query.descending ? -1 : 1;
  chosen.sort((a, b) => direction * compare(a, b) || a.userId - b.userId);
  const from = (query.page - 1) * query.limit;
  const page = chosen.slice(from, from + query.limit);
  return { totals: byTime ? page : await timed(ctx, page), more: chosen.length > from + query.limit };
}

async function timed(ctx: Ctx, people: readonly Person[]): Promise<Total[]> {
  const seconds = await secondsOf(ctx, people);
  return people.map((person) => ({ ...person, seconds: seconds.get(person.userId) ?? noTime }));
}

const collator = new Intl.Collator('en', { sensitivity: 'base' });

const comparators: Readonly<Record<TotalsQuery['order'], (a: Total, b: Total) => number>> = {
  user_id: (a, b) => a.userId - b.userId,
  username: (a, b) => collator.compare(a.username, b.username),
  first_name: (a, b) => collator.compare(a.firstName, b.firstName),
  last_name: (a, b) => collator.compare(a.lastName, b.lastName),
  group_name: (a, b) => collator.compare(a.groupName, b.groupName),
  group_id: (a, b) => a.groupId - b.groupId,
  shift_seconds: (a, b) => a.seconds.shift - b.seconds.shift,
  day_seconds: (a, b) => a.seconds.day - b.seconds.day,
};
