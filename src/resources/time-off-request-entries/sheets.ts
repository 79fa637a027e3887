import { candidateToCreate } from '../../engine/candidates.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { loadByIds } from '../../engine/lookup.ts';
import { lostRace } from '../../engine/results.ts';
import { judge } from '../../engine/rules-of-batch.ts';
import { insertRows } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { isoLocal } from '../../lib/time.ts';
import { closedTime } from '../payroll-closings/closed-time.ts';
import { companyLockDate } from '../timesheets/facts.ts';
import { removeTimesheets } from '../timesheets/removal.ts';
import { lockOf } from '../timesheets/rules.ts';
import type { EntryFacts } from './facts.ts';

/**
 * Applies the rules of timesheets: to those that approved entries become, and to those that vanish because their entry is
 * approved no longer.
 */
export async function judgeSheets(
  ctx: Ctx,
  accepted: readonly Candidate[],
  facts: EntryFacts,
): Promise<ReadonlyMap<number, DomainError>> {
  const approved = accepted.filter(
    ({ before, values }) => values.status === 'approved' && before?.status !== 'approved',
  );
  const left = accepted.filter(({ before, values }) => before?.status === 'approved' && values.status !== 'approved');
  const refused = new Map<number, DomainError>();
  await judgeLeaving(ctx, left, facts, refused);
  await judgeComing(ctx, approved, facts, refused);
  return refused;
}

async function judgeLeaving(
  ctx: Ctx,
  entries: readonly Candidate[],
  facts: EntryFacts,
  refused: Map<number, DomainError>,
): Promise<void> {
  const idOf = ({ before }: Candidate): number => Number(before?.approved_timesheet_id ?? 0);
  const linked = entries.filter((entry) => idOf(entry) > 0);
  if (linked.length === 0) return;
  const timesheets = resourceOf(ctx, 'timesheets');
  const stored = await loadByIds(ctx, timesheets, linked.map(idOf));
  const known = {
    users: facts.users,
    lockDate: await companyLockDate(ctx),
    closed: await closedTime(ctx, facts.users.keys()),
  };
  for (const entry of linked) {
    const cells = stored.get(idOf(entry));
    if (cells === undefined) continue;
    const refusal = lockOf(layoutOf(timesheets).values(cells), known, ctx);
    if (refusal === undefined) facts.leaving.set(entry, idOf(entry));
    else refused.set(entry.index, refusal);
  }
}

async function judgeComing(
  ctx: Ctx,
  entries: readonly Candidate[],
  facts: EntryFacts,
  refused: Map<number, DomainError>,
): Promise<void> {
  if (entries.length === 0) return;
  const timesheets = resourceOf(ctx, 'timesheets');
  const approver = enteringTime(ctx);
  const sheets: Candidate[] = [];
  const entryOf = new Map<Candidate, Candidate>();
  for (const entry of entries) {
    const sheet = candidateToCreate(approver, timesheets, entry.index, sheetOf(entry.values));
    if (sheet instanceof DomainError) {
      refused.set(entry.index, sheet);
      continue;
    }
    sheets.push(sheet);
    entryOf.set(sheet, entry);
  }
  const judged = await judge(approver, timesheets, sheets);
  const whole = entries.filter(({ parent }) => parent !== undefined).map(({ index }) => index);
  for (const [index, refusal] of judged.refused)
    refused.set(index, whole.includes(index) ? unnumbered(refusal) : refusal);
  for (const sheet of judged.accepted) {
    const entry = entryOf.get(sheet);
    if (entry !== undefined) facts.sheets.set(entry, sheet.values);
  }
}

/** Items of a request are requests for time off: the position of an entry would tell nothing. */
function unnumbered({ kind, detail, code, field }: DomainError): DomainError {
  const more = { ...(code === undefined ? {} : { code }), ...(field === undefined ? {} : { field }) };
  return new DomainError(kind, detail.replace(/item \d+ of this request/, 'another entry'), more);
}

/** Who may approve time off may thereby enter the time, whatever else he may do with timesheets. */
function enteringTime(ctx: Ctx): Ctx {
  const permissions = new Set([...ctx.actor.permissions, 'manage_timesheets' as const]);
  return { ...ctx, actor: { ...ctx.actor, permissions } };
}

/** The item that POST /timesheets would get for an entry. */
function sheetOf(entry: Values): Record<string, unknown> {
  const { user_id, jobcode_id, entry_method: type, date, duration } = entry;
  if (type === 'manual') return { user_id, jobcode_id, type, date, duration };
  const moment = (column: 'start' | 'end'): string =>
    isoLocal(Number(entry[`${column}_at`]), Number(entry[`${column}_offset`]));
  return { user_id, jobcode_id, type, start: moment('start'), end: moment('end') };
}

/** Writes what was judged. Throws when somebody else took the time, or removed it, in between. */
export async function replaceSheets(ctx: Ctx, written: readonly Written[], facts: EntryFacts): Promise<void> {
  const leaving = written.flatMap(({ candidate }) => facts.leaving.get(candidate) ?? []);
  if (leaving.length > 0 && (await removeTimesheets(ctx, leaving)).size < leaving.length) throw lostRace();
  const coming = written.flatMap(({ candidate, id }) => {
    const values = facts.sheets.get(candidate);
    return values === undefined ? [] : [{ ...values, time_off_request_entry_id: id }];
  });
  if (coming.length === 0) return;
  const made = await insertRows(ctx, resourceOf(ctx, 'timesheets'), coming);
  if (made.length < coming.length) throw lostRace();
}
