import type { Ctx } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { limitIn, ownSettings } from '../effective-settings/queries.ts';
import { Tree } from './tree.ts';

/** What the rules know about a batch of jobcodes. */
export interface JobcodeFacts {
  tree: Tree;
  /** Jobcodes by parent and name; one that is new in this batch has a negative id. */
  names: Map<string, { id: number; type: string }>;
  /** Ids of jobcodes by parent and short code. */
  codes: Map<string, number>;
  /** Positions of items that repeat an earlier one of the batch: judged again when that one is stored. */
  repeated: Set<number>;
  /** Jobcodes that may still become active. */
  room: number;
}

/** Key of a name or short code among those under one parent; case does not matter. */
export function underParent(parentId: unknown, text: unknown): string {
  return `${Number(parentId ?? 0)}/${String(text).toLowerCase()}`;
}

/** Loads the tree around the batch, and who holds its names and short codes: two statements. */
export async function jobcodeFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<JobcodeFacts> {
  const [rows = [], holders = []] = await ctx.db.pipeline([
    treeStatement(ctx.actor.companyId, candidates),
    holdersStatement(ctx.actor.companyId, candidates),
  ]);
  const tree = new Tree(
    rows.map(([id, parentId, active, assignedToAll, type, isProject]) => ({
      id: Number(id),
      parentId: Number(parentId),
      active: active === 't',
      assignedToAll: assignedToAll === 't',
      type: String(type),
      isProject: isProject === 't',
    })),
  );
  const names = new Map<string, { id: number; type: string }>();
  const codes = new Map<string, number>();
  for (const [id, parentId, name, code, type] of holders) {
    names.set(underParent(parentId, name), { id: Number(id), type: String(type) });
    if (code !== '') codes.set(underParent(parentId, code), Number(id));
  }
  return { tree, names, codes, repeated: new Set(), room: await roomForJobcodes(ctx) };
}

async function roomForJobcodes(ctx: Ctx): Promise<number> {
  const limit = limitIn(await ownSettings(ctx), 'general', 'max_jobcodes');
  if (limit === Number.POSITIVE_INFINITY) return limit;
  const [row] = await ctx.db.rows(
    sql`SELECT count(*) FROM jobcodes WHERE company_id = ${ctx.actor.companyId} AND active`,
  );
  return Math.max(0, limit - Number(row?.[0]));
}

/** Everything above the batch's jobcodes and their parents, and what lies below those that may take it along. */
function treeStatement(companyId: number, candidates: readonly Candidate[]) {
  const ids = new Set<number>();
  const wholes = new Set<number>();
  for (const { id, values, given } of candidates) {
    if (values.parent_id !== null) ids.add(Number(values.parent_id));
    if (id === undefined) continue;
    ids.add(id);
    if (given.has('active') || given.has('assigned_to_all') || given.has('parent_id')) wholes.add(id);
  }
  return sql`
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM jobcodes WHERE company_id = ${companyId} AND id = ANY(${[...ids]}::int[])
      UNION
      SELECT j.id, j.parent_id FROM above a JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = a.parent_id
    ), below AS (
      SELECT id FROM jobcodes WHERE company_id = ${companyId} AND id = ANY(${[...wholes]}::int[])
      UNION
      SELECT j.id FROM below b JOIN jobcodes j ON j.company_id = ${companyId} AND j.parent_id = b.id
    )
    SELECT j.id, coalesce(j.parent_id, 0), j.active, j.assigned_to_all, j.type,
      EXISTS (SELECT FROM projects p WHERE p.company_id = ${companyId} AND p.jobcode_id = j.id) FROM jobcodes j
    WHERE j.company_id = ${companyId} AND j.id IN (SELECT id FROM above UNION SELECT id FROM below)`;
}

/** The jobcodes that hold a name or a short code that the batch wants, under the same parent. */
function holdersStatement(companyId: number, candidates: readonly Candidate[]) {
  const parents = candidates.map(({ values }) => Number(values.parent_id ?? 0));
  const names = candidates.map(({ values }) => String(values.name));
  const codes = candidates.map(({ values }) => String(values.short_code));
  return sql`
    WITH wanted AS (
      SELECT * FROM unnest(${parents}::int[], ${names}::text[], ${codes}::text[]) AS w(parent_id, name, short_code)
    )
    SELECT j.id, coalesce(j.parent_id, 0), j.name, j.short_code, j.type FROM wanted w JOIN jobcodes j
      ON j.company_id = ${companyId} AND coalesce(j.parent_id, 0) = w.parent_id AND lower(j.name) = lower(w.name)
    UNION
    SELECT j.id, coalesce(j.parent_id, 0), j.name, j.short_code, j.type FROM wanted w JOIN jobcodes j
      ON j.company_id = ${companyId} AND coalesce(j.parent_id, 0) = w.parent_id
        AND lower(j.short_code) = lower(w.short_code) AND j.short_code <> ''`;
}
