import type { Ctx } from '../../../engine/context.ts';
import { isoUtc } from '../../../lib/time.ts';
import { momentsOfCompany } from '../../../reports/current-totals/company.ts';
import { currentTotals, type Total, totalsOrders } from '../../../reports/current-totals/index.ts';
import { choiceIn, knownIds, pageIn, saysYes } from './filters.ts';
import type { Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';

/** Who works now, and for how long. Reference: 28-reports.md, Retrieve Current Totals Report. */
export const currentTotalsReport: Report = {
  run: async (ctx, { data, supplemental }) => {
    const { totals, more } = await currentTotals(ctx, {
      userIds: await knownIds(ctx, data, 'user_ids', 'users'),
      groupIds: await knownIds(ctx, data, 'group_ids', 'groups', { zero: true }),
      onTheClock: choiceIn(data, 'on_the_clock', ['yes', 'no', 'both'], 'no'),
      order: choiceIn(data, 'order_by', totalsOrders, 'user_id'),
      descending: saysYes(data, 'order_desc'),
      ...pageIn(data),
    });
    const carried = supplemental ? `,${await supplementalText(ctx, totals)}` : '';
    return {
      json: function* () {
        yield '{"results":{"current_totals":{';
        for (const [index, total] of totals.entries()) yield `${index === 0 ? '' : ','}${totalText(total)}`;
        yield `}},"more":${more}${carried}}`;
      },
      table: () => ({ name: 'current-totals', head, rows: totals.map(rowOf) }),
    };
  },
};

function totalText({ userId, groupId, open, seconds }: Total): string {
  const value = {
    user_id: userId,
    on_the_clock: open !== undefined,
    timesheet_id: open?.timesheetId ?? null,
    jobcode_id: open?.jobcodeId ?? null,
    group_id: groupId,
    shift_geolocations_available: open?.hasGeolocations ?? false,
    shift_seconds: seconds.shift,
    day_seconds: seconds.day,
  };
  return `"${userId}":${JSON.stringify(value)}`;
}

async function supplementalText(ctx: Ctx, totals: readonly Total[]): Promise<string> {
  const open = totals.flatMap((total) => total.open ?? []);
  const sections = {
    users: totals.map(({ userId }) => userId),
    groups: totals.map(({ groupId }) => groupId),
    timesheets: open.map(({ timesheetId }) => timesheetId),
    jobcodes: open.map(({ jobcodeId }) => jobcodeId),
    customfields: open.flatMap(({ customfieldIds }) => customfieldIds),
  };
  if (totals.every(({ groupId }) => groupId !== 0)) return supplementalOf(ctx, sections);
  // Those without a group have one that is none.
  const { created, lastModified } = await momentsOfCompany(ctx);
  const none = { id: 0, name: '-', last_modified: isoUtc(lastModified), created: isoUtc(created) };
  return supplementalOf(ctx, sections, { groups: `"0":${JSON.stringify(none)}` });
}

const head = [
  'user_id',
  'username',
  'first_name',
  'last_name',
  'group',
  'on_the_clock',
  'jobcode',
  'shift_seconds',
  'day_seconds',
];

function rowOf({ userId, username, firstName, lastName, groupName, open, seconds }: Total): (string | number | null)[] {
  const working = open === undefined ? 'no' : 'yes';
  const jobcode = open?.jobcodeName ?? null;
  return [userId, username, firstName, lastName, groupName, working, jobcode, seconds.shift, seconds.day];
}
