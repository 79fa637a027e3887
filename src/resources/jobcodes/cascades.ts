import type { Ctx } from '../../engine/context.ts';
import type { Touched, Written } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { endDependencies } from '../customfielditem-filters/targets.ts';
import { endAssignments, followEveryone, inheritAssignments } from '../jobcode-assignments/queries.ts';
import { recordTeamChanges } from '../project-activities/record.ts';
import { followJobcodes } from '../projects/follow.ts';
import type { JobcodeFacts } from './facts.ts';
import type { Node, Tree } from './tree.ts';

/** What follows from written jobcodes, in a constant number of statements. The jobcodes that change are touched. */
export async function cascade(ctx: Ctx, written: readonly Written[], { tree }: JobcodeFacts): Promise<Touched> {
  const touched = new Set<number>();
  const news = written.filter(({ candidate }) => candidate.before === undefined);
  const parents = new Set(news.map(({ candidate }) => Number(candidate.values.parent_id ?? 0)));
  const changes = tree.changes();
  for (const { was, is } of changes) {
    if (was.active === is.active && was.parentId === is.parentId) continue;
    parents.add(was.parentId).add(is.parentId);
  }
  const states = changes.filter(({ was, is }) => was.active !== is.active || was.assignedToAll !== is.assignedToAll);
  const wanted = [...states.map(({ is }) => is), ...overruled(written, tree)];
  if (wanted.length > 0) for (const id of await storeStates(ctx, wanted)) touched.add(id);
  const archived = states.flatMap(({ is }) => (is.active ? [] : [is.id]));
  await endAssignments(ctx, archived);
  await endDependencies(ctx, archived);
  for (const id of await countChildren(ctx, parents)) touched.add(id);
  const ids = news.map(({ id }) => id);
  if (ids.length > 0) await inheritAssignments(ctx, ids);
  // People leave an archived project with its jobcode, which is told as a change of the project.
  const shared = states.filter(({ was, is }) => was.active && is.active).map(({ is }) => is.id);
  const others = states.filter(({ was, is }) => !was.active || !is.active).map(({ is }) => is.id);
  await recordTeamChanges(ctx, await followEveryone(ctx, shared));
  await followEveryone(ctx, [...ids, ...others]);
  await followJobcodes(ctx, [...written.map(({ id }) => id), ...states.map(({ is }) => is.id)]);
  return new Map([['jobcodes', touched]]);
}

/** Jobcodes that were written as their own item says, but that a later item of the batch made otherwise. */
function overruled(written: readonly Written[], tree: Tree): Node[] {
  return written.flatMap(({ id, candidate: { values } }) => {
    const node = tree.node(id);
    if (node === undefined) return [];
    return node.active === values.active && node.assignedToAll === values.assigned_to_all ? [] : [node];
  });
}

async function storeStates(ctx: Ctx, nodes: readonly Node[]): Promise<number[]> {
  const rows = await ctx.db.rows(sql`
    UPDATE jobcodes j SET active = u.active, assigned_to_all = u.assigned_to_all
    FROM unnest(${nodes.map(({ id }) => id)}::int[], ${nodes.map(({ active }) => String(active))}::boolean[],
                ${nodes.map(({ assignedToAll }) => String(assignedToAll))}::boolean[]) AS u(id, active, assigned_to_all)
    WHERE j.company_id = ${ctx.actor.companyId} AND j.id = u.id
      AND (j.active, j.assigned_to_all) IS DISTINCT FROM (u.active, u.assigned_to_all)
    RETURNING j.id`);
  return rows.map(([id]) => Number(id));
}

/** Keeps has_children true for exactly those with active children. */
async function countChildren(ctx: Ctx, parents: ReadonlySet<number>): Promise<number[]> {
  const ids = [...parents].filter((id) => id > 0);
  if (ids.length === 0) return [];
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    UPDATE jobcodes p SET has_children = c.has_children
    FROM (SELECT u.id, EXISTS (SELECT FROM jobcodes k WHERE k.company_id = ${companyId} AND k.parent_id = u.id AND k.active)
            AS has_children FROM unnest(${ids}::int[]) AS u(id)) c
    WHERE p.company_id = ${companyId} AND p.id = c.id AND p.has_children <> c.has_children
    RETURNING p.id`);
  return rows.map(([id]) => Number(id));
}
