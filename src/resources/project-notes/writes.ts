import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { recordActivities } from '../project-activities/record.ts';
import { newlyMentioned, tellPeople } from '../project-activities/tell.ts';
import { holdOpen } from '../projects/audience.ts';

/** Gives each new note its activity. The projects can not be archived before the notes are committed. */
export async function makeActivities(ctx: Ctx, candidates: readonly Candidate[]): Promise<void> {
  const fresh = candidates.filter(({ before }) => before === undefined);
  await holdOpen(
    ctx,
    fresh.map(({ values }) => Number(values.project_id)),
  );
  const ids = await recordActivities(
    ctx,
    fresh.map(({ values }) => ({
      projectId: Number(values.project_id),
      userId: Number(values.user_id),
      type: 'note',
    })),
  );
  for (const [index, { values }] of fresh.entries()) values.project_activity_id = ids[index] ?? 0;
}

/** Files that a candidate attaches, which were not attached before. */
function newFiles({ before, values }: Candidate): number[] {
  const known = (before?.files ?? []) as readonly number[];
  return ((values.files ?? []) as readonly number[]).filter((id) => !known.includes(id));
}

/**
 * Archives and restores the activities of notes with them, tells the projects of files that were attached, and people that
 * they were mentioned.
 */
export async function followNotes(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  const turned = written.filter(({ candidate: { before, values } }) => (before?.active ?? true) !== values.active);
  await turnActivities(
    ctx,
    turned.map(({ id }) => id),
  );
  await recordActivities(
    ctx,
    written.flatMap(({ id, candidate }) => {
      const files = newFiles(candidate);
      const { before, values } = candidate;
      const userId = before === undefined ? Number(values.user_id) : ctx.actor.userId;
      const linked = { files, project_notes: [id] };
      return files.length === 0 ? [] : [{ projectId: Number(values.project_id), userId, type: 'attachment', linked }];
    }),
  );
  await tellPeople(
    ctx,
    written.map(({ candidate }) => ({
      projectId: Number(candidate.values.project_id),
      writerId: Number(candidate.values.user_id),
      text: String(candidate.values.note),
      deed: 'mentioned you',
      userIds: candidate.values.active === true ? newlyMentioned(candidate) : [],
    })),
  );
  return new Map();
}

async function turnActivities({ db, actor }: Ctx, noteIds: readonly number[]): Promise<void> {
  if (noteIds.length === 0) return;
  // Locked in one order by all who change several of them, so that no two wait for each other.
  await db.rows(sql`
    WITH own AS (
      SELECT a.company_id, a.id, n.active FROM project_notes n
      JOIN project_activities a ON a.company_id = n.company_id AND a.project_id = n.project_id
        AND (a.id = n.project_activity_id
          OR (a.activity_type = 'attachment' AND a.linked_objects::jsonb -> 'project_notes' @> to_jsonb(n.id)))
      WHERE n.company_id = ${actor.companyId} AND n.id = ANY(${noteIds}::int[])
      ORDER BY a.id FOR NO KEY UPDATE OF a
    )
    UPDATE project_activities a SET active = own.active FROM own
    WHERE a.company_id = own.company_id AND a.id = own.id AND a.active <> own.active`);
}
