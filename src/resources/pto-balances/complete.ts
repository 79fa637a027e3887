import { type Ctx, resourceOf } from '../../engine/context.ts';
import { layoutOf } from '../../engine/layout.ts';
import type { Cells } from '../../store/db.ts';
import { balancesOf, todayOf } from './balances.ts';
import { peopleOf } from './people.ts';
import { ptoPolicies } from './policies.ts';

/**
 * Users with their balances of today: those of the cache are blank, since timesheets and days change balances and tell no
 * cache. In a company without policies every balance is 0 and nothing is computed.
 */
export async function withBalances(ctx: Ctx, rows: readonly Cells[]): Promise<readonly Cells[]> {
  if ((await ptoPolicies(ctx)).length === 0) return rows;
  const people = peopleOf(ctx, rows);
  const today = await todayOf(
    ctx,
    people.map(({ id }) => id),
  );
  const balances = await balancesOf(
    ctx,
    people.map((person) => ({ ...person, to: today(person.id) })),
  );
  const position = layoutOf(resourceOf(ctx, 'users')).at('pto_balances');
  return rows.map((cells, index) => {
    const own = balances.get(people[index]?.id ?? 0);
    const blank = Object.keys(JSON.parse(cells[position] ?? '{}') as object);
    const text = `{${blank.map((jobcode) => `"${jobcode}":${own?.get(Number(jobcode)) ?? 0}`).join()}}`;
    return text === cells[position] ? cells : cells.with(position, text);
  });
}
