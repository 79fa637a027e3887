import type { Ctx } from '../../engine/context.ts';
import { laterDay } from '../../lib/time.ts';
import type { Periods, Worked } from '../../rules/accrual/granted.ts';
import { type AccrualFacts, type Happened, type WorkSpan, workSpans } from '../../rules/accrual/ledger.ts';
import type { Period } from '../../rules/accrual/policy.ts';
import { type PaySchedule, payScheduleOf, periodsBetween } from '../../rules/pay-periods.ts';
import type { Cells } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';
import { type PtoPerson, type PtoPolicy, policiesFor, ptoPolicies } from './policies.ts';

/** Somebody, and the last day that shall count. */
export interface Wanted extends PtoPerson {
  readonly to: string;
}

/** What is known of one person and jobcode, while it is put together. */
interface Account {
  readonly userId: number;
  readonly jobcodeId: number;
  readonly policies: readonly PtoPolicy[];
  readonly spans: readonly WorkSpan[];
  readonly used: Happened[];
  readonly adjustments: Happened[];
  readonly worked: Worked[];
}

/**
 * All that decides about the time off of these people, by user and jobcode, in at most three statements. Nothing for a
 * person or jobcode without a policy; no statement in a company that has none.
 */
export async function accrualFacts(
  ctx: Ctx,
  wanted: readonly Wanted[],
): Promise<Map<number, Map<number, AccrualFacts>>> {
  const policies = await ptoPolicies(ctx);
  const found = new Map<number, Map<number, AccrualFacts>>();
  if (policies.length === 0) return found;
  const accounts = wanted.flatMap((person) => accountsOf(policies, person));
  if (accounts.length === 0) return found;
  await fillIn(ctx, accounts, wanted);
  const periods = await periodsOf(ctx, accounts);
  const people = new Map(wanted.map((person) => [person.id, person]));
  for (const { userId, jobcodeId, policies: own, used, adjustments, worked } of accounts) {
    const { hired = null, left = null } = people.get(userId) ?? {};
    const of = found.get(userId) ?? new Map<number, AccrualFacts>();
    of.set(jobcodeId, { hired, left, policies: own, periods: periods(userId), worked, used, adjustments });
    found.set(userId, of);
  }
  return found;
}

function accountsOf(policies: readonly PtoPolicy[], person: Wanted): Account[] {
  return [...policiesFor(policies, person)].map(([jobcodeId, own]) => ({
    userId: person.id,
    jobcodeId,
    policies: own,
    spans: workSpans(own, person, person.to),
    used: [],
    adjustments: [],
    worked: [],
  }));
}

/** Adds what was used, entered and worked to the accounts. */
async function fillIn({ db, actor }: Ctx, accounts: readonly Account[], wanted: readonly Wanted[]): Promise<void> {
  const { companyId } = actor;
  const last = wanted.map(({ to }) => to).reduce(laterDay);
  const spans = accounts.flatMap((account) => account.spans.map((span) => ({ ...span, account })));
  const statements = [happened(companyId, accounts, last)];
  if (spans.length > 0) statements.push(worked(companyId, spans));
  const [events = [], sums = []] = await db.pipeline(statements);
  const byKey = new Map(accounts.map((account) => [`${account.userId} ${account.jobcodeId}`, account]));
  for (const cells of events) {
    const [kind, user, jobcode] = cells;
    const account = byKey.get(`${user} ${jobcode}`);
    (kind === 'used' ? account?.used : account?.adjustments)?.push(happenedOf(cells));
  }
  for (const [position, day = null, seconds] of sums) {
    const span = spans[Number(position) - 1];
    span?.account.worked.push({ date: day ?? span.to, seconds: Number(seconds) });
  }
}

function happenedOf([, , , id, date, seconds, note]: Cells): Happened {
  return { id: Number(id), date: String(date), seconds: Number(seconds), note: String(note) };
}

/** Timesheets on the jobcodes of the accounts, and what was entered. An open timesheet has used nothing yet. */
function happened(companyId: number, accounts: readonly Account[], last: string): Sql {
  const users = [...new Set(accounts.map(({ userId }) => userId))];
  const jobcodes = [...new Set(accounts.map(({ jobcodeId }) => jobcodeId))];
  return sql`
    SELECT 'used', user_id, jobcode_id, id, date, duration, '' FROM timesheets
    WHERE company_id = ${companyId} AND user_id = ANY(${users}::int[]) AND jobcode_id = ANY(${jobcodes}::int[])
      AND date <= ${last}::date
    UNION ALL
    SELECT 'adjusted', user_id, jobcode_id, id, date, seconds, note FROM pto_adjustments
    WHERE company_id = ${companyId} AND user_id = ANY(${users}::int[]) AND jobcode_id = ANY(${jobcodes}::int[])
      AND date <= ${last}::date
    ORDER BY 5, 4`;
}

/** Seconds of work and paid breaks in each span, by day where the span says so; spans without any are left out. */
function worked(companyId: number, spans: readonly (WorkSpan & { readonly account: Account })[]): Sql {
  return sql`
    SELECT s.position, CASE WHEN s.daily THEN t.date END, sum(t.duration)
    FROM unnest(${spans.map(({ account }) => account.userId)}::int[], ${spans.map(({ from }) => from)}::date[],
      ${spans.map(({ to }) => to)}::date[], ${spans.map(({ daily }) => daily)}::boolean[])
      WITH ORDINALITY AS s (user_id, first, last, daily, position)
    JOIN timesheets t ON t.company_id = ${companyId} AND t.user_id = s.user_id AND t.date BETWEEN s.first AND s.last
    LEFT JOIN jobcodes j ON j.company_id = t.company_id AND j.id = t.jobcode_id
    WHERE coalesce(j.type, 'regular') IN ('regular', 'paid_break')
    GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** The pay periods of each user, where a policy needs them. Users who are paid on the same days share what was computed. */
async function periodsOf(ctx: Ctx, accounts: readonly Account[]): Promise<(userId: number) => Periods> {
  const paid = accounts.filter(({ policies }) => policies.some(({ method }) => method === 'per_period'));
  const none: Periods = () => [];
  if (paid.length === 0) return () => none;
  const settings = await effectiveSettings(
    ctx,
    paid.map(({ userId }) => userId),
  );
  const bySchedule = new Map<string, Periods>();
  return (userId) => {
    const reader = settings.get(userId);
    if (reader === undefined) return none;
    const schedule = payScheduleOf(reader);
    const key = JSON.stringify(schedule);
    const periods = bySchedule.get(key) ?? remembering(schedule);
    bySchedule.set(key, periods);
    return periods;
  };
}

function remembering(schedule: PaySchedule): Periods {
  const known = new Map<string, readonly Period[]>();
  return (from, to) => {
    const periods = known.get(`${from} ${to}`) ?? periodsBetween(schedule, from, to).filter(({ end }) => end <= to);
    known.set(`${from} ${to}`, periods);
    return periods;
  };
}
