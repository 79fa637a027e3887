import type { Ctx } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { newlyMentioned } from '../project-activities/tell.ts';
import { audienceAmong } from '../projects/audience.ts';

interface ActivityFacts {
  readonly projectId: number;
  readonly active: boolean;
  readonly projectActive: boolean;
}

/** What the rules know about a batch of replies. */
export interface ReplyFacts {
  /** What is replied to, by id. */
  activities: ReadonlyMap<number, ActivityFacts>;
  /** Whether somebody who is newly mentioned sees a project. */
  sees: (userId: number, projectId: number) => boolean;
}

/** Loads what the rules need to know; at most two statements. */
export async function replyFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<ReplyFacts> {
  const ids = candidates.map(({ values }) => Number(values.project_activity_id));
  const rows = await ctx.db.rows(sql`
    SELECT a.id, a.project_id, a.active, p.active FROM project_activities a
    JOIN projects p ON p.company_id = a.company_id AND p.id = a.project_id
    WHERE a.company_id = ${ctx.actor.companyId} AND a.id = ANY(${ids}::int[])`);
  const activities = new Map(
    rows.map(([id, projectId, active, projectActive]): [number, ActivityFacts] => [
      Number(id),
      { projectId: Number(projectId), active: active === 't', projectActive: projectActive === 't' },
    ]),
  );
  const mentions = candidates.flatMap((candidate) => {
    const projectId = activities.get(Number(candidate.values.project_activity_id))?.projectId ?? 0;
    return newlyMentioned(candidate).map((userId) => ({ userId, projectId }));
  });
  return { activities, sees: await audienceAmong(ctx, mentions) };
}
