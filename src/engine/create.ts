import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import { insertMany } from '../store/write.ts';
import { candidateToCreate, type Item } from './candidates.ts';
import type { Ctx } from './context.ts';
import type { Candidate, Definition } from './definition.ts';
import { layoutOf } from './layout.ts';
import { loadByIds } from './lookup.ts';
import { addTouched, type ItemResult, type Outcome } from './results.ts';
import { judge } from './rules-of-batch.ts';
import { applyAfter, columnsOf, hasAlso, originOf, writeAlso } from './writing.ts';

/** A row that loses to a concurrent write is judged anew; after this many times the conflict itself is the answer. */
const attempts = 3;

/**
 * Creates many rows; one row is a batch of one. Answers in the order of the items, each with its own success or
 * DomainError. The number of SQL statements does not grow with the number of items.
 */
export async function createRows(ctx: Ctx, definition: Definition, items: readonly Item[]): Promise<Outcome> {
  const results = new Map<number, ItemResult>();
  const outcome: Outcome = { items: [], touched: new Map() };
  let pending = items.map((item, index) => candidateToCreate(ctx, definition, index, item));
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    const lost = await createOnce(ctx, definition, pending, results, outcome);
    if (lost.length === 0) break;
    if (attempt === attempts) {
      for (const { index } of lost) results.set(index, { ok: false, error: conflict(definition) });
      break;
    }
    pending = lost.map(({ index }) => candidateToCreate(ctx, definition, index, items[index] ?? {}));
  }
  outcome.items = items.map((_, index) => results.get(index) ?? { ok: false, error: conflict(definition) });
  return outcome;
}

function conflict(definition: Definition): DomainError {
  return new DomainError('conflict', `The ${definition.singular} conflicts with another one`);
}

async function createOnce(
  ctx: Ctx,
  definition: Definition,
  pending: readonly (Candidate | DomainError)[],
  results: Map<number, ItemResult>,
  outcome: Outcome,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  pending.forEach((candidate, index) => {
    if (candidate instanceof DomainError) results.set(index, { ok: false, error: candidate });
    else candidates.push(candidate);
  });
  const { accepted, refused, facts } = await judge(ctx, definition, candidates);
  for (const [index, error] of refused) results.set(index, { ok: false, error });
  const fresh = accepted.filter(({ existing }) => existing === undefined);
  await answerExisting(ctx, definition, accepted, results);
  if (fresh.length === 0) return [];

  const written = new Map<Candidate, Cells>();
  const insert = async (inside: Ctx): Promise<void> => {
    const columns = columnsOf(
      definition,
      fresh.map(({ values }) => values),
    );
    const rows = await insertMany(
      inside.db,
      definition.table,
      ctx.actor.companyId,
      columns,
      layoutOf(definition).select,
      originOf(ctx),
    );
    for (const [ord, ...cells] of rows) {
      const candidate = fresh[Number(ord) - 1];
      if (candidate !== undefined) written.set(candidate, cells);
    }
  };
  if (definition.hooks?.after === undefined && !fresh.some(hasAlso)) {
    await insert(ctx);
  } else {
    await ctx.db.transaction(async (db) => {
      const inside = { ...ctx, db };
      addTouched(outcome.touched, await writeAlso(inside, definition, fresh));
      await insert(inside);
      if (fresh.some((candidate) => hasAlso(candidate) && !written.has(candidate))) {
        throw new DomainError('unavailable', 'Another change was made at the same moment; try again.', {
          code: 'retry',
        });
      }
      addTouched(outcome.touched, await applyAfter(inside, definition, written, facts));
    });
  }
  if (!definition.busy) ctx.cache.forget(ctx.actor.companyId);
  const position = layoutOf(definition).at('id');
  for (const [candidate, cells] of written) {
    results.set(candidate.index, {
      ok: true,
      id: Number(cells[position]),
      cells,
      touched: hasAlso(candidate),
      duplicate: false,
    });
  }
  return fresh.filter((candidate) => !written.has(candidate));
}

async function answerExisting(
  ctx: Ctx,
  definition: Definition,
  accepted: readonly Candidate[],
  results: Map<number, ItemResult>,
): Promise<void> {
  const matches = accepted.flatMap(({ index, existing }) => (existing === undefined ? [] : [{ index, ...existing }]));
  if (matches.length === 0) return;
  const rows = await loadByIds(
    ctx,
    definition,
    matches.map(({ id }) => id),
  );
  for (const { index, id, code } of matches) {
    const cells = rows.get(id);
    if (cells !== undefined)
      results.set(index, { ok: true, id, cells, touched: false, duplicate: code === 'duplicate' });
  }
}
