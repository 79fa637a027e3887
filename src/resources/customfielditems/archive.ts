import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { removeFiltersOfItems } from '../customfielditem-filters/targets.ts';

/** Whether a change archives its item. */
export function isArchived({ before, values }: Candidate): boolean {
  return before?.active === true && values.active === false;
}

/** With an item end the filters that name it. */
export async function endFilters(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  await removeFiltersOfItems(
    ctx,
    written.flatMap(({ id, candidate }) => (isArchived(candidate) ? [id] : [])),
  );
  return new Map();
}
