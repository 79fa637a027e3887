import { candidateToUpdate } from '../../engine/candidates.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { inside, nestedCandidates } from '../../engine/nested.ts';
import { lostRace } from '../../engine/results.ts';
import { judge } from '../../engine/rules-of-batch.ts';
import { insertRows } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { followsRequest, type TimeOffStatus } from '../../rules/time-off.ts';
import type { Cells } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { writeEntries } from '../time-off-request-entries/after.ts';
import type { EntryFacts } from '../time-off-request-entries/facts.ts';

/** What a batch of requests brings about in their notes and entries. */
export interface RequestFacts {
  /** Stored entries of requests that change as a whole, by request. */
  entries: ReadonlyMap<number, readonly Cells[]>;
  notes: Candidate[];
  parts: Candidate[];
  /** Undefined while no part was judged. */
  entryFacts: EntryFacts | undefined;
}

/** Loads the entries of requests whose status changes, or which are archived or restored. */
export async function requestFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<RequestFacts> {
  const ids = candidates.filter(changesAll).map(({ id = 0 }) => id);
  const entries = new Map<number, Cells[]>();
  if (ids.length > 0) {
    const layout = layoutOf(resourceOf(ctx, 'time_off_request_entries'));
    const rows = await ctx.db.rows(sql`
      SELECT ${layout.select} FROM time_off_request_entries t
      WHERE t.company_id = ${ctx.actor.companyId} AND t.time_off_request_id = ANY(${ids}::int[]) ORDER BY t.id`);
    for (const cells of rows) {
      const id = Number(cells[layout.at('time_off_request_id')]);
      entries.set(id, [...(entries.get(id) ?? []), cells]);
    }
  }
  return { entries, notes: [], parts: [], entryFacts: undefined };
}

/** Whether the entries of a stored request change with it. */
function changesAll({ before, values }: Candidate): boolean {
  return before !== undefined && (before.status !== values.status || before.active !== values.active);
}

/** Judges new notes, new entries, and what becomes of the stored entries; a request falls with any part of it. */
export async function judgeParts(
  ctx: Ctx,
  accepted: readonly Candidate[],
  facts: RequestFacts,
): Promise<ReadonlyMap<number, DomainError>> {
  const requests = resourceOf(ctx, 'time_off_requests');
  const notes = nestedCandidates(ctx, requests, 'time_off_request_notes', accepted);
  const fresh = nestedCandidates(ctx, requests, 'time_off_request_entries', accepted);
  const refused = new Map([...fresh.refused, ...notes.refused]);
  const parts = fresh.children;
  for (const request of accepted.filter(changesAll)) {
    const refusal = addStored(ctx, request, facts.entries.get(request.id ?? 0) ?? [], parts);
    if (refusal !== undefined) refused.set(request.index, refusal);
  }
  const hopeful = parts.filter(({ parent }) => parent !== undefined && !refused.has(parent.index));
  const judged = await judge(ctx, resourceOf(ctx, 'time_off_request_entries'), hopeful);
  for (const part of hopeful) {
    const refusal = judged.refused.get(part.index);
    if (refusal === undefined || part.parent === undefined || refused.has(part.parent.index)) continue;
    refused.set(part.parent.index, inside(refusal, fresh.places.get(part) ?? `entry ${part.id}`));
  }
  const whole = ({ parent }: Candidate): boolean => parent !== undefined && !refused.has(parent.index);
  facts.notes = notes.children.filter(whole);
  facts.parts = judged.accepted.filter(whole);
  facts.entryFacts = judged.facts as EntryFacts | undefined;
  return refused;
}

/** The stored entries of a request as they change with it. */
function addStored(
  ctx: Ctx,
  request: Candidate,
  stored: readonly Cells[],
  parts: Candidate[],
): DomainError | undefined {
  const entries = resourceOf(ctx, 'time_off_request_entries');
  const { before, values } = request;
  const layout = layoutOf(entries);
  const active = before?.active === values.active ? stored.filter((cells) => layout.value(cells, 'active')) : stored;
  let moved = 0;
  for (const cells of active) {
    const follows =
      before?.status !== values.status &&
      values.active !== false &&
      followsRequest(String(layout.value(cells, 'status')) as TimeOffStatus, String(before?.status) as TimeOffStatus);
    if (follows) moved += 1;
    const item = { active: values.active, ...(follows ? { status: values.status } : {}) };
    const part = candidateToUpdate(ctx, entries, parts.length, item, cells, undefined);
    if (part instanceof DomainError) return part;
    parts.push({ ...part, parent: request });
  }
  const becomes = values.active !== false && before?.status !== values.status;
  if (!becomes || moved > 0 || (request.nested.time_off_request_entries ?? []).length > 0) return undefined;
  return new DomainError('invalid', `The request has no entry that could become ${values.status}.`, {
    field: 'status',
  });
}

/** Writes the parts of requests that were written. */
export async function writeParts(ctx: Ctx, written: readonly Written[], facts: RequestFacts): Promise<Touched> {
  const ids = new Map(written.map(({ candidate, id }) => [candidate, id]));
  const mine = (part: Candidate): boolean => {
    const id = part.parent === undefined ? undefined : ids.get(part.parent);
    if (id !== undefined) part.values.time_off_request_id = id;
    return id !== undefined;
  };
  const notes = facts.notes.filter(mine);
  if (notes.length > 0) {
    const made = await insertRows(
      ctx,
      resourceOf(ctx, 'time_off_request_notes'),
      notes.map(({ values }) => values),
    );
    if (made.length < notes.length) throw lostRace();
  }
  const archived = written.filter(({ candidate: { before, values } }) => before?.active !== values.active);
  if (archived.length > 0) {
    await ctx.db.rows(sql`
      UPDATE time_off_request_notes n SET active = r.active FROM time_off_requests r
      WHERE r.company_id = ${ctx.actor.companyId} AND r.id = ANY(${archived.map(({ id }) => id)}::int[])
        AND n.company_id = r.company_id AND n.time_off_request_id = r.id AND n.active <> r.active`);
  }
  if (facts.entryFacts !== undefined) await writeEntries(ctx, facts.parts.filter(mine), facts.entryFacts);
  return new Map();
}
