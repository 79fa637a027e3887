import type { Ctx } from '../../engine/context.ts';
import { laterDay } from '../../lib/time.ts';
import type { Periods, Worked } from '../../rules/accrual/granted.ts';
import type { AccrualFacts, Happened } from '../../rules/accrual/ledger.ts';
import type { Period } from '../../rules/accrual/policy.ts';
import { workDays, workSpans } from '../../rules/accrual/spans.ts';
import { type PaySchedule, payScheduleOf, periodsBetween } from '../../rules/pay-periods.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';
import { type PtoPerson, type PtoPolicy, policiesFor, ptoPolicies } from './policies.ts';

/** Somebody, and the last day that shall count. */
export interface Wanted extends PtoPerson {
  readonly to: string;
}

/** What is known of one person and jobcode, while it is put together. */
interface Account {
  readonly person: Wanted;
  readonly jobcodeId: number;
  readonly policies: readonly PtoPolicy[];
  readonly used: Happened[];
  readonly adjustments: Happened[];
  readonly worked: Worked[];
}

/**
 * All that decides about the time off of these people, by user and jobcode, in at most three statements. Nothing for a
 * person or jobcode without a policy; no statement in a company that has none. Work is summed up as far as the balance on the
 * last day allows, or by day where every entry of the ledger is wanted.
 */
export async function accrualFacts(
  ctx: Ctx,
  wanted: readonly Wanted[],
  detail: 'balance' | 'ledger',
): Promise<Map<number, Map<number, AccrualFacts>>> {
  const policies = await ptoPolicies(ctx);
  const found = new Map<number, Map<number, AccrualFacts>>();
  if (policies.length === 0) return found;
  const accounts = wanted.flatMap((person) => accountsOf(policies, person));
  if (accounts.length === 0) return found;
  await addEvents(ctx, accounts);
  await addWork(ctx, accounts, detail);
  const periods = await periodsOf(ctx, accounts);
  for (const { person, jobcodeId, ...known } of accounts) {
    const own = found.get(person.id) ?? new Map<number, AccrualFacts>();
    own.set(jobcodeId, { ...known, hired: person.hired, left: person.left, periods: periods(person.id) });
    found.set(person.id, own);
  }
  return found;
}

function accountsOf(policies: readonly PtoPolicy[], person: Wanted): Account[] {
  return [...policiesFor(policies, person)].map(([jobcodeId, own]) => ({
    person,
    jobcodeId,
    policies: own,
    used: [],
    adjustments: [],
    worked: [],
  }));
}

/** Adds what was used and entered to the accounts. */
async function addEvents({ db, actor }: Ctx, accounts: readonly Account[]): Promise<void> {
  const byKey = new Map(accounts.map((account) => [`${account.person.id} ${account.jobcodeId}`, account]));
  for (const [kind, user, jobcode, id, date, seconds, note] of await db.rows(events(actor.companyId, accounts))) {
    const account = byKey.get(`${user} ${jobcode}`);
    const event = { id: Number(id), date: String(date), seconds: Number(seconds), note: String(note) };
    (kind === 'used' ? account?.used : account?.adjustments)?.push(event);
  }
}

/** So many people are nearly all: what all used of a jobcode is found faster than what each of them recorded. */
const many = 20;

/** Timesheets on the jobcodes of the accounts, and what was entered. An open timesheet has used nothing yet. */
function events(companyId: number, accounts: readonly Account[]): Sql {
  const users = [...new Set(accounts.map(({ person }) => person.id))];
  const jobcodes = [...new Set(accounts.map(({ jobcodeId }) => jobcodeId))];
  const last = accounts.map(({ person }) => person.to).reduce(laterDay);
  const columns = sql`t.user_id, t.jobcode_id, t.id, t.date, t.duration`;
  const used =
    users.length < many
      ? sql`SELECT ${columns} FROM timesheets t
          WHERE t.company_id = ${companyId} AND t.user_id = ANY(${users}::int[]) AND t.jobcode_id = ANY(${jobcodes}::int[])
            AND t.date <= ${last}::date`
      : // OFFSET keeps the planner from reading everybody's work by user instead.
        sql`SELECT ${columns} FROM unnest(${jobcodes}::int[]) AS j (id) CROSS JOIN LATERAL (
            SELECT ${columns} FROM timesheets t
            WHERE t.company_id = ${companyId} AND t.jobcode_id = j.id AND t.date <= ${last}::date OFFSET 0
          ) t WHERE t.user_id = ANY(${users}::int[])`;
  return sql`
    SELECT 'used', u.*, '' FROM (${used}) u
    UNION ALL
    SELECT 'adjusted', user_id, jobcode_id, id, date, seconds, note FROM pto_adjustments
    WHERE company_id = ${companyId} AND user_id = ANY(${users}::int[]) AND jobcode_id = ANY(${jobcodes}::int[])
      AND date <= ${last}::date
    ORDER BY 5, 4`;
}

/** Adds the seconds of work and paid breaks to the accounts, in as few sums as will do, or by day. */
async function addWork({ db, actor }: Ctx, accounts: readonly Account[], detail: 'balance' | 'ledger'): Promise<void> {
  const { companyId } = actor;
  const daily = detail === 'ledger';
  const spans = accounts.flatMap((account) => {
    const { person, policies, used, adjustments } = account;
    const known = { policies, used, adjustments, hired: person.hired, left: person.left };
    return (daily ? workDays : workSpans)(known, person.to).map((span) => ({ ...span, account }));
  });
  if (spans.length === 0) return;
  const sums = await db.rows(sql`
    SELECT w.position, w.day, sum(w.seconds) FROM (
      SELECT s.position, CASE WHEN ${daily}::boolean THEN t.date END AS day, t.jobcode_id, sum(t.duration) AS seconds
      FROM unnest(${spans.map(({ account }) => account.person.id)}::int[], ${spans.map(({ start }) => start)}::date[],
        ${spans.map(({ end }) => end)}::date[]) WITH ORDINALITY AS s (user_id, first, last, position)
      JOIN timesheets t ON t.company_id = ${companyId} AND t.user_id = s.user_id AND t.date BETWEEN s.first AND s.last
      GROUP BY 1, 2, 3
    ) w
    LEFT JOIN jobcodes j ON j.company_id = ${companyId} AND j.id = w.jobcode_id
    WHERE coalesce(j.type, 'regular') IN ('regular', 'paid_break')
    GROUP BY 1, 2 ORDER BY 1, 2`);
  for (const [position, day = null, seconds] of sums) {
    const span = spans[Number(position) - 1];
    span?.account.worked.push({ date: day ?? span.end, seconds: Number(seconds) });
  }
}

/** The pay periods of each user, where a policy needs them. Users who are paid on the same days share what was computed. */
async function periodsOf(ctx: Ctx, accounts: readonly Account[]): Promise<(userId: number) => Periods> {
  const paid = accounts.filter(({ policies }) => policies.some(({ method }) => method === 'per_period'));
  const none: Periods = () => [];
  if (paid.length === 0) return () => none;
  const settings = await effectiveSettings(
    ctx,
    paid.map(({ person }) => person.id),
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
