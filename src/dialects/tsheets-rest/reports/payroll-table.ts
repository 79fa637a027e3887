import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { layoutOf } from '../../../engine/layout.ts';
import { lookup } from '../../../engine/lookup.ts';
import type { TableCell } from '../../../lib/table.ts';
import type { PersonPay } from '../../../reports/payroll/payroll.ts';
import { allPremiums, type Premiums, type Seconds } from '../../../reports/payroll/seconds.ts';
import { advancedTotals, columnOf, secondsAt, standardTotals, type Total } from './payroll-layouts.ts';

const numbered = ['employee_number'];
const nameColumns = ['username', 'first_name', 'last_name', 'employee_number', 'payroll_id'];

/** Heading of the columns that say who someone is. */
export const personHead: readonly string[] = ['user_id', ...nameColumns];

/** Cells below that heading, by user. */
export async function personCells(
  ctx: Ctx,
  people: readonly { readonly userId: number }[],
): Promise<Map<number, TableCell[]>> {
  const users = resourceOf(ctx, 'users');
  const { at } = layoutOf(users);
  const found = await lookup(
    ctx,
    users,
    people.map(({ userId }) => userId),
  );
  return new Map(
    people.map(({ userId }) => {
      const row = found.get(userId);
      const cells = nameColumns.map((name) => {
        const cell = row?.[at(name)] ?? null;
        return cell !== null && numbered.includes(name) ? Number(cell) : cell;
      });
      return [userId, [userId, ...cells]];
    }),
  );
}

/** The columns of seconds in a table, which every row has alike, and the same in hours behind them. */
export class SecondsColumns {
  readonly head: readonly string[];
  readonly #advanced: boolean;
  readonly #unpaid: boolean;
  readonly #premiums: Premiums;

  constructor(pays: readonly PersonPay[], advanced: boolean, unpaid: boolean) {
    this.#advanced = advanced;
    this.#unpaid = unpaid;
    this.#premiums = allPremiums(pays.map(({ premiums }) => premiums));
    const names = this.#totals({ regular: 0, pto: 0, unpaid: 0, premium: [] }, []).map(([name]) => name);
    this.head = [...names, ...names.map((name) => name.replace(/seconds$/, 'hours'))];
  }

  cells(seconds: Seconds, premiums: Premiums): number[] {
    const values = this.#totals(seconds, premiums).map(([, value]) => value);
    return [...values, ...values.map(hours)];
  }

  #totals(seconds: Seconds, premiums: Premiums): Total[] {
    if (!this.#advanced) return standardTotals(seconds, premiums, this.#unpaid);
    const byRate = this.#premiums.map((one): Total => [columnOf(one), secondsAt(seconds, premiums, one)]);
    return [...advancedTotals(seconds, this.#unpaid), ...byRate];
  }
}

/** Hours to two decimals. */
function hours(seconds: number): number {
  return Math.round(seconds / 36) / 100;
}
