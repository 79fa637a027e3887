import { setImmediate as turn } from 'node:timers/promises';
import type { Ctx } from '../../engine/context.ts';
import type { PaySheet } from '../../rules/pay/time.ts';
import type { People, Person } from './people.ts';
import { loadSheets, type SheetQuery, type SheetsOf } from './sheets.ts';

/** The timesheets of which days are needed, and whether what the clock said of them too. */
export type Reach = Omit<SheetQuery, 'userIds'>;

/** How many timesheets to expect of a person a day. */
const usualSheets = 2;
/** So many expected timesheets of a whole company are loaded at once (some 50 bytes each); others in parts of so many. */
const mostAtOnce = 200_000;
const mostAPart = 6_000;
/** After so many expected timesheets other requests get a turn: some milliseconds of computing. */
const expectedATurn = 2_000;

/**
 * The closed timesheets of each of these people, in turn. What is not loaded at once is loaded in parts, the next while one
 * is computed, and other requests get a turn in between.
 */
export async function* sheetsByPerson(
  ctx: Ctx,
  { people, all, kinds }: People,
  reach: Reach,
): AsyncGenerator<readonly [Person, readonly PaySheet[]]> {
  const expected = usualSheets * (reach.to - reach.from + 1);
  const atOnce = all && people.length * expected <= mostAtOnce;
  const parts = atOnce ? [people] : inParts(people, Math.ceil(mostAPart / expected));
  const peopleATurn = Math.ceil(expectedATurn / expected);
  const load = (part: readonly Person[] = []): Promise<SheetsOf> => {
    const named = atOnce ? {} : { userIds: part.map(({ id }) => id) };
    const loading = loadSheets(ctx, { ...named, ...reach }, kinds);
    // It is awaited a part later, and by nobody where this part fails.
    loading.catch(() => undefined);
    return loading;
  };
  let loaded = load(parts[0]);
  for (const [index, part] of parts.entries()) {
    const sheets = await loaded;
    if (index + 1 < parts.length) loaded = load(parts[index + 1]);
    for (const [at, person] of part.entries()) {
      if (at % peopleATurn === 0) await turn();
      yield [person, sheets(person.id)];
    }
  }
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
