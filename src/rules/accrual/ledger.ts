import { addDays } from '../../lib/time.ts';
import { type Granted, type Periods, periodGrants, type Worked, workGrants, yearlyGrants } from './granted.ts';
import type { AccrualPolicy, Employment } from './policy.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import { yearsIn } from './years.ts';

/** What changes a balance. */
export const ledgerKinds = ['carry_over_lapse', 'grant', 'adjustment', 'use', 'accrual', 'cap'] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** Something that happened on a day, by the id of the row that says so. */
export interface Happened {
  readonly id: number;
  readonly date: string;
  readonly seconds: number;
  readonly note: string;
}

/** All that decides about the time off of one person and jobcode. */
export interface AccrualFacts extends Employment {
  /** Those that apply to the person, the most particular first. */
  readonly policies: readonly AccrualPolicy[];
  readonly periods: Periods;
  /** Ascending by day. The days of a span may stand as one: see spans.ts. */
  readonly worked: readonly Worked[];
  /** Timesheets of the jobcode. */
  readonly used: readonly Happened[];
  readonly adjustments: readonly Happened[];
}

/** One change of a balance. */
export interface LedgerEntry {
  readonly date: string;
  readonly kind: LedgerKind;
  /** Negative where the balance goes down. */
  readonly seconds: number;
  /** The balance afterwards. */
  readonly balance: number;
  readonly policyId: number | null;
  readonly timesheetId: number | null;
  readonly adjustmentId: number | null;
  readonly note: string;
}

interface Change {
  readonly date: string;
  readonly kind: LedgerKind;
  readonly seconds: number;
  readonly policy?: AccrualPolicy;
  readonly timesheetId?: number;
  readonly adjustmentId?: number;
  readonly note?: string;
}

/**
 * Every change of a balance up to a day, that day included. On one day the new year comes first, then what is granted, what
 * was entered, what was used, and at last what the day earned. Accrual that would lift the balance above the cap is shown,
 * and taken back by an entry of kind 'cap'; adjustments may exceed it. What was used before the first policy and the first
 * adjustment is no part of it: an opening balance knows of it.
 */
export function ledgerOf(facts: AccrualFacts, to: string): LedgerEntry[] {
  // A day further, so that what ends with the day is told from what goes on.
  const stretches = stretchesOf(facts.policies, facts, addDays(to, 1));
  const begins = [...stretches.map(({ from }) => from), ...facts.adjustments.map(({ date }) => date)].sort()[0];
  if (begins === undefined || stretches.length === 0) return [];
  const entries: LedgerEntry[] = [];
  let balance = 0;
  const enter = ({ date, kind, seconds, ...more }: Change): void => {
    if (seconds === 0) return;
    balance += seconds;
    const { policy, timesheetId = null, adjustmentId = null, note = '' } = more;
    entries.push({ date, kind, seconds, balance, policyId: policy?.id ?? null, timesheetId, adjustmentId, note });
  };
  for (const change of changesOf(facts, stretches)) {
    if (change.date > to) break;
    if (change.date < begins) continue;
    const { date, kind, policy } = change;
    if (kind === 'carry_over_lapse') {
      enter({ ...change, seconds: -Math.max(0, balance - (policy?.carryOver ?? balance)) });
      continue;
    }
    enter(change);
    if ((kind !== 'grant' && kind !== 'accrual') || policy?.cap == null) continue;
    const over = Math.min(change.seconds, Math.max(0, balance - policy.cap));
    enter({ date, kind: 'cap', seconds: -over, policy });
  }
  return entries;
}

/** The balance at the end of a day. */
export function balanceOn(facts: AccrualFacts, day: string): number {
  return ledgerOf(facts, day).at(-1)?.balance ?? 0;
}

/** All that may change the balance, in order; what lapses is not known yet. */
function changesOf(facts: AccrualFacts, stretches: readonly Stretch[]): Change[] {
  const changes: Change[] = [
    ...facts.adjustments.map(({ id, ...rest }): Change => ({ ...rest, kind: 'adjustment', adjustmentId: id })),
    ...facts.used.map(
      ({ id, date, seconds, note }): Change => ({ date, kind: 'use', seconds: -seconds, timesheetId: id, note }),
    ),
  ];
  for (const stretch of stretches) {
    const { policy, from, to } = stretch;
    const add = (kind: LedgerKind, granted: readonly Granted[]): void => {
      for (const one of granted) changes.push({ ...one, kind, policy });
    };
    if (policy.carryOver !== null)
      add(
        'carry_over_lapse',
        yearsIn(policy, facts, from, to).flatMap(({ start }) => (start < from ? [] : [{ date: start, seconds: 0 }])),
      );
    if (policy.method === 'yearly') add('grant', yearlyGrants(stretch, facts));
    if (policy.method === 'per_period') add('accrual', periodGrants(stretch, facts, facts.periods));
    if (policy.method === 'per_hour') add('accrual', workGrants(stretch, facts.worked));
  }
  const place = new Map(ledgerKinds.map((kind, index) => [kind, index]));
  const rank = ({ kind }: Change): number => place.get(kind) ?? 0;
  return changes.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : rank(a) - rank(b)));
}
