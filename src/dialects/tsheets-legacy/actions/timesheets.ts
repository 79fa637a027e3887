import { type Ctx, resourceOf } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { layoutOf } from '../../../engine/layout.ts';
import { lookup } from '../../../engine/lookup.ts';
import { listValues } from '../../../engine/values.ts';
import { hoursText } from '../../../lib/hours.ts';
import { daysBetween, isoLocal } from '../../../lib/time.ts';
import { lockDateOf } from '../../../resources/companies/queries.ts';
import { timesheetsByJobcode } from '../../../resources/timesheets/by-jobcode.ts';
import type { Action, Tree } from '../action.ts';
import { checkOrder, dayGiven } from '../days.ts';
import { idsGiven } from '../lists.ts';
import { idGiven, invalid, required } from '../read.ts';
import { plainOf } from '../shapes.ts';

const mostDays = 375;
const mostUsers = 200;
const perPage = 500;

/** get_timesheets: completed time, in the order of days. It is read page by page while it is sent, however much there is. */
export const getTimesheets: Action = async ({ ctx, params }) => {
  for (const name of ['start_date', 'end_date']) required(params, name);
  const [start, end] = [dayGiven(params, 'start_date') ?? '', dayGiven(params, 'end_date') ?? ''];
  checkOrder(start, end);
  if (daysBetween(start, end) >= mostDays) throw invalid('end_date', `less than ${mostDays} days after start_date`);
  const jobcodeId = idGiven(params, 'job_code_id');
  const users = idsGiven(params, 'users', mostUsers);
  const asked = {
    start_date: start,
    end_date: end,
    ...(jobcodeId === undefined ? {} : { jobcode: String(jobcodeId) }),
    ...(users.length === 0 ? {} : { user_ids: users.join() }),
  };
  return { message: 'Successfully retrieved timesheets', list: { name: 'data', rows: rowsOf(ctx, asked) } };
};

async function* rowsOf(ctx: Ctx, params: Readonly<Record<string, string>>): AsyncGenerator<Tree> {
  const lockDate = (await lockDateOf(ctx.db, ctx.actor.companyId)) ?? '';
  for (let page = 1, more = true; more; page += 1) {
    const found = await listValues(ctx, timesheetsByJobcode, { params, limit: perPage, page });
    more = found.more;
    const usernames = await namesOf(ctx, 'users', 'username', found.rows, 'user_id');
    const jobcodes = await namesOf(ctx, 'jobcodes', 'name', found.rows, 'jobcode_id');
    for (const row of found.rows) {
      yield timesheetTree(row, {
        username: usernames.get(Number(row.user_id)) ?? '',
        jobcode: jobcodes.get(Number(row.jobcode_id)) ?? '',
        locked: Number(row.locked) > 0 || String(row.date) <= lockDate,
      });
    }
  }
}

/** A text of the rows of another resource that these refer to, by id. */
async function namesOf(
  ctx: Ctx,
  resource: string,
  column: string,
  rows: readonly Values[],
  by: string,
): Promise<Map<number, string>> {
  const definition = resourceOf(ctx, resource);
  const ids = rows.flatMap((row) => (typeof row[by] === 'number' ? [row[by]] : []));
  const found = await lookup(ctx, definition, ids);
  return new Map([...found].map(([id, cells]) => [id, String(layoutOf(definition).value(cells, column))]));
}

/** A timesheet in an answer. Addresses are not kept: ip_in and ip_out are empty. */
function timesheetTree(row: Values, more: { username: string; jobcode: string; locked: boolean }): Tree {
  const [startOffset, endOffset] = [Number(row.start_offset ?? 0), Number(row.end_offset ?? row.start_offset ?? 0)];
  const seconds = Number(row.duration);
  return {
    ts_id: Number(row.id),
    user_id: Number(row.user_id),
    username: more.username,
    clocked_in: 0,
    start_time: timeText(row.start_at, startOffset),
    end_time: timeText(row.end_at, endOffset),
    start_time_gmt: timeText(row.start_at, 0),
    end_time_gmt: timeText(row.end_at, 0),
    tz: startOffset / 60,
    total_seconds: seconds,
    total_hours: Number(hoursText(seconds)),
    ip_in: '',
    ip_out: row.type === 'manual' ? '0.0.0.0' : '',
    location: plainOf(row.location),
    locked: more.locked,
    exported: Number(row.locked) > 0,
    jobcode_id: Number(row.jobcode_id ?? 0),
    jobcode: more.jobcode,
    custom_fields: row.customfields instanceof Map ? Object.fromEntries(row.customfields) : {},
    notes: plainOf(row.notes),
  };
}

/** 'YYYY-MM-DD hh:mm:ss' at an offset in minutes; empty where there is no moment. */
function timeText(epoch: Values[string] | undefined, offset: number): string {
  return typeof epoch === 'number' ? isoLocal(epoch, offset).slice(0, 19).replace('T', ' ') : '';
}
