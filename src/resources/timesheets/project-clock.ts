import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { type Activity, recordActivities } from '../project-activities/record.ts';
import type { TimesheetFacts } from './facts.ts';

/** Who is on the clock on which project by a row; undefined when nobody is on any. */
function onProject(row: Values | undefined, facts: TimesheetFacts): { userId: number; projectId: number } | undefined {
  if (row === undefined || row.type !== 'regular' || row.end_at !== null) return undefined;
  const projectId = facts.projectOf(row.jobcode_id as number | null);
  return projectId === 0 ? undefined : { userId: Number(row.user_id), projectId };
}

/** Clocking out of a project and into one. Reference: 23-project-activities.md, Activity Types. */
function clocked({ before, values }: Candidate, facts: TimesheetFacts): Activity[] {
  const [was, is] = [onProject(before, facts), onProject(values, facts)];
  if (was?.userId === is?.userId && was?.projectId === is?.projectId) return [];
  return [
    ...(was === undefined ? [] : [{ ...was, type: 'clock_out' as const }]),
    ...(is === undefined ? [] : [{ ...is, type: 'clock_in' as const }]),
  ];
}

/** Whether somebody clocks into or out of a project by a timesheet. */
export function clocksOnProject(candidate: Candidate, facts: TimesheetFacts): boolean {
  return clocked(candidate, facts).length > 0;
}

/** Tells projects who has clocked in and out. */
export async function tellProjects(ctx: Ctx, written: readonly Written[], facts: TimesheetFacts): Promise<void> {
  await recordActivities(
    ctx,
    written.flatMap(({ id, candidate }) =>
      clocked(candidate, facts).map((activity) => ({ ...activity, linked: { timesheets: [id] } })),
    ),
  );
}
