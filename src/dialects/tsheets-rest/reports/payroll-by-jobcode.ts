import { setImmediate as turn } from 'node:timers/promises';
import type { Ctx } from '../../../engine/context.ts';
import type { Table } from '../../../lib/table.ts';
import { dayOfEpochDays } from '../../../lib/time.ts';
import type { Line, PersonPay } from '../../../reports/payroll/payroll.ts';
import {
  addSeconds,
  allPremiums,
  noSeconds,
  type Premium,
  type Premiums,
  type Seconds,
} from '../../../reports/payroll/seconds.ts';
import { type Payroll, payrollAsked } from './payroll-asked.ts';
import { explainPieces } from './payroll-explain.ts';
import { overtimeOf, totalsOf } from './payroll-layouts.ts';
import { personCells, personHead, SecondsColumns } from './payroll-table.ts';
import type { Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';

/** reports/payroll_by_jobcode: the same time by jobcode and day. Reference: 28-reports.md, Retrieve Payroll by Jobcode Report. */
export const payrollByJobcode: Report = {
  run: async (ctx, asked) => {
    const computed = await payrollAsked(ctx, asked, {});
    return { json: () => pieces(ctx, computed, asked.supplemental), table: () => table(ctx, computed) };
  },
};

/** People whose time is added up before others get a turn; a year of time each takes some milliseconds. */
const peopleATurn = 50;

async function* pieces(ctx: Ctx, computed: Payroll, supplemental: boolean): AsyncGenerator<string> {
  const { pays, advanced, explain } = computed;
  const premiums = [...allPremiums(pays.map((pay) => pay.premiums))];
  const totals = new Map<number, Seconds>();
  for (const [index, pay] of pays.entries()) {
    addByJobcode(totals, premiums, pay);
    if (index % peopleATurn === 0) await turn();
  }
  const beside = supplemental
    ? await supplementalOf(ctx, { users: pays.map(({ userId }) => userId), jobcodes: positive(totals.keys()) })
    : undefined;
  // The report comes before its filters: clients take the first property for it.
  yield `{"results":{"payroll_by_jobcode_report":{"totals":${jobcodesText(totals, premiums, advanced)},"by_user":{`;
  for (const [index, pay] of pays.entries()) {
    yield `${index === 0 ? '' : ','}"${pay.userId}":${personText(pay, advanced)}`;
  }
  yield `}},"filters":${filtersText(computed)}`;
  if (explain) yield* explainPieces(pays);
  yield beside === undefined ? '}}' : `},${beside}}`;
}

function* positive(ids: Iterable<number>): Generator<number> {
  for (const id of ids) if (id > 0) yield id;
}

function addByJobcode(totals: Map<number, Seconds>, premiums: Premium[], pay: PersonPay): void {
  for (const { jobcodeId, seconds } of pay.lines) {
    const total = totals.get(jobcodeId) ?? noSeconds();
    totals.set(jobcodeId, total);
    addSeconds(total, premiums, seconds, pay.premiums);
  }
}

function jobcodesText(totals: ReadonlyMap<number, Seconds>, premiums: Premiums, advanced: boolean): string {
  const sorted = [...totals].sort(([a], [b]) => a - b);
  return `{${sorted.map(([jobcodeId, seconds]) => jobcodeText(jobcodeId, seconds, premiums, advanced, false)).join(',')}}`;
}

function jobcodeText(
  jobcodeId: number,
  seconds: Seconds,
  premiums: Premiums,
  advanced: boolean,
  unpaid: boolean,
): string {
  const totals = totalsOf(seconds, premiums, advanced, unpaid);
  const byRate = advanced ? `,${overtimeOf(seconds, premiums, 'with time')}` : '';
  return `"${jobcodeId}":{"jobcode_id":${jobcodeId},${totals}${byRate}}`;
}

function personText(pay: PersonPay, advanced: boolean): string {
  const premiums = [...pay.premiums];
  const totals = new Map<number, Seconds>();
  addByJobcode(totals, premiums, pay);
  const byJobcode = jobcodesText(totals, premiums, advanced);
  return `{"user_id":${pay.userId},"totals":${byJobcode},"dates":${datesText(pay, advanced)}}`;
}

function datesText({ lines, premiums }: PersonPay, advanced: boolean): string {
  const dates = new Map<number, Line[]>();
  for (const line of lines) {
    const sameDay = dates.get(line.day);
    if (sameDay === undefined) dates.set(line.day, [line]);
    else sameDay.push(line);
  }
  const texts = Array.from(dates, ([day, sameDay]) => {
    const jobcodes = sameDay.map((line) => jobcodeText(line.jobcodeId, line.seconds, premiums, advanced, true));
    return `"${dayOfEpochDays(day)}":{${jobcodes.join(',')}}`;
  });
  return `{${texts.join(',')}}`;
}

function filtersText({ range, userIds, groupIds }: Payroll): string {
  return JSON.stringify({
    start_date: range.start,
    end_date: range.end,
    ...(userIds === undefined ? {} : { user_ids: userIds.map(String) }),
    ...(groupIds === undefined ? {} : { group_ids: groupIds.map(String) }),
  });
}

/** One row a person, day and jobcode. */
function table(ctx: Ctx, { range, advanced, pays }: Payroll): Table {
  const columns = new SecondsColumns(pays, advanced, true);
  async function* cells(): AsyncGenerator<readonly (string | number | null)[]> {
    const people = await personCells(ctx, pays);
    for (const { userId, lines, premiums } of pays) {
      for (const { day, jobcodeId, seconds } of lines) {
        yield [...(people.get(userId) ?? []), dayOfEpochDays(day), jobcodeId, ...columns.cells(seconds, premiums)];
      }
    }
  }
  const head = [...personHead, 'date', 'jobcode_id', ...columns.head];
  return { name: `payroll-by-jobcode-${range.start}-${range.end}`, head, rows: cells() };
}
