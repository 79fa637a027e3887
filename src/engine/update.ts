import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import { raw, sql } from '../store/sql.ts';
import { updateMany } from '../store/write.ts';
import { candidateToUpdate, type Echoes, type Item } from './candidates.ts';
import { isBlank, readInteger } from './coerce.ts';
import { type Ctx, within } from './context.ts';
import type { Candidate, Definition } from './definition.ts';
import { encode, layoutOf } from './layout.ts';
import { loadByIds, visible } from './lookup.ts';
import { addTouched, type ItemResult, type Outcome } from './results.ts';
import { judge } from './rules-of-batch.ts';
import { inTurn } from './turns.ts';
import { applyAfter, columnsOf, hasAlso, originOf, writeAlso } from './writing.ts';

const attempts = 4;

/** One round of a batch: its results, and the positions whose row changed meanwhile. */
interface Round {
  results: Map<number, ItemResult>;
  outcome: Outcome;
}

/**
 * Updates many rows, each named by `id` (or the resource's other key). Answers in the order of the items. A row that
 * somebody else changes at the same moment is read and judged anew.
 */
export async function updateRows(
  ctx: Ctx,
  definition: Definition,
  items: readonly Item[],
  echoes?: Echoes,
): Promise<Outcome> {
  const round: Round = { results: new Map(), outcome: { items: [], touched: new Map() } };
  const ids = await idsOfItems(ctx, definition, items, round.results);
  for (const positions of roundsOf(ids)) {
    let pending = positions;
    for (let attempt = 1; pending.length > 0 && attempt <= attempts; attempt += 1) {
      pending = await updateOrSplit(ctx, definition, items, ids, pending, echoes, round);
    }
    for (const index of pending)
      round.results.set(index, {
        ok: false,
        error: new DomainError('conflict', `The ${definition.singular} is being changed by somebody else`),
      });
  }
  round.outcome.items = items.map((_, index) => round.results.get(index) ?? { ok: false, error: notFound(definition) });
  return round.outcome;
}

function notFound(definition: Definition): DomainError {
  return new DomainError('not-found', `The ${definition.singular} does not exist`);
}

async function idsOfItems(
  ctx: Ctx,
  definition: Definition,
  items: readonly Item[],
  results: Map<number, ItemResult>,
): Promise<Map<number, number>> {
  const ids = new Map<number, number>();
  const keys = new Map<number, string>();
  items.forEach((item, index) => {
    const other = definition.alternateKey === undefined ? undefined : item[definition.alternateKey];
    if (!isBlank(item.id)) {
      const id = readInteger(item.id);
      if (id === undefined)
        results.set(index, {
          ok: false,
          error: new DomainError('invalid', 'id must be a whole number', { field: 'id' }),
        });
      else ids.set(index, id);
    } else if (typeof other === 'string' && other !== '' && !other.includes('\0')) {
      keys.set(index, other.toLowerCase());
    } else {
      results.set(index, {
        ok: false,
        error: new DomainError('missing', 'Missing required params: id', { field: 'id' }),
      });
    }
  });
  if (keys.size === 0) return ids;
  const column = raw(definition.alternateKey ?? 'id');
  const rows = await ctx.db.rows(
    sql`SELECT lower(t.${column}), t.id FROM ${raw(definition.table)} t
        WHERE t.company_id = ${ctx.actor.companyId} AND lower(t.${column}) = ANY(${[...keys.values()]}::text[])`,
  );
  const found = new Map(rows.map(([key, id]) => [key, Number(id)]));
  for (const [index, key] of keys) {
    const id = found.get(key);
    if (id !== undefined) ids.set(index, id);
  }
  return ids;
}

/** Items that name the same row follow each other; all others go together. */
function roundsOf(ids: ReadonlyMap<number, number>): number[][] {
  const rounds: number[][] = [];
  const seen = new Map<number, number>();
  for (const [index, id] of ids) {
    const turn = seen.get(id) ?? 0;
    seen.set(id, turn + 1);
    const round = rounds[turn] ?? [];
    round.push(index);
    rounds[turn] = round;
  }
  return rounds.map((round) => round.sort((a, b) => a - b));
}

