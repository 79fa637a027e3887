import type { Ctx } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { deletedAmong } from '../files/attachable.ts';
import { newlyMentioned } from '../project-activities/tell.ts';
import { audienceAmong } from '../projects/audience.ts';

/** What the rules know about a batch of notes. */
export interface NoteFacts {
  /** Projects of new notes that are archived. */
  archived: ReadonlySet<number>;
  /** Those of the newly attached files that were deleted. */
  deletedFiles: ReadonlySet<number>;
  /** Whether somebody who is newly mentioned sees a project. */
  sees: (userId: number, projectId: number) => boolean;
}

/** Loads what the rules need to know; a constant number of statements. */
export async function noteFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<NoteFacts> {
  const mentions = candidates.flatMap((candidate) =>
    newlyMentioned(candidate).map((userId) => ({ userId, projectId: Number(candidate.values.project_id) })),
  );
  return {
    archived: await archivedAmong(
      ctx,
      candidates.flatMap(({ before, values }) => (before === undefined ? [Number(values.project_id)] : [])),
    ),
    deletedFiles: await deletedAmong(ctx, candidates, 'files'),
    sees: await audienceAmong(ctx, mentions),
  };
}

async function archivedAmong({ db, actor }: Ctx, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await db.rows(
    sql`SELECT id FROM projects WHERE company_id = ${actor.companyId} AND NOT active AND id = ANY(${ids}::int[])`,
  );
  return new Set(rows.map(([id]) => Number(id)));
}
