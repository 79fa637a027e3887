import { completedById } from '../../../engine/complete.ts';
import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { lookup } from '../../../engine/lookup.ts';
import type { Cells } from '../../../store/db.ts';
import { supplementalText } from '../write.ts';

/**
 * The text `"supplemental_data":{…}` with the rows of these ids by resource, in the order given; those that the caller may
 * not see are left out. `first` are entries that no row stands for, by resource: `"0":{…}`.
 */
export async function supplementalOf(
  ctx: Ctx,
  ids: Readonly<Record<string, Iterable<number>>>,
  first?: Readonly<Record<string, string>>,
): Promise<string> {
  const found = await Promise.all(
    Object.entries(ids).map(async ([name, wanted]): Promise<[string, Map<number, Cells>]> => {
      const definition = resourceOf(ctx, name);
      return [name, await completedById(ctx, definition, await lookup(ctx, definition, wanted))];
    }),
  );
  return `"supplemental_data":${supplementalText(ctx, new Map(found), first)}`;
}
