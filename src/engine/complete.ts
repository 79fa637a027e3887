import type { Cells } from '../store/db.ts';
import type { Ctx } from './context.ts';
import type { Definition } from './definition.ts';
import type { Outcome } from './results.ts';

/** Rows as they are shown, in the same order: what the database can not compute is filled in; see Definition.complete. */
export async function completed(ctx: Ctx, { complete }: Definition, rows: readonly Cells[]): Promise<readonly Cells[]> {
  return complete === undefined || rows.length === 0 ? rows : complete(ctx, rows);
}

/** The same for rows by id. */
export async function completedById(
  ctx: Ctx,
  definition: Definition,
  rows: ReadonlyMap<number, Cells>,
): Promise<Map<number, Cells>> {
  const shown = await completed(ctx, definition, [...rows.values()]);
  return new Map([...rows.keys()].flatMap((id, index) => (shown[index] === undefined ? [] : [[id, shown[index]]])));
}

/** The same for the rows that a write gives back. */
export async function completedOutcome(ctx: Ctx, definition: Definition, outcome: Outcome): Promise<Outcome> {
  const written = outcome.items.flatMap((item) => (item.ok ? [item.cells] : []));
  const shown = (await completed(ctx, definition, written)).values();
  return {
    ...outcome,
    items: outcome.items.map((item) => (item.ok ? { ...item, cells: shown.next().value ?? item.cells } : item)),
  };
}
