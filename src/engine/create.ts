import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import { candidateToCreate, type Item } from './candidates.ts';
import { type Ctx, isInside, within } from './context.ts';
import type { Candidate, Definition } from './definition.ts';
import { layoutOf } from './layout.ts';
import { loadByIds } from './lookup.ts';
import { addTouched, type ItemResult, isRace, lostRace, type Outcome } from './results.ts';
import { judge } from './rules-of-batch.ts';
import { inTurn } from './turns.ts';
import {
  applyAfter,
  applyPrior,
  hasAlso,
  hasConsequences,
  insertRows,
  touchesOthers,
  updateSeen,
  writeAlso,
} from './writing.ts';

/** A row that loses to a concurrent write is judged anew; after this many times the conflict itself is the answer. */
const attempts = 4;

/**
 * Creates many rows; one row is a batch of one. Answers in the order of the items, each with its own success or
 * DomainError. The number of SQL statements does not grow with the number of items.
 */
export async function createRows(ctx: Ctx, definition: Definition, items: readonly Item[]): Promise<Outcome> {
  const results = new Map<number, ItemResult>();
  const outcome: Outcome = { items: [], touched: new Map() };
  let pending = [...items.keys()];
  for (let attempt = 1; pending.length > 0 && attempt <= attempts; attempt += 1) {
    // After a lost race the items go one by one, so that none fails for another's sake.
    const groups = attempt === 1 ? [pending] : pending.map((index) => [index]);
    const lost: number[] = [];
    for (const group of groups) {
      const candidates = candidatesOf(ctx, definition, items, group, results);
      lost.push(...(await createInTurn(ctx, definition, candidates, results, outcome)));
    }
    pending = lost;
  }
  for (const index of pending) results.set(index, { ok: false, error: conflict(definition) });
  outcome.items = items.map((_, index) => results.get(index) ?? { ok: false, error: conflict(definition) });
  return outcome;
}

/** Creates the candidates at once; gives the positions of those that lost to a concurrent write. */
async function createInTurn(
  ctx: Ctx,
  definition: Definition,
  candidates: readonly Candidate[],
  results: Map<number, ItemResult>,
  outcome: Outcome,
): Promise<number[]> {
  try {
    const lost = await inTurn(ctx, definition, (inside) =>
      createOnce(inside, definition, candidates, results, outcome),
    );
    return lost.map(({ index }) => index);
  } catch (error) {
    if (!isRace(error) || isInside(ctx)) throw error;
    ctx.cache.forget(ctx.actor.companyId);
    // Nothing was written: rows that change together with new ones were changed by somebody else meanwhile.
    return candidates.map(({ index }) => index);
  }
}

/** The items at these positions as candidates; those that can not be one get their answer. */
function candidatesOf(
  ctx: Ctx,
  definition: Definition,
  items: readonly Item[],
  positions: readonly number[],
  results: Map<number, ItemResult>,
): Candidate[] {
  return positions.flatMap((index) => {
    const candidate = candidateToCreate(ctx, definition, index, items[index] ?? {});
    if (!(candidate instanceof DomainError)) return [candidate];
    results.set(index, { ok: false, error: candidate });
    return [];
  });
}

function conflict(definition: Definition): DomainError {
  return new DomainError('conflict', `The ${definition.singular} conflicts with another one`);
}

async function createOnce(
  ctx: Ctx,
  definition: Definition,
  candidates: readonly Candidate[],
  results: Map<number, ItemResult>,
  outcome: Outcome,
): Promise<Candidate[]> {
  const { accepted, refused, facts } = await judge(ctx, definition, candidates);
  for (const [index, error] of refused) results.set(index, { ok: false, error });
  const fresh = accepted.filter(({ existing }) => existing === undefined);
  const reviving = accepted.filter(({ existing }) => existing?.stored !== undefined);
  const revived = oneForEachRow(reviving);
  const written = new Map<Candidate, Cells>();
  if (fresh.length + revived.length > 0) {
    const more = await writeNew(ctx, definition, fresh, revived, written, facts, outcome);
    if (!definition.busy || more) ctx.cache.forget(ctx.actor.companyId);
  }
  const position = layoutOf(definition).at('id');
  for (const [candidate, cells] of written) {
    results.set(candidate.index, {
      ok: true,
      id: Number(cells[position]),
      cells,
      touched: touchesOthers(candidate),
      duplicate: false,
    });
  }
  await answerExisting(ctx, definition, accepted, results);
  return [...fresh, ...reviving].filter((candidate) => !written.has(candidate));
}

/** Of several items that stand for the same row only the first; the others are judged anew, behind it. */
function oneForEachRow(revived: readonly Candidate[]): Candidate[] {
  return [...new Map(revived.toReversed().map((candidate) => [candidate.existing?.id, candidate])).values()].reverse();
}

/**
 * Inserts the fresh rows and changes the revived ones, with all that follows from it; `written` gets what was written.
 * Tells whether anything followed.
 */
async function writeNew(
  ctx: Ctx,
  definition: Definition,
  fresh: readonly Candidate[],
  revived: readonly Candidate[],
  written: Map<Candidate, Cells>,
  facts: unknown,
  outcome: Outcome,
): Promise<boolean> {
  const write = async (inside: Ctx): Promise<void> => {
    if (fresh.length > 0) await insert(inside, definition, fresh, written);
    if (revived.length > 0) await revive(inside, definition, revived, written);
  };
  if (!hasConsequences(definition, [...fresh, ...revived], facts)) {
    await write(ctx);
    return false;
  }
  // What an attempt touched counts only when it is committed.
  const touched = await ctx.db.transaction(async (db) => {
    const inside = within(ctx, db);
    const others = await writeAlso(inside, definition, fresh);
    await applyPrior(inside, definition, [...fresh, ...revived], facts);
    await write(inside);
    if (fresh.some((candidate) => hasAlso(candidate) && !written.has(candidate))) {
      throw lostRace();
    }
    addTouched(others, await applyAfter(inside, definition, written, facts));
    return others;
  });
  addTouched(outcome.touched, touched);
  return true;
}

async function insert(
  ctx: Ctx,
  definition: Definition,
  fresh: readonly Candidate[],
  written: Map<Candidate, Cells>,
): Promise<void> {
  const rows = await insertRows(
    ctx,
    definition,
    fresh.map(({ values }) => values),
  );
  for (const [ord, ...cells] of rows) {
    const candidate = fresh[Number(ord) - 1];
    if (candidate !== undefined) written.set(candidate, cells);
  }
}

async function revive(
  ctx: Ctx,
  definition: Definition,
  revived: readonly Candidate[],
  written: Map<Candidate, Cells>,
): Promise<void> {
  const byId = await updateSeen(
    ctx,
    definition,
    revived.map(({ existing, values }) => ({ id: existing?.id ?? 0, seen: existing?.stored, values })),
  );
  for (const candidate of revived) {
    const cells = byId.get(candidate.existing?.id ?? 0);
    if (cells !== undefined) written.set(candidate, cells);
  }
}

async function answerExisting(
  ctx: Ctx,
  definition: Definition,
  accepted: readonly Candidate[],
  results: Map<number, ItemResult>,
): Promise<void> {
  const matches = accepted.flatMap(({ index, existing }) =>
    existing === undefined || existing.stored !== undefined ? [] : [{ index, ...existing }],
  );
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