/** Updates the batch at once; when a constraint refuses it as a whole, item by item, so that each gets its own answer. */
async function updateOrSplit(
  ctx: Ctx,
  definition: Definition,
  items: readonly Item[],
  ids: ReadonlyMap<number, number>,
  positions: readonly number[],
  echoes: Echoes | undefined,
  round: Round,
): Promise<number[]> {
  try {
    return await inTurn(ctx, definition, (inside) =>
      updateOnce(inside, definition, items, ids, positions, echoes, round),
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'retry') return [...positions];
    if (!error.code?.startsWith('constraint:')) throw error;
    if (positions.length === 1) {
      // What the constraint saw was written after the facts were read: judged anew, the rule names it.
      return [...positions];
    }
    const left: number[] = [];
    for (const position of positions)
      left.push(...(await updateOrSplit(ctx, definition, items, ids, [position], echoes, round)));
    return left;
  }
}

async function updateOnce(
  ctx: Ctx,
  definition: Definition,
  items: readonly Item[],
  ids: ReadonlyMap<number, number>,
  positions: readonly number[],
  echoes: Echoes | undefined,
  { results, outcome }: Round,
): Promise<number[]> {
  const layout = layoutOf(definition);
  const stored = await loadByIds(
    ctx,
    definition,
    positions.map((index) => ids.get(index) ?? 0),
  );
  const candidates: Candidate[] = [];
  for (const index of positions) {
    const cells = stored.get(ids.get(index) ?? 0);
    if (cells === undefined || !visible(ctx, definition, cells)) {
      results.set(index, { ok: false, error: notFound(definition) });
      continue;
    }
    const candidate = candidateToUpdate(ctx, definition, index, items[index] ?? {}, cells, echoes);
    if (candidate instanceof DomainError) results.set(index, { ok: false, error: candidate, current: cells });
    else candidates.push(candidate);
  }
  const { accepted, refused, facts } = await judge(ctx, definition, candidates);
  for (const [index, error] of refused) {
    const current = stored.get(ids.get(index) ?? 0);
    results.set(index, { ok: false, error, ...(current === undefined ? {} : { current }) });
  }
  const changed = accepted.filter((candidate) => differs(definition, candidate) || hasAlso(candidate));
  for (const { index, id = 0 } of accepted) {
    const cells = stored.get(id);
    if (cells !== undefined) results.set(index, { ok: true, id, cells, touched: false, duplicate: false });
  }
  if (changed.length === 0) return [];

  const written = new Map<Candidate, Cells>();
  const write = async (inside: Ctx): Promise<void> => {
    const rows = changed.map(({ id = 0, before }) => ({ id, seen: String(before?.last_modified) }));
    const columns = columnsOf(
      definition,
      changed.map(({ values }) => values),
    );
    const updated = await updateMany(
      inside.db,
      definition.table,
      ctx.actor.companyId,
      rows,
      columns,
      layout.select,
      originOf(ctx),
    );
    const byId = new Map(updated.map((cells) => [Number(cells[layout.at('id')]), cells]));
    for (const candidate of changed) {
      const cells = byId.get(candidate.id ?? 0);
      if (cells !== undefined) written.set(candidate, cells);
    }
  };
  if (definition.hooks?.after === undefined && !changed.some(hasAlso)) {
    await write(ctx);
  } else {
    // What an attempt touched counts only when it is committed.
    const touched = await ctx.db.transaction(async (db) => {
      const inside = within(ctx, db);
      const others = await writeAlso(inside, definition, changed);
      await write(inside);
      if (written.size < changed.length) {
        throw new DomainError('unavailable', 'Another change was made at the same moment; try again.', {
          code: 'retry',
        });
      }
      addTouched(others, await applyAfter(inside, definition, written, facts));
      return others;
    });
    addTouched(outcome.touched, touched);
  }
  if (!definition.busy) ctx.cache.forget(ctx.actor.companyId);
  for (const [candidate, cells] of written) {
    results.set(candidate.index, {
      ok: true,
      id: candidate.id ?? 0,
      cells,
      touched: hasAlso(candidate),
      duplicate: false,
    });
  }
  return changed.filter((candidate) => !written.has(candidate)).map(({ index }) => index);
}

/** A value that is as it was is ignored; a row where nothing differs is not written. */
function differs(definition: Definition, { before, values, secrets }: Candidate): boolean {
  if (Object.keys(secrets).length > 0) return true;
  for (const [column, type] of layoutOf(definition).stored) {
    if (encode(type, values[column]) !== encode(type, before?.[column])) return true;
  }
  return false;
}
