import type { Cells } from '../../store/db.ts';
import { plus, type Tracked, trackedIn, untracked } from './time.ts';

/** The time of one user. */
export interface PersonTime {
  readonly userId: number;
  /** The group that he is in now; 0 for none. */
  readonly groupId: number;
  /** Whether the one who asks may see it. */
  readonly seen: boolean;
  readonly tracked: Tracked;
}

/** Time by the items of one custom field. */
export interface FieldTime {
  readonly id: number;
  readonly items: readonly ItemTime[];
}

/** Everybody's time for one item of a custom field, and what of it belongs to users whose time the one who asks may see. */
export interface ItemTime {
  /** 0 for time without any item of the field. */
  readonly id: number;
  readonly tracked: Tracked;
  readonly people: readonly PersonTime[];
}

/** Rows of user, group, whether his time may be seen, and sums. */
export function byPeople(rows: readonly Cells[]): PersonTime[] {
  return rows.map(([userId, groupId, seen, ...sums]) => ({
    userId: Number(userId),
    groupId: Number(groupId),
    seen: seen === 't',
    tracked: trackedIn(sums),
  }));
}

/**
 * Rows of field, item, user and sums, in the order of field and item. Each field also has an item 0 with what is left of the
 * people's time.
 */
export function byFields(rows: readonly Cells[], people: readonly PersonTime[]): FieldTime[] {
  const persons = new Map(people.map((person) => [person.userId, person]));
  const fields = new Map<number, Map<number, PersonTime[]>>();
  for (const [field, item, userId, ...sums] of rows) {
    const person = persons.get(Number(userId));
    // Somebody whose first time here was tracked a moment ago, between two statements.
    if (person === undefined) continue;
    const items = fields.get(Number(field)) ?? new Map<number, PersonTime[]>();
    fields.set(Number(field), items);
    const known = items.get(Number(item)) ?? [];
    items.set(Number(item), [...known, { ...person, tracked: trackedIn(sums) }]);
  }
  return [...fields].map(([id, items]) => {
    const rest = people.flatMap((person) => restOf(person, [...items.values()]));
    const all: [number, PersonTime[]][] = rest.length === 0 ? [...items] : [[0, rest], ...items];
    return { id, items: all.map(([itemId, times]) => itemTime(itemId, times)) };
  });
}

/** What is left of a user's time beside these items: nothing, or one row. */
function restOf(person: PersonTime, items: readonly (readonly PersonTime[])[]): PersonTime[] {
  const { clockedIn, clockedOut, onTheClock } = sumOf(items.flat().filter(({ userId }) => userId === person.userId));
  const tracked: Tracked = {
    clockedIn: Math.max(0, person.tracked.clockedIn - clockedIn),
    clockedOut: Math.max(0, person.tracked.clockedOut - clockedOut),
    onTheClock: person.tracked.onTheClock && !onTheClock,
  };
  return tracked.clockedIn > 0 || tracked.clockedOut > 0 || tracked.onTheClock ? [{ ...person, tracked }] : [];
}

function itemTime(id: number, people: readonly PersonTime[]): ItemTime {
  return { id, tracked: sumOf(people), people: people.filter(({ seen }) => seen) };
}

function sumOf(people: readonly PersonTime[]): Tracked {
  return people.reduce((sum, { tracked }) => plus(sum, tracked), untracked);
}
