import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';

/** What the rules know about a batch of assignments. */
export interface AssignmentFacts {
  /** Stored assignments by user and jobcode; those that this batch makes are active. */
  known: Map<string, Values>;
  archivedUsers: ReadonlySet<number>;
  archivedJobcodes: ReadonlySet<number>;
}

function keyOf({ user_id, jobcode_id }: Values): string {
  return `${Number(user_id ?? 0)}:${jobcode_id}`;
}

/** Loads the assignments that exist already, and which of the users and jobcodes are archived. */
export async function assignmentFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<AssignmentFacts> {
  const layout = layoutOf(resourceOf(ctx, 'jobcode_assignments'));
  const userIds = candidates.map(({ values }) => Number(values.user_id ?? 0));
  const jobcodeIds = candidates.map(({ values }) => Number(values.jobcode_id ?? 0));
  const rows = await ctx.db.rows(sql`
    SELECT ${layout.select} FROM unnest(${userIds}::int[], ${jobcodeIds}::int[]) AS w(user_id, jobcode_id)
    JOIN jobcode_assignments t ON t.company_id = ${ctx.actor.companyId} AND t.jobcode_id = w.jobcode_id
      AND coalesce(t.user_id, 0) = w.user_id`);
  const stored = rows.map((cells) => layout.values(cells));
  return {
    known: new Map(stored.map((values) => [keyOf(values), values])),
    archivedUsers: await archived(ctx, 'users', userIds),
    archivedJobcodes: await archived(ctx, 'jobcodes', jobcodeIds),
  };
}

async function archived(ctx: Ctx, resource: string, ids: readonly number[]): Promise<Set<number>> {
  const definition = resourceOf(ctx, resource);
  const at = layoutOf(definition).at('active');
  const rows = await lookup(ctx, definition, ids);
  return new Set([...rows].flatMap(([id, cells]) => (cells[at] === 't' ? [] : [id])));
}

/** An assignment that exists stands for the new one; one that was removed begins anew. */
export function findExisting(candidate: Candidate, { known }: AssignmentFacts): undefined {
  const stored = known.get(keyOf(candidate.values));
  const id = Number(stored?.id ?? 0);
  if (stored === undefined || id === 0) return;
  candidate.existing = stored.active === true ? { id, code: 'same' } : { id, code: 'same', stored };
}

/** Nothing archived can be assigned. */
export function nothingArchived({ values }: Candidate, facts: AssignmentFacts): DomainError | undefined {
  if (facts.archivedJobcodes.has(Number(values.jobcode_id)))
    return new DomainError('invalid', `Jobcode ${values.jobcode_id} is archived`, { field: 'jobcode_id' });
  if (facts.archivedUsers.has(Number(values.user_id)))
    return new DomainError('invalid', `User ${values.user_id} is archived`, { field: 'user_id' });
  if (values.active !== true)
    return new DomainError('invalid', 'active must be true for a new assignment', { field: 'active' });
  return undefined;
}

/** Later items of the batch find what this one makes active. */
export function note({ values, existing }: Candidate, { known }: AssignmentFacts): void {
  known.set(keyOf(values), { ...values, id: existing?.id ?? 0 });
}
