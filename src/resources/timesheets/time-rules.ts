import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { localDay, offsetMinutes } from '../../lib/time.ts';
import { type BreakPlan, planBreak } from '../../rules/break-split.ts';
import { checkOverlap } from '../../rules/overlap.ts';
import type { SheetTimes } from '../../rules/ranges.ts';
import { shareDeduction } from './deductions.ts';
import { type Neighbour, neighbourOf, type TimesheetFacts } from './facts.ts';
import { forgetPunch, markByHand } from './punches.ts';
import { lockOf } from './rules.ts';

/** No two regular timesheets of a user overlap, one is open at most, and a break splits the work it lies in. */
export function checkTime(candidate: Candidate, facts: TimesheetFacts, ctx: Ctx): DomainError | undefined {
  const { values, before, id } = candidate;
  if (values.type !== 'regular') return undefined;
  const others = facts.neighbours.get(Number(values.user_id)) ?? [];
  const sheet = {
    start: Number(values.start_at),
    end: values.end_at as number | null,
    ...(id === undefined ? {} : { id }),
  };
  if (before !== undefined && before.end_at !== null && sheet.end === null) {
    const later = others.find((other) => other.id !== id && other.start >= sheet.start);
    if (later !== undefined) {
      return new DomainError('conflict', `It can not be opened again: timesheet ${later.id} lies after it.`, {
        code: 'overlap',
      });
    }
  }
  const isBreak = facts.isBreak(values.jobcode_id as number | null);
  const plan = isBreak && id === undefined ? planBreak(sheet, others, ctx.now) : checkOverlap(sheet, others, ctx.now);
  if (plan === undefined) return undefined;
  if (plan instanceof DomainError) return named(plan);
  const work = others.find((other) => other.id === plan.id);
  if (work === undefined) return undefined;
  const locked = splitLocked(work, plan, facts, ctx);
  return locked ?? splitWork(candidate, plan, others);
}

/** Why the work that a break divides can not be changed: it may belong to another day than the break. */
function splitLocked({ values }: Neighbour, plan: BreakPlan, facts: TimesheetFacts, ctx: Ctx): DomainError | undefined {
  const own = lockOf(values, facts, ctx);
  if (own !== undefined || plan.kind !== 'split') return own;
  return lockOf({ ...values, date: localDay(String(values.tz_str), plan.tail.start) }, facts, ctx);
}

/** A timesheet of the same request has no id yet; the rules see a negative one, made of its position. */
function named(refusal: DomainError): DomainError {
  const detail = refusal.detail.replace(/timesheet -(\d+)/, 'item $1 of this request');
  return new DomainError(refusal.kind, detail, refusal.code === undefined ? {} : { code: refusal.code });
}

function splitWork(candidate: Candidate, plan: BreakPlan, others: Neighbour[]): DomainError | undefined {
  const at = others.findIndex((other) => other.id === plan.id);
  const work = others[at];
  if (work === undefined) return undefined;
  const whole = { ...work.values };
  const [shortened, tail]: [Values, Values] = [{ ...whole }, { ...whole }];
  const refusal = shareDeduction(plan, whole, [shortened, tail]);
  if (refusal !== undefined) return refusal;
  setTimes(shortened, plan.original);
  if (plan.kind === 'split') forgetPunch('end', shortened);
  else markByHand(shortened, whole);
  if (work.owner === undefined) {
    candidate.also.updates.set(work.id, shortened);
    others[at] = neighbourOf(work.id, shortened, false, candidate);
  } else {
    // The work itself is new or already changed by this batch: its values are written with its owner.
    Object.assign(work.values, shortened);
    others[at] = neighbourOf(work.id, work.values, false, work.owner);
  }
  if (plan.kind !== 'split') return undefined;
  setTimes(tail, plan.tail);
  forgetPunch('start', tail);
  candidate.also.inserts.push(tail);
  others.push(neighbourOf(-(1000 + candidate.index), tail, false, candidate));
  return undefined;
}

function setTimes(values: Values, { start, end }: SheetTimes): void {
  const zone = String(values.tz_str);
  values.start_at = start;
  values.start_offset = offsetMinutes(zone, start);
  values.date = localDay(zone, start);
  values.end_at = end;
  values.end_offset = end === null ? null : offsetMinutes(zone, end);
  values.duration = end === null ? 0 : end - start;
}
