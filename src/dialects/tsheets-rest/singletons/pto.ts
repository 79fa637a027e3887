import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { idsIn, type Params, textOf } from '../../../engine/filters.ts';
import { lookup } from '../../../engine/lookup.ts';
import { DomainError } from '../../../lib/errors.ts';
import { addDays, parseDay } from '../../../lib/time.ts';
import { balancesOf, todayOf } from '../../../resources/pto-balances/balances.ts';
import { type PtoEntry, ptoLedger } from '../../../resources/pto-balances/ledger.ts';
import { seenPeople } from '../../../resources/pto-balances/people.ts';
import { type Handler, queryOf } from '../handlers.ts';
import { pagingOf, paramsOf, supplementalWanted } from '../read.ts';
import { supplementalText } from '../write.ts';

/** How far ahead balances are computed, in days. */
const farthest = 3660;

/**
 * GET /pto_balances: what users have at the end of a day, today when none is given, in seconds by jobcode. Of a day to come,
 * with all that accrues by then without more work, and less the time off that is approved. An addition to the reference.
 */
export const ptoBalancesHandler: Handler = async (ctx, request) => {
  const params = paramsOf(queryOf(request));
  const ids = idsIn(params, 'user_ids');
  const people = await seenPeople(ctx, ids.length === 0 ? [ctx.actor.userId] : ids);
  const today = await todayOf(
    ctx,
    people.map(({ id }) => id),
  );
  const wanted = people.map((person) => ({ ...person, to: dayIn(params, 'date', today(person.id)) }));
  const balances = await balancesOf(ctx, wanted);
  const rows = wanted.map(({ id, to }) => {
    const pairs = [...(balances.get(id) ?? [])].map(([jobcode, seconds]) => `"${jobcode}":${seconds}`);
    return `"${id}":{"user_id":${id},"date":"${to}","balances":{${pairs.join()}}}`;
  });
  const jobcodes = new Set([...balances.values()].flatMap((own) => [...own.keys()]));
  const supplemental = await supplementalOf(ctx, params, jobcodes);
  return `{"results":{"pto_balances":{${rows.join()}}},"more":false${supplemental}}`;
};

/**
 * GET /pto_ledger: every change of one user's balances with the balance after it, oldest first, in pages. Without a range of
 * days, all up to today. An addition to the reference.
 */
export const ptoLedgerHandler: Handler = async (ctx, request) => {
  const params = paramsOf(queryOf(request));
  const { limit, page } = pagingOf(params);
  const [person] = await seenPeople(ctx, [idsIn(params, 'user_id').at(-1) ?? ctx.actor.userId]);
  if (person === undefined) throw new DomainError('not-found', 'There is no such user');
  const today = (await todayOf(ctx, [person.id]))(person.id);
  const [from, to] = [dayIn(params, 'start_date', today, ''), dayIn(params, 'end_date', today)];
  const only = idsIn(params, 'jobcode_id');
  const ledger = (await ptoLedger(ctx, { ...person, to })).filter(
    ({ date, jobcodeId }) => date >= from && (only.length === 0 || only.includes(jobcodeId)),
  );
  const shown = ledger.slice((page - 1) * limit, page * limit);
  const results = JSON.stringify({ pto_ledger: { user_id: person.id, entries: shown.map(entryOf) } });
  const supplemental = await supplementalOf(ctx, params, new Set(shown.map(({ jobcodeId }) => jobcodeId)));
  return `{"results":${results},"more":${ledger.length > page * limit}${supplemental}}`;
};

function entryOf(entry: PtoEntry): Record<string, unknown> {
  return {
    date: entry.date,
    jobcode_id: entry.jobcodeId,
    kind: entry.kind,
    seconds: entry.seconds,
    balance: entry.balance,
    pto_policy_id: entry.policyId ?? 0,
    pto_adjustment_id: entry.adjustmentId ?? 0,
    timesheet_id: entry.timesheetId ?? 0,
    note: entry.note,
  };
}

/** A day that is not too far ahead of today; today, or `otherwise`, when none is given. */
function dayIn(params: Params, name: string, today: string, otherwise = today): string {
  const text = textOf(params, name);
  if (text === undefined) return otherwise;
  const day = parseDay(text);
  if (day === undefined)
    throw new DomainError('invalid', `${name} must be a date in the form YYYY-MM-DD`, { field: name });
  if (day > addDays(today, farthest))
    throw new DomainError('invalid', `${name} must not lie more than ten years ahead`, { field: name });
  return day;
}

async function supplementalOf(ctx: Ctx, params: Params, jobcodes: ReadonlySet<number>): Promise<string> {
  if (!supplementalWanted(params)) return '';
  const found = await lookup(ctx, resourceOf(ctx, 'jobcodes'), jobcodes);
  return `,"supplemental_data":${supplementalText(ctx, new Map([['jobcodes', found]]))}`;
}
