import type { Ctx } from '../../engine/context.ts';
import { idsOf } from '../../engine/layout.ts';
import type { Cells } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { clockedInOf, estimatedOf, notesOf, timeOf, unreadPostsOf, unreadRepliesOf } from './figures.ts';
import { type Part, pageOf } from './query.ts';
import { progressOf, type Tracked, trackedIn } from './time.ts';

/** A project with its budget and what was used of it. */
export interface ProjectEstimate {
  readonly id: number;
  readonly jobcodeId: number;
  /** 0 at the top level. */
  readonly parentJobcodeId: number;
  readonly name: string;
  readonly status: string;
  readonly description: string;
  /** Days, blank when there is none. */
  readonly startDate: string;
  readonly dueDate: string;
  readonly completedDate: string;
  readonly active: boolean;
  /** Moments as PostgreSQL prints them. */
  readonly lastModified: string;
  readonly created: string;
  /** The active estimate; 0 without one. */
  readonly estimateId: number;
  readonly estimateBy: string | null;
  /** The custom field whose items are estimated; 0 when none is. */
  readonly estimateByFieldId: number;
  /** Everybody's time, whoever asks: that is what a budget is about. */
  readonly tracked: Tracked;
  readonly estimatedSeconds: number;
  readonly noteCount: number;
  /** Notes and replies of others that the one who asks has not read. */
  readonly unreadPosts: number;
  readonly unreadReplies: number;
  /** Tracked by estimated time in hundredths; null where nothing is estimated. */
  readonly budgetProgress: number | null;
  /** Users on the clock whose time the one who asks may see. */
  readonly clockedInUserIds: readonly number[];
}

/** A page of projects. */
export interface ProjectEstimates {
  readonly rows: readonly ProjectEstimate[];
  /** How many projects there are on all pages. */
  readonly total: number;
}

/** One page of the projects that the actor may see, in one statement. Reference: 28-reports.md. */
export async function projectEstimates(ctx: Ctx, part: Part): Promise<ProjectEstimates> {
  const rows = await ctx.db.rows(sql`
    WITH ${pageOf(ctx, part)}, shown AS (
      SELECT page.place, p.id, p.jobcode_id, p.parent_jobcode_id, p.name, p.status, p.description, p.start_date, p.due_date,
        p.completed_date, p.active, p.last_modified, p.created, e.id AS estimate_id, e.estimate_by, e.estimate_by__id,
        s.clocked_in, s.clocked_out, s.on_the_clock, e.estimated, ${notesOf('p')} AS notes,
        ${unreadPostsOf('p', ctx)} AS unread_posts, ${unreadRepliesOf('p', ctx)} AS unread_replies, ${clockedInOf('p', ctx)} AS clocked_in_users
      FROM page JOIN projects p ON p.company_id = ${ctx.actor.companyId} AND p.id = page.id
      CROSS JOIN LATERAL (${timeOf('p', ctx)}) s
      LEFT JOIN LATERAL (
        SELECT e.id, e.estimate_by, e.estimate_by__id, ${estimatedOf('e')} AS estimated FROM estimates e
        WHERE e.company_id = p.company_id AND e.project_id = p.id AND e.active) e ON TRUE
    )
    SELECT total.count, shown.* FROM (SELECT count(*) AS count FROM matching) total LEFT JOIN shown ON TRUE
    ORDER BY shown.place`);
  return {
    total: Number(rows[0]?.[0]),
    rows: rows.flatMap(([, place, ...cells]) => (place === null ? [] : [estimateIn(cells)])),
  };
}

function estimateIn(cells: Cells): ProjectEstimate {
  const number = (at: number): number => Number(cells[at] ?? 0);
  const text = (at: number): string => cells[at] ?? '';
  const [tracked, estimatedSeconds] = [trackedIn(cells.slice(15, 18)), number(18)];
  return {
    id: number(0),
    jobcodeId: number(1),
    parentJobcodeId: number(2),
    name: text(3),
    status: text(4),
    description: text(5),
    startDate: text(6),
    dueDate: text(7),
    completedDate: text(8),
    active: cells[9] === 't',
    lastModified: text(10),
    created: text(11),
    estimateId: number(12),
    estimateBy: cells[13] ?? null,
    estimateByFieldId: number(14),
    tracked,
    estimatedSeconds,
    noteCount: number(19),
    unreadPosts: number(20),
    unreadReplies: number(21),
    budgetProgress: progressOf(tracked, estimatedSeconds),
    clockedInUserIds: idsOf(cells[22]),
  };
}
