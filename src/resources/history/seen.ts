import { completedById } from '../../engine/complete.ts';
import { type Actor, type Ctx, within } from '../../engine/context.ts';
import type { Definition, Value } from '../../engine/definition.ts';
import { loadByIds, lookup } from '../../engine/lookup.ts';
import { permits } from '../../engine/permissions.ts';
import type { Cells } from '../../store/db.ts';
import { type Change, imagesOf } from './changes.ts';
import { eventfulTables } from './eventful.ts';

/** A change that somebody may hear of. */
export interface SeenChange {
  readonly change: Change;
  readonly definition: Definition;
  /** The row as it is now; undefined where it is gone. */
  readonly cells: Cells | undefined;
}

/**
 * Those of the changes that the actor may hear of, in order, in a constant number of statements for each resource: of rows
 * that he may see now, and of rows that are gone and were such as he may see.
 */
export async function seenChanges(ctx: Ctx, changes: readonly Change[]): Promise<SeenChange[]> {
  // The cache may not have heard yet of what the history shows already.
  const here = within(ctx, ctx.db);
  const tables = eventfulTables(ctx.resources);
  const seen = new Map<number, SeenChange>();
  const gone: Change[] = [];
  for (const [table, those] of Map.groupBy(changes, (change) => change.table)) {
    const definition = tables.get(table);
    if (definition === undefined) continue;
    const kept = those.filter(({ action }) => action !== 'deleted');
    const rows = await completedById(
      here,
      definition,
      await lookup(
        here,
        definition,
        kept.map(({ rowId }) => rowId),
      ),
    );
    for (const change of kept) {
      const cells = rows.get(change.rowId);
      if (cells !== undefined) seen.set(change.id, { change, definition, cells });
    }
    const missing = kept.filter(({ rowId }) => !rows.has(rowId));
    const hidden =
      missing.length === 0
        ? new Map()
        : await loadByIds(
            here,
            definition,
            missing.map(({ rowId }) => rowId),
          );
    gone.push(...missing.filter(({ rowId }) => !hidden.has(rowId)));
    gone.push(...those.filter(({ action }) => action === 'deleted'));
  }
  const images = await imagesOf(
    ctx.db,
    ctx.actor.companyId,
    gone.map(({ id }) => id),
  );
  for (const change of gone) {
    const definition = tables.get(change.table);
    if (definition !== undefined && mayHaveSeen(definition, ctx.actor, images.get(change.id) ?? {}))
      seen.set(change.id, { change, definition, cells: undefined });
  }
  return changes.flatMap(({ id }) => seen.get(id) ?? []);
}

/** Whether the actor might see a row that was like this; not where its rule asks for what is not known any more. */
function mayHaveSeen({ allow }: Definition, actor: Actor, image: Readonly<Record<string, unknown>>): boolean {
  let known = true;
  const allowed = permits(allow.view, actor, (column) => {
    if (!Object.hasOwn(image, column)) known = false;
    return image[column] as Value | undefined;
  });
  return allowed && known;
}
