import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { lostRace } from '../../engine/results.ts';
import { originOf } from '../../engine/writing.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { followersOf } from '../project-activities/replies.ts';
import { newlyMentioned, tellPeople } from '../project-activities/tell.ts';
import { holdOpen } from '../projects/audience.ts';

/**
 * Stamps the activities whose replies change, since they show them, and keeps them from being archived before new replies
 * are committed; one that is archived already is a lost race.
 */
export async function changeActivities(ctx: Ctx, candidates: readonly Candidate[]): Promise<void> {
  const fresh = candidates.filter(({ before }) => before === undefined);
  await holdOpen(
    ctx,
    fresh.map(({ values }) => Number(values.project_id)),
  );
  const turned = candidates.filter(({ before, values }) => before?.active !== values.active);
  if (turned.length === 0) return;
  const idOf = ({ values }: Candidate): number => Number(values.project_activity_id);
  const open = new Set(fresh.map(idOf));
  const [, rows = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`
      WITH answered AS (
        SELECT company_id, id FROM project_activities
        WHERE company_id = ${ctx.actor.companyId} AND id = ANY(${turned.map(idOf)}::int[]) ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE project_activities a SET last_modified = now() FROM answered o
      WHERE a.company_id = o.company_id AND a.id = o.id RETURNING a.id, a.active`,
  ]);
  if (rows.some(([id, active]) => open.has(Number(id)) && active !== 't')) throw lostRace();
}

/** Tells those who follow an activity of new replies, and those who are mentioned later. */
export async function tellFollowers(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  const fresh = written.filter(({ candidate: { before } }) => before === undefined);
  const idOf = ({ candidate: { values } }: Written): number => Number(values.project_activity_id);
  const followers = fresh.length === 0 ? new Map<number, number[]>() : await followersOf(ctx, fresh.map(idOf));
  await tellPeople(
    ctx,
    written.map((row) => {
      const { values, before } = row.candidate;
      const isNew = before === undefined;
      const told = isNew ? (followers.get(idOf(row)) ?? []) : newlyMentioned(row.candidate);
      return {
        projectId: Number(values.project_id),
        writerId: Number(values.user_id),
        text: String(values.note),
        deed: isNew ? 'replied' : 'mentioned you',
        userIds: values.active === true ? told : [],
      };
    }),
  );
  return new Map();
}
