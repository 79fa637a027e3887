import { isoUtc } from '../../../lib/time.ts';
import type { ProjectEstimate } from '../../../reports/project-estimate/summary.ts';
import { type Tracked, totalOf } from '../../../reports/project-estimate/time.ts';

type Shown = string | number | null | readonly number[];
type Columns = Readonly<Record<string, (project: ProjectEstimate) => Shown>>;

/** What both reports show of a project and its budget, in the order of the reference. */
export const projectColumns: Columns = {
  id: ({ id }) => id,
  jobcode_id: ({ jobcodeId }) => jobcodeId,
  parent_jobcode_id: ({ parentJobcodeId }) => parentJobcodeId,
  name: ({ name }) => name,
  status: ({ status }) => status,
  description: ({ description }) => description,
  start_date: ({ startDate }) => startDate,
  due_date: ({ dueDate }) => dueDate,
  completed_date: ({ completedDate }) => completedDate,
  active: ({ active }) => (active ? 1 : 0),
  last_modified: ({ lastModified }) => isoUtc(lastModified),
  created: ({ created }) => isoUtc(created),
  estimate_id: ({ estimateId }) => estimateId,
  estimate_by: ({ estimateBy }) => estimateBy,
  estimate_by__id: ({ estimateByFieldId }) => estimateByFieldId,
  total_clocked_in_seconds: ({ tracked }) => tracked.clockedIn,
  total_clocked_out_seconds: ({ tracked }) => tracked.clockedOut,
  total_tracked_seconds: ({ tracked }) => totalOf(tracked),
  total_estimated_seconds: ({ estimatedSeconds }) => estimatedSeconds,
  total_note_count: ({ noteCount }) => noteCount,
  unread_posts_count: ({ unreadPosts }) => unreadPosts,
  unread_replies_count: ({ unreadReplies }) => unreadReplies,
  budget_progress: ({ budgetProgress }) => budgetProgress,
  clocked_in_user_ids: ({ clockedInUserIds }) => clockedInUserIds,
};

/** A project with the values of these columns. */
export function projectRow(project: ProjectEstimate, columns: Columns): Record<string, Shown> {
  return Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(project)]));
}

/** Tracked time in seconds. */
export function secondsRow(tracked: Tracked): Record<string, number> {
  return {
    total_clocked_in_seconds: tracked.clockedIn,
    total_clocked_out_seconds: tracked.clockedOut,
    total_tracked_seconds: totalOf(tracked),
  };
}

/** Rows as an array, or by id in their order. */
export function rowsText(rows: readonly Readonly<Record<string, unknown>>[], asArray: boolean): string {
  if (asArray) return JSON.stringify(rows);
  return `{${rows.map((row) => `"${row.id}":${JSON.stringify(row)}`).join(',')}}`;
}
