import { DomainError } from '../lib/errors.ts';
import { type Ctx, isInside, within } from './context.ts';
import type { Definition, Removal, Values } from './definition.ts';
import { layoutOf } from './layout.ts';
import { loadByIds, visible } from './lookup.ts';
import { permits } from './permissions.ts';
import { type ItemResult, isRace, type Outcome } from './results.ts';
import { denied } from './rules-of-batch.ts';
import { inTurn } from './turns.ts';

const attempts = 4;

/** Removes many rows by id, each with its own answer; what removal means (a tombstone, an end) is the resource's. */
export async function removeRows(ctx: Ctx, definition: Definition, ids: readonly number[]): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTurn(ctx, definition, (inside) => removeOnce(inside, definition, ids));
    } catch (error) {
      if (attempt === attempts || !isRace(error) || isInside(ctx)) throw error;
      // Nothing was removed; judged anew, the rules see what the constraint saw.
      ctx.cache.forget(ctx.actor.companyId);
    }
  }
}

async function removeOnce(ctx: Ctx, definition: Definition, ids: readonly number[]): Promise<Outcome> {
  // Each resource's removal agrees with itself about the shape of its facts.
  const removal = definition.removal as unknown as Removal<unknown> | undefined;
  if (removal === undefined) throw new DomainError('unsupported', `${definition.name} can not be deleted`);
  const layout = layoutOf(definition);
  const stored = await loadByIds(ctx, definition, ids);
  const results = new Map<number, ItemResult>();
  const rows: Values[] = [];
  for (const id of ids) {
    const cells = stored.get(id);
    if (cells === undefined || !visible(ctx, definition, cells))
      results.set(id, { ok: false, error: gone(definition) });
    else rows.push(layout.values(cells));
  }
  const facts = rows.length === 0 ? undefined : await removal.facts(ctx, rows);
  const removable: number[] = [];
  for (const row of rows) {
    const id = Number(row.id);
    const refusal = permits(definition.allow.remove, ctx.actor, (column) => row[column])
      ? removal.check?.(row, facts, ctx)
      : denied(definition.denied.remove);
    const current = stored.get(id);
    if (refusal === undefined) removable.push(id);
    else results.set(id, { ok: false, error: refusal, ...(current === undefined ? {} : { current }) });
  }
  const removed =
    removable.length === 0
      ? new Set<number>()
      : await ctx.db.transaction((db) => removal.remove(within(ctx, db), removable));
  if (!definition.busy) ctx.cache.forget(ctx.actor.companyId);
  for (const id of removable) {
    const cells = stored.get(id);
    if (removed.has(id) && cells !== undefined)
      results.set(id, { ok: true, id, cells, touched: false, duplicate: false });
    else results.set(id, { ok: false, error: gone(definition) });
  }
  return { items: ids.map((id) => results.get(id) ?? { ok: false, error: gone(definition) }), touched: new Map() };
}

function gone(definition: Definition): DomainError {
  return new DomainError('not-found', `The ${definition.singular} does not exist or was deleted before`);
}
