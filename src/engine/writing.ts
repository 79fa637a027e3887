import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import { type Column, insertMany, type Origin, updateMany } from '../store/write.ts';
import type { Ctx } from './context.ts';
import type { Candidate, Definition, Hooks, Touched, Values } from './definition.ts';
import { encode, layoutOf, pgType } from './layout.ts';
import { loadByIds } from './lookup.ts';

/** How the history names the writer. */
export function originOf(ctx: Ctx): Origin {
  return `${ctx.actor.userId}|${ctx.via}|${ctx.requestId}`;
}

/** Rows of values as the columns of one statement. */
export function columnsOf(definition: Definition, rows: readonly Values[]): Column[] {
  return [...layoutOf(definition).stored].map(([name, type]) => ({
    name,
    type: pgType(type),
    texts: rows.map((values) => encode(type, values[name])),
  }));
}

/** Whether other rows of the resource change together with a candidate. */
export function hasAlso({ also }: Candidate): boolean {
  return also.updates.size > 0 || also.inserts.length > 0;
}

/** Whether a batch changes more than its own rows, so that it needs a transaction. */
export function hasConsequences(definition: Definition, candidates: readonly Candidate[], facts: unknown): boolean {
  // Each resource's hooks agree among themselves about the shape of their facts.
  const hooks = definition.hooks as unknown as Hooks<unknown> | undefined;
  const derives = (candidate: Candidate): boolean => hooks?.derives?.(candidate, facts) ?? true;
  return candidates.some((candidate) => hasAlso(candidate) || (hooks?.after !== undefined && derives(candidate)));
}

/** Writes the rows that change together with the candidates, before these are written. */
export async function writeAlso(ctx: Ctx, definition: Definition, candidates: readonly Candidate[]): Promise<Touched> {
  const updates = new Map(candidates.flatMap(({ also }) => [...also.updates]));
  const inserts = candidates.flatMap(({ also }) => also.inserts);
  const ids = new Set<number>();
  const { at, select } = layoutOf(definition);
  const position = at('id');
  const { companyId } = ctx.actor;
  if (updates.size > 0) {
    const rows = [...updates].map(([id, values]) => ({ id, seen: String(values.last_modified) }));
    const columns = columnsOf(definition, [...updates.values()]);
    const written = await updateMany(ctx.db, definition.table, companyId, rows, columns, select, originOf(ctx));
    demandAll(written.length, updates.size);
    for (const cells of written) ids.add(Number(cells[position]));
  }
  if (inserts.length > 0) {
    const written = await insertMany(
      ctx.db,
      definition.table,
      companyId,
      columnsOf(definition, inserts),
      select,
      originOf(ctx),
    );
    demandAll(written.length, inserts.length);
    for (const cells of written) ids.add(Number(cells[position + 1]));
  }
  return ids.size === 0 ? new Map() : new Map([[definition.name, ids]]);
}

function demandAll(written: number, wanted: number): void {
  if (written === wanted) return;
  throw new DomainError('unavailable', 'Another change was made at the same moment; try again.', { code: 'retry' });
}

/** Runs the resource's derived changes and shows the written rows as they are afterwards. */
export async function applyAfter(
  ctx: Ctx,
  definition: Definition,
  written: Map<Candidate, Cells>,
  facts: unknown,
): Promise<Touched> {
  // Each resource's hooks agree among themselves about the shape of their facts.
  const after = (definition.hooks as unknown as Hooks<unknown> | undefined)?.after;
  if (after === undefined || written.size === 0) return new Map();
  const position = layoutOf(definition).at('id');
  const rows = [...written].map(([candidate, cells]) => ({ candidate, id: Number(cells[position]) }));
  const touched = await after(ctx, rows, facts);
  const current = await loadByIds(
    ctx,
    definition,
    rows.map(({ id }) => id),
  );
  for (const { candidate, id } of rows) {
    const cells = current.get(id);
    if (cells !== undefined) written.set(candidate, cells);
  }
  return touched;
}
