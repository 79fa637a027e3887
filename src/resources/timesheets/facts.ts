import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import type { WorkOrBreak } from '../../rules/break-split.ts';
import { roundingIn } from '../../rules/punches.ts';
import { sql } from '../../store/sql.ts';
import { limitsOf } from '../customfielditem-filters/limits.ts';
import { fieldDefinitions } from '../customfields/queries.ts';
import { effectiveSettings, type SettingsReader } from '../effective-settings/queries.ts';
import { deletedAmong } from '../files/attachable.ts';
import { type JobcodeUse, jobcodeUse } from '../jobcode-assignments/queries.ts';
import { type ClosedTime, closedTime } from '../payroll-closings/closed-time.ts';
import { type ChoiceFacts, mayChoose, useOf } from './choices.ts';

/** A regular timesheet near a candidate's time; `values` is the whole row, for a break that splits it. */
export interface Neighbour extends WorkOrBreak {
  start: number;
  end: number | null;
  values: Values;
  /** The candidate that brings it about or changes it, when it is not simply a stored row. */
  owner?: Candidate;
}

/** What the rules know about the batch. */
export interface TimesheetFacts extends ChoiceFacts {
  users: ReadonlyMap<number, Values>;
  settings: ReadonlyMap<number, SettingsReader>;
  jobcodeUse: JobcodeUse;
  /** The project that a jobcode stands for, by id; 0 for none. */
  projectOf: (jobcodeId: number | null) => number;
  /** Whether a jobcode is a break, by id. */
  isBreak: (jobcodeId: number | null) => boolean;
  /** Whether a jobcode is one of paid or unpaid time off, by id. */
  isTimeOff: (jobcodeId: number | null) => boolean;
  /** The company's books are closed to this day; null when they are not. */
  lockDate: string | null;
  /** What is closed to payroll, by user. */
  closed: ReadonlyMap<number, ClosedTime>;
  /** Those of the newly attached files that were deleted. */
  deletedFiles: ReadonlySet<number>;
  /** Regular timesheets by user; they grow with every accepted candidate. */
  neighbours: Map<number, Neighbour[]>;
}

const farFuture = 7_258_118_400;

/** Loads the facts of a batch: cached ones, and one statement for the neighbours in time. */
export async function timesheetFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<TimesheetFacts> {
  const userIds = new Set<number>();
  const jobcodeIds = new Set<number>();
  for (const { values, before } of candidates) {
    for (const row of [values, before]) {
      if (typeof row?.user_id === 'number') userIds.add(row.user_id);
      if (typeof row?.jobcode_id === 'number') jobcodeIds.add(row.jobcode_id);
    }
  }
  const pairs = candidates.map(({ values }) => ({
    userId: Number(values.user_id),
    jobcodeId: Number(values.jobcode_id ?? 0),
  }));
  const settings = await effectiveSettings(ctx, userIds);
  const neighbours = await loadNeighbours(ctx, candidates, settings);
  for (const { values } of [...neighbours.values()].flat()) jobcodeIds.add(Number(values.jobcode_id ?? 0));
  const users = resourceOf(ctx, 'users');
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const userRows = await lookup(ctx, users, userIds);
  const jobcodeRows = await lookup(ctx, jobcodes, jobcodeIds);
  const { at } = layoutOf(jobcodes);
  const [typeAt, projectAt] = [at('type'), at('project_id')];
  const projectOf = (jobcodeId: number | null): number => Number(jobcodeRows.get(jobcodeId ?? 0)?.[projectAt] ?? 0);
  const isOf = (first: string, second: string) => (jobcodeId: number | null) => {
    const type = jobcodeId === null ? undefined : jobcodeRows.get(jobcodeId)?.[typeAt];
    return type === first || type === second;
  };
  const isBreak = isOf('paid_break', 'unpaid_break');
  const isTimeOff = isOf('pto', 'unpaid_time_off');
  for (const list of neighbours.values()) {
    for (const neighbour of list) {
      // No break is taken from time off, as from no other break.
      const jobcodeId = neighbour.values.jobcode_id as number | null;
      Object.assign(neighbour, { isBreak: isBreak(jobcodeId) || isTimeOff(jobcodeId) });
    }
  }
  const layout = layoutOf(users);
  const fields = await fieldDefinitions(ctx, 'timesheet');
  return {
    users: new Map([...userRows].map(([id, cells]) => [id, layout.values(cells)])),
    settings,
    jobcodeUse: await jobcodeUse(ctx, pairs),
    projectOf,
    isBreak,
    isTimeOff,
    fields,
    limits: await limitsOf(ctx, fields, candidates.filter(mayChoose).map(useOf)),
    lockDate: await companyLockDate(ctx),
    closed: await closedTime(ctx, userIds),
    deletedFiles: await deletedAmong(ctx, candidates, 'attached_files'),
    neighbours,
  };
}

