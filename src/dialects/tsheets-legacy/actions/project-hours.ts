import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { lookup } from '../../../engine/lookup.ts';
import { DomainError } from '../../../lib/errors.ts';
import { hoursText } from '../../../lib/hours.ts';
import { parseDay } from '../../../lib/time.ts';
import { sumsUnder } from '../../../reports/project/by-tree.ts';
import { projectTotals } from '../../../reports/project/index.ts';
import { todayOf } from '../../../resources/pto-balances/balances.ts';
import type { Action, Tree } from '../action.ts';
import { checkOrder, dayGiven } from '../days.ts';
import { idsGiven } from '../lists.ts';
import { idGiven } from '../read.ts';

const mostIds = 10_000;

/** get_project_hours: hours by jobcode, user and group, of the time that the caller may see. */
export const getProjectHours: Action = async ({ ctx, params }) => {
  const today = (await todayOf(ctx, [ctx.actor.userId]))(ctx.actor.userId);
  const start = dayGiven(params, 'start_date') ?? tenYearsBefore(today);
  const end = dayGiven(params, 'end_date') ?? today;
  checkOrder(start, end);
  const root = idGiven(params, 'job_code_id') ?? 0;
  const jobcodeIds = root === 0 ? [] : [root];
  const userIds = idsGiven(params, 'user_ids', mostIds);
  const groupIds = idsGiven(params, 'group_ids', mostIds);
  await demandKnown(ctx, 'job_code_id', 'jobcodes', jobcodeIds);
  await demandKnown(ctx, 'user_ids', 'users', userIds);
  await demandKnown(
    ctx,
    'group_ids',
    'groups',
    groupIds.filter((id) => id !== 0),
  );
  const query = { start, end, userIds, groupIds, jobcodeIds, jobcodeType: undefined, values: new Map() };
  const { users, groups, jobcodes } = await projectTotals(ctx, query);
  const byId = (sums: Iterable<readonly [number, number]>): Tree =>
    Object.fromEntries([...sums].map(([id, seconds]) => [id, Number(hoursText(seconds))]));
  const data: Tree = {
    filters: { start_date: start, end_date: end, job_code_id: root, user_ids: userIds, group_ids: groupIds },
    totals: {
      jobcodes: byId(await sumsUnder(ctx, root, jobcodes)),
      users: byId(users.map(({ id, seconds }) => [id, seconds])),
      groups: byId(groups.map(({ id, seconds }) => [id, seconds])),
    },
  };
  return { message: 'Successfully retrieved hours', fields: { data } };
};

/** The same day ten years ago; of a 29 February the day before where that year has none. */
function tenYearsBefore(day: string): string {
  const text = `${String(Number(day.slice(0, 4)) - 10).padStart(4, '0')}${day.slice(4)}`;
  return parseDay(text) ?? `${text.slice(0, 8)}28`;
}

async function demandKnown(ctx: Ctx, name: string, resource: string, ids: readonly number[]): Promise<void> {
  const found = await lookup(ctx, resourceOf(ctx, resource), ids);
  const unknown = ids.find((id) => !found.has(id));
  if (unknown !== undefined)
    throw new DomainError('not-found', `${name} names ${unknown}, which does not exist`, { field: name });
}
