import { addDays, epochDays, localToEpoch } from '../../lib/time.ts';
import { classify } from './classify.ts';
import { type RuleSet, ruleSetOf } from './rule-set.ts';
import type { PayPerson, PaySegment, PaySheet } from './time.ts';

/** Timesheets for tables of cases. Days are 'YYYY-MM-DD', times 'HH:MM' or 'HH:MM:SS'. */
let lastId = 0;

export const hours = (count: number): number => Math.round(count * 3600);

/** Work from `start` on `day` for `seconds`, in UTC unless told otherwise. */
export function sheet(day: string, start: string, seconds: number, more: Partial<PaySheet> = {}): PaySheet {
  const zone = more.zone ?? 'UTC';
  lastId += 1;
  return {
    id: lastId,
    jobcodeId: 1,
    kind: 'work',
    day: epochDays(day),
    start: localToEpoch(zone, `${day}T${start}`) ?? Number.NaN,
    seconds,
    zone,
    rawStart: null,
    rawEnd: null,
    startByHand: false,
    endByHand: false,
    deduction: null,
    ...more,
  };
}

/** Time without hours. */
export function manual(day: string, seconds: number, more: Partial<PaySheet> = {}): PaySheet {
  return sheet(day, '00:00', seconds, { start: null, ...more });
}

/** One shift from 08:00 on each of the days from `first` on, with these hours; 0 for none. */
export function shifts(first: string, ...lengths: number[]): PaySheet[] {
  return lengths.flatMap((length, index) =>
    length === 0 ? [] : [sheet(addDays(first, index), '08:00', hours(length))],
  );
}

export type Span = { readonly from: string; readonly to: string };

export function person(rules: unknown, more: Partial<PayPerson> = {}): PayPerson {
  const set: RuleSet = ruleSetOf(rules);
  return { exempt: false, salaried: false, rulesOn: () => set, ...more };
}

export const EVER: Span = { from: '1990-01-01', to: '2100-01-01' };

export function segments(sheets: readonly PaySheet[], who: PayPerson, span: Span = EVER): PaySegment[] {
  const found: PaySegment[] = [];
  classify(sheets, who, { from: epochDays(span.from), to: epochDays(span.to) }, (segment) => found.push(segment));
  return found;
}

/** How a segment is paid: 'regular', '1.5', '+2' for an addition, 'pto', 'unpaid' or 'deducted'. */
export function payName({ pay }: PaySegment): string {
  if (pay.kind === 'multiplier') return String(pay.rate);
  return pay.kind === 'fixed' ? `+${pay.rate}` : pay.kind;
}

/** Hours by the way they are paid. */
export function totals(
  found: readonly PaySegment[],
  keyOf: (segment: PaySegment) => string = payName,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const segment of found) sums[keyOf(segment)] = (sums[keyOf(segment)] ?? 0) + segment.seconds;
  for (const [key, seconds] of Object.entries(sums)) sums[key] = seconds / 3600;
  return sums;
}

export const WEEKLY = [{ after: hours(40), multiplier: 1.5 }];
export const DAILY = [
  { after: hours(8), multiplier: 1.5 },
  { after: hours(12), multiplier: 2 },
];