/** The day to which the company's books are closed. */
export async function companyLockDate(ctx: Ctx): Promise<string | null> {
  const { companyId } = ctx.actor;
  const known = await ctx.cache.remember(companyId, 'lock date', 0, async () => {
    const [row] = await ctx.db.rows(sql`SELECT lock_date FROM companies WHERE id = ${companyId}`);
    return { day: row?.[0] ?? null };
  });
  return known.day;
}

/** Regular timesheets that touch the time of a candidate, before or after rounding, and those of its user that are open. */
async function loadNeighbours(
  ctx: Ctx,
  candidates: readonly Candidate[],
  settings: ReadonlyMap<number, SettingsReader>,
): Promise<Map<number, Neighbour[]>> {
  const users: number[] = [];
  const from: string[] = [];
  const to: string[] = [];
  for (const { values, before } of candidates) {
    if (values.type !== 'regular' || typeof values.start_at !== 'number' || typeof values.user_id !== 'number')
      continue;
    const reopened = before !== undefined && before.end_at !== null && values.end_at === null;
    const end = typeof values.end_at === 'number' ? values.end_at : reopened ? farFuture : ctx.now;
    const step = (roundingIn(settings.get(values.user_id))?.minutes ?? 0) * 60;
    users.push(values.user_id);
    from.push(pgOfEpoch(values.start_at - step));
    to.push(pgOfEpoch(Math.max(values.start_at, end) + step));
  }
  const neighbours = new Map<number, Neighbour[]>();
  if (users.length === 0) return neighbours;
  const layout = layoutOf(resourceOf(ctx, 'timesheets'));
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH c AS (SELECT * FROM unnest(${users}::int[], ${from}::timestamptz[], ${to}::timestamptz[]) AS c(user_id, f, u))
    SELECT ${layout.select} FROM timesheets t WHERE t.company_id = ${companyId} AND t.id = ANY(ARRAY(
      SELECT o.id FROM timesheets o WHERE o.company_id = ${companyId} AND o.user_id = ANY(${users}::int[])
        AND o.end_at IS NULL AND o.type = 'regular'
      UNION ALL
      SELECT n.id FROM c JOIN timesheets n ON n.company_id = ${companyId} AND n.user_id = c.user_id AND n.type = 'regular'
        AND tstzrange(n.start_at, coalesce(n.end_at, n.start_at), CASE WHEN n.end_at IS NULL THEN '[]' ELSE '[)' END)
          && tstzrange(c.f, c.u, '[]')))`);
  for (const cells of rows) {
    const values = layout.values(cells);
    const userId = Number(values.user_id);
    const list = neighbours.get(userId) ?? [];
    list.push(neighbourOf(Number(values.id), values, false));
    neighbours.set(userId, list);
  }
  return neighbours;
}

/** A row as the rules about time see it. */
export function neighbourOf(id: number, values: Values, isBreak: boolean, owner?: Candidate): Neighbour {
  const end = values.end_at;
  return {
    id,
    start: Number(values.start_at),
    end: end === null || end === undefined ? null : Number(end),
    offset: Number(values.start_offset),
    endOffset: Number(values.end_offset ?? values.start_offset),
    isBreak,
    values,
    ...(owner === undefined ? {} : { owner }),
  };
}
