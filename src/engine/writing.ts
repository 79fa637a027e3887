import type { Cells } from '../store/db.ts';
import { type Lists, type Origin, type TableWriter, tableWriter } from '../store/write.ts';
import type { Ctx } from './context.ts';
import type { Candidate, Definition, Hooks, Touched, Values } from './definition.ts';
import { encode, layoutOf, pgType } from './layout.ts';
import { loadByIds } from './lookup.ts';
import { lostRace } from './results.ts';

/** How the history names the writer: no user (id 0) where the server itself is at work. */
export function originOf(ctx: Ctx): Origin {
  return `${ctx.actor.userId || ''}|${ctx.via}|${ctx.requestId}`;
}

const writers = new WeakMap<Definition, TableWriter>();

/** The statements that write a resource's rows and give them back as the definition reads them. */
function writerOf(definition: Definition): TableWriter {
  let writer = writers.get(definition);
  if (writer === undefined) {
    const { stored, returning } = layoutOf(definition);
    const columns = [...stored].map(([name, type]) => ({ name, type: pgType(type) }));
    writer = tableWriter(definition.table, columns, returning);
    writers.set(definition, writer);
  }
  return writer;
}

/** Inserts rows, in one statement; gives each inserted one, led by its position among the input, counted from 1. */
export function insertRows(ctx: Ctx, definition: Definition, rows: readonly Values[]): Promise<Cells[]> {
  return writerOf(definition).insert(ctx.db, ctx.actor.companyId, listsOf(definition, rows), originOf(ctx));
}

/** Updates rows that still are the version that was seen, in one statement; gives those that were, by id. */
export async function updateSeen(
  ctx: Ctx,
  definition: Definition,
  rows: readonly { id: number; seen: Values | undefined; values: Values }[],
): Promise<Map<number, Cells>> {
  const keys = rows.map(({ id, seen }) => ({ id, seen: String(seen?.last_modified) }));
  const lists = listsOf(
    definition,
    rows.map(({ values }) => values),
  );
  const updated = await writerOf(definition).update(ctx.db, ctx.actor.companyId, keys, lists, originOf(ctx));
  const position = layoutOf(definition).at('id');
  return new Map(updated.map((cells) => [Number(cells[position]), cells]));
}

/** Rows of values as lists of texts, one for each column that is written. */
function listsOf(definition: Definition, rows: readonly Values[]): Lists {
  return [...layoutOf(definition).stored].map(([name, type]) => rows.map((values) => encode(type, values[name])));
}

/** Whether other rows of the resource change together with a candidate. */
export function hasAlso({ also }: Candidate): boolean {
  return also.updates.size > 0 || also.inserts.length > 0;
}

/** Whether other rows change together with a candidate that are news besides it. */
export function touchesOthers(candidate: Candidate): boolean {
  return hasAlso(candidate) && candidate.asOne !== true;
}

/** Whether a batch changes more than its own rows, so that it needs a transaction. */
export function hasConsequences(definition: Definition, candidates: readonly Candidate[], facts: unknown): boolean {
  // Each resource's hooks agree among themselves about the shape of their facts.
  const hooks = definition.hooks as unknown as Hooks<unknown> | undefined;
  const derives = (candidate: Candidate): boolean => hooks?.derives?.(candidate, facts) ?? true;
  const derived = hooks?.prior !== undefined || hooks?.after !== undefined;
  if (layoutOf(definition).personal) return candidates.length > 0;
  return candidates.some((candidate) => hasAlso(candidate) || (derived && derives(candidate)));
}

/** Writes the rows that change together with the candidates, before these are written. Gives those that are news. */
export async function writeAlso(ctx: Ctx, definition: Definition, candidates: readonly Candidate[]): Promise<Touched> {
  const updates = new Map(candidates.flatMap(({ also }) => [...also.updates]));
  const inserts = candidates.flatMap(({ also }) => also.inserts);
  const quiet = candidates.filter(({ asOne }) => asOne === true);
  const quietIds = new Set(quiet.flatMap(({ also }) => [...also.updates.keys()]));
  const quietInserts = new Set(quiet.flatMap(({ also }) => also.inserts));
  const ids = new Set<number>();
  if (updates.size > 0) {
    const rows = [...updates].map(([id, values]) => ({ id, seen: values, values }));
    const written = await updateSeen(ctx, definition, rows);
    demandAll(written.size, updates.size);
    for (const id of written.keys()) if (!quietIds.has(id)) ids.add(id);
  }
  if (inserts.length > 0) {
    const written = await insertRows(ctx, definition, inserts);
    demandAll(written.length, inserts.length);
    const position = layoutOf(definition).at('id') + 1;
    written.forEach((cells, index) => {
      const values = inserts[index];
      if (values !== undefined && !quietInserts.has(values)) ids.add(Number(cells[position]));
    });
  }
  return ids.size === 0 ? new Map() : new Map([[definition.name, ids]]);
}

function demandAll(written: number, wanted: number): void {
  if (written === wanted) return;
  throw lostRace();
}

/** Writes what the candidates refer to, before they are written. */
export async function applyPrior(
  ctx: Ctx,
  definition: Definition,
  candidates: readonly Candidate[],
  facts: unknown,
): Promise<void> {
  // Each resource's hooks agree among themselves about the shape of their facts.
  await (definition.hooks as unknown as Hooks<unknown> | undefined)?.prior?.(ctx, candidates, facts);
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
  if ((after === undefined && !layoutOf(definition).personal) || written.size === 0) return new Map();
  const position = layoutOf(definition).at('id');
  const rows = [...written].map(([candidate, cells]) => ({ candidate, id: Number(cells[position]) }));
  const touched = (await after?.(ctx, rows, facts)) ?? new Map();
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
