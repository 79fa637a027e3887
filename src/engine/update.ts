import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import { alternateKeyOf, idsByKeys } from './alternate-keys.ts';
import { candidateToUpdate, type Echoes, type Item } from './candidates.ts';
import { isBlank, readInteger } from './coerce.ts';
import { completedById } from './complete.ts';
import { type Ctx, isInside, within } from './context.ts';
import type { Candidate, Definition, Touched } from './definition.ts';
import { encode, layoutOf } from './layout.ts';
import { loadByIds, visible } from './lookup.ts';
import { addTouched, type ItemResult, isRace, lostRace, type Outcome } from './results.ts';
import { judge } from './rules-of-batch.ts';
import { inTurn } from './turns.ts';
import { applyAfter, applyPrior, hasAlso, hasConsequences, touchesOthers, updateSeen, writeAlso } from './writing.ts';

const attempts = 4;

/** A batch on its way: what was asked, and what is known of it so far. */
interface Batch {
  readonly definition: Definition;
  readonly items: readonly Item[];
  /** Ids of the rows by position; an item without one has its answer already, or names no row. */
  readonly ids: ReadonlyMap<number, number>;
  readonly echoes: Echoes | undefined;
  readonly results: Map<number, ItemResult>;
  readonly touched: Touched;
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
  const results = new Map<number, ItemResult>();
  const ids = await idsOfItems(ctx, definition, items, results);
  const batch: Batch = { definition, items, ids, echoes, results, touched: new Map() };
  for (const positions of roundsOf(ids)) {
    let pending = positions;
    for (let attempt = 1; pending.length > 0 && attempt <= attempts; attempt += 1) {
      pending = await updateOrSplit(ctx, batch, pending);
    }
    for (const index of pending) results.set(index, { ok: false, error: contested(definition) });
  }
  return {
    items: items.map((_, index) => results.get(index) ?? { ok: false, error: notFound(definition) }),
    touched: batch.touched,
  };
}

