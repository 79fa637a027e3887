import type { Candidate, Values } from '../../engine/definition.ts';
import { offsetMinutes } from '../../lib/time.ts';
import type { RoundingMode } from '../../rules/pay/rule-set.ts';
import { keptEnd, keptStart, roundingIn, type Taken } from '../../rules/punches.ts';
import { roundPunch } from '../../rules/rounding.ts';
import type { Neighbour, TimesheetFacts } from './facts.ts';

/** Which sides of a timesheet are punched by a write: clocking in opens one, clocking out ends an open one. */
export interface Punched {
  readonly in: boolean;
  readonly out: boolean;
}

type Side = 'start' | 'end';
const sides: readonly Side[] = ['start', 'end'];

/** When a row was punched at a side; its start or end where that was entered or changed by hand. */
export function punchOf(values: Values, side: Side): number {
  const raw = values[`${side}_by_hand`] === true ? null : values[`raw_${side}_at`];
  return Number(raw ?? values[`${side}_at`]);
}

/**
 * Keeps the punches of a regular timesheet beside its start and end, and which of them were changed by hand. Whoever sends a
 * punch again changes nothing; time that is opened again waits for a new clock-out. The server, which ends what somebody
 * forgot, punches nothing.
 */
export function keepPunches({ values, before }: Candidate, byServer: boolean): Punched {
  if (before === undefined || before.type !== 'regular') {
    const clockIn = before === undefined && values.end_at === null;
    for (const side of sides) forgetPunch(side, values);
    if (clockIn) values.raw_start_at = values.start_at ?? null;
    return { in: clockIn, out: false };
  }
  keepSide('start', values, before);
  if (before.end_at !== null && values.end_at !== null) {
    keepSide('end', values, before);
    return { in: false, out: false };
  }
  const out = values.end_at !== null && !byServer;
  values.raw_end_at = out ? (values.end_at ?? null) : null;
  values.end_by_hand = false;
  return { in: false, out };
}

/** A side that nobody punched: it was entered, or has no hours. */
export function forgetPunch(side: Side, values: Values): void {
  values[`raw_${side}_at`] = null;
  values[`${side}_by_hand`] = false;
}

/** The sides at which a row differs from what it was are changed by hand. */
export function markByHand(values: Values, before: Values): void {
  for (const side of sides) if (values[`${side}_at`] !== before[`${side}_at`]) values[`${side}_by_hand`] = true;
}

function keepSide(side: Side, values: Values, before: Values): void {
  const [at, byHand] = [`${side}_at`, `${side}_by_hand`] as const;
  if (values[at] === before[at]) return;
  if (before[byHand] !== true && values[at] === before[`raw_${side}_at`]) values[at] = before[at] ?? null;
  else values[byHand] = true;
}

/** The start (in a zone) or end that is kept of a punch: rounded as the user's settings say, in no other timesheet's way. */
export function roundSide(side: Side, { values, id }: Candidate, zone: string, facts: RoundingFacts): number {
  const userId = Number(values.user_id);
  const punch = Number(values[`${side}_at`]);
  const rounding = roundingIn(facts.settings.get(userId));
  const rounded = (mode: RoundingMode, minutes: number): number =>
    roundPunch(punch, offsetMinutes(zone, punch), mode, minutes);
  const others = (facts.neighbours.get(userId) ?? []).filter((other) => other.id !== id).flatMap(takenBy);
  if (side === 'start') return keptStart(punch, rounding ? rounded(rounding.in, rounding.minutes) : punch, others);
  const start = Number(values.start_at);
  return keptEnd(punch, rounding ? rounded(rounding.out, rounding.minutes) : punch, start, others);
}

type RoundingFacts = Pick<TimesheetFacts, 'settings' | 'neighbours'>;

/** What a neighbour takes; an empty one takes nothing, and an open one is another rule's. */
function takenBy({ start, end, values }: Neighbour): Taken[] {
  if (end === null || end === start) return [];
  return [{ start, end, punchedIn: punchOf(values, 'start'), punchedOut: punchOf(values, 'end') }];
}
