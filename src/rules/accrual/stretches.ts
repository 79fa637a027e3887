import { addDays, earlierDay, laterDay } from '../../lib/time.ts';
import type { AccrualPolicy, Employment } from './policy.ts';

/** Days, both included, on which one policy is in force for a person. */
export interface Stretch {
  readonly policy: AccrualPolicy;
  readonly from: string;
  readonly to: string;
  /** The part of it in which time off accrues: not while the person waits, nor after leaving. Empty where first > last. */
  readonly first: string;
  readonly last: string;
}

/** The first day on which anything accrues for a person; null for one whose day of hire is not known: he waits for nothing. */
export function entitledFrom({ waitingDays }: AccrualPolicy, { hired }: Employment): string | null {
  return hired === null ? null : addDays(hired, waitingDays);
}

/**
 * Which policy is in force when, up to a day. `policies` are those of one person and jobcode, the most particular first: on
 * each day the first one that covers it counts, and no other.
 */
export function stretchesOf(policies: readonly AccrualPolicy[], employment: Employment, to: string): Stretch[] {
  const starts = new Set<string>();
  for (const { startDate, endDate } of policies) {
    starts.add(startDate);
    if (endDate !== null) starts.add(addDays(endDate, 1));
  }
  const borders = [...starts].filter((day) => day <= to).sort();
  const found: { policy: AccrualPolicy; from: string; to: string }[] = [];
  borders.forEach((from, index) => {
    const next = borders[index + 1];
    const until = next === undefined ? to : addDays(next, -1);
    const policy = policies.find(
      ({ startDate, endDate }) => startDate <= from && (endDate === null || endDate >= from),
    );
    const last = found.at(-1);
    if (policy === undefined) return;
    if (last?.policy === policy && addDays(last.to, 1) === from) last.to = until;
    else found.push({ policy, from, to: until });
  });
  return found.map(({ policy, from, to: until }) => {
    return {
      policy,
      from,
      to: until,
      first: laterDay(from, entitledFrom(policy, employment) ?? from),
      last: earlierDay(until, employment.left ?? until),
    };
  });
}