function contested(definition: Definition): DomainError {
  return new DomainError('conflict', `The ${definition.singular} is being changed by somebody else`);
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
  const keys = new Map<number, readonly string[]>();
  const refuse = (index: number, error: DomainError): void => void results.set(index, { ok: false, error });
  items.forEach((item, index) => {
    const key = alternateKeyOf(definition, item);
    if (!isBlank(item.id)) {
      const id = readInteger(item.id);
      if (id !== undefined) ids.set(index, id);
      else refuse(index, new DomainError('invalid', 'id must be a whole number', { field: 'id' }));
    } else if (key !== undefined) keys.set(index, key);
    else refuse(index, new DomainError('missing', 'Missing required params: id', { field: 'id' }));
  });
  if (keys.size === 0) return ids;
  const found = await idsByKeys(ctx, definition, [...keys.values()]);
  for (const [index, key] of keys) {
    const id = found.get(JSON.stringify(key));
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

/**
 * Updates these positions at once; when a constraint refuses them as a whole, item by item, so that each gets its own
 * answer. Gives the positions whose row changed meanwhile.
 */
async function updateOrSplit(ctx: Ctx, batch: Batch, positions: readonly number[]): Promise<number[]> {
  try {
    return await inTurn(ctx, batch.definition, (inside) => updateOnce(inside, batch, positions));
  } catch (error) {
    if (!isRace(error) || isInside(ctx)) throw error;
    ctx.cache.forget(ctx.actor.companyId);
    // What the constraint saw was written after the facts were read: judged anew, the rule names it.
    if (positions.length === 1) return [...positions];
    const lost: number[] = [];
    for (const position of positions) lost.push(...(await updateOrSplit(ctx, batch, [position])));
    return lost;
  }
}

async function updateOnce(ctx: Ctx, batch: Batch, positions: readonly number[]): Promise<number[]> {
  const { definition, results } = batch;
  const ids = positions.map((index) => batch.ids.get(index) ?? 0);
  // A client may send back what it was shown.
  const stored = await completedById(ctx, definition, await loadByIds(ctx, definition, ids));
  const { accepted, facts } = await judgeStored(ctx, batch, positions, stored);
  for (const { index, id = 0 } of accepted) {
    const cells = stored.get(id);
    if (cells !== undefined) results.set(index, { ok: true, id, cells, touched: false, duplicate: false });
  }
  const changed = accepted.filter((candidate) => differs(definition, candidate) || hasAlso(candidate));
  if (changed.length === 0) return [];
  const written = await writeChanges(ctx, batch, changed, facts);
  if (!definition.busy) ctx.cache.forget(ctx.actor.companyId);
  for (const [candidate, cells] of written) {
    const touched = touchesOthers(candidate);
    results.set(candidate.index, { ok: true, id: candidate.id ?? 0, cells, touched, duplicate: false });
  }
  return changed.filter((candidate) => !written.has(candidate)).map(({ index }) => index);
}

/** Turns items into candidates and applies the rules; those that fall get their answer. */
async function judgeStored(
  ctx: Ctx,
  { definition, items, ids, echoes, results }: Batch,
  positions: readonly number[],
  stored: ReadonlyMap<number, Cells>,
): Promise<{ accepted: Candidate[]; facts: unknown }> {
  const candidates: Candidate[] = [];
  const currentOf = (index: number): { current?: Cells } => {
    const current = stored.get(ids.get(index) ?? 0);
    return current === undefined ? {} : { current };
  };
  for (const index of positions) {
    const { current } = currentOf(index);
    if (current === undefined || !visible(ctx, definition, current)) {
      results.set(index, { ok: false, error: notFound(definition) });
      continue;
    }
    const candidate = candidateToUpdate(ctx, definition, index, items[index] ?? {}, current, echoes);
    if (candidate instanceof DomainError) results.set(index, { ok: false, error: candidate, current });
    else candidates.push(candidate);
  }
  const { accepted, refused, facts } = await judge(ctx, definition, candidates);
  for (const [index, error] of refused) results.set(index, { ok: false, error, ...currentOf(index) });
  return { accepted, facts };
}

/** Writes the candidates that differ, with all that follows from it; gives those that nobody else changed meanwhile. */
async function writeChanges(
  ctx: Ctx,
  { definition, touched }: Batch,
  changed: readonly Candidate[],
  facts: unknown,
): Promise<Map<Candidate, Cells>> {
  if (!hasConsequences(definition, changed, facts)) return write(ctx, definition, changed);
  const [written, others] = await ctx.db.transaction(async (db) => {
    const inside = within(ctx, db);
    const also = await writeAlso(inside, definition, changed);
    await applyPrior(inside, definition, changed, facts);
    const rows = await write(inside, definition, changed);
    if (rows.size < changed.length) {
      throw lostRace();
    }
    addTouched(also, await applyAfter(inside, definition, rows, facts));
    return [rows, also] as const;
  });
  // What an attempt touched counts only when it is committed.
  addTouched(touched, others);
  ctx.cache.forget(ctx.actor.companyId);
  return written;
}

async function write(ctx: Ctx, definition: Definition, changed: readonly Candidate[]): Promise<Map<Candidate, Cells>> {
  const rows = changed.map(({ id = 0, before, values }) => ({ id, seen: before, values }));
  const byId = await updateSeen(ctx, definition, rows);
  const written = new Map<Candidate, Cells>();
  for (const candidate of changed) {
    const cells = byId.get(candidate.id ?? 0);
    if (cells !== undefined) written.set(candidate, cells);
  }
  return written;
}

/** A value that is as it was is ignored; a row where nothing differs is not written. */
function differs(definition: Definition, { before, values, secrets, nested }: Candidate): boolean {
  if (Object.keys(secrets).length > 0 || Object.values(nested).some((rows) => rows.length > 0)) return true;
  for (const [column, type] of layoutOf(definition).stored) {
    if (encode(type, values[column]) !== encode(type, before?.[column])) return true;
  }
  return false;
}
