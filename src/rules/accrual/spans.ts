import { addDays } from '../../lib/time.ts';
import type { AccrualFacts } from './ledger.ts';
import type { Period } from './policy.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import { yearsIn } from './years.ts';

/** What decides about spans: all that is known before work is. */
export type BeforeWork = Omit<AccrualFacts, 'worked' | 'periods'>;

/**
 * The spans of days whose work decides about a balance up to a day. The sum of a span may count on its last day: within a span
 * no year turns and, where there is a cap, nothing happens that makes room below it, so that what one sum gives at the end is
 * what the days would have given.
 */
export function workSpans(known: BeforeWork, to: string): Period[] {
  return stretchesOf(known.policies, known, to).flatMap((stretch) => {
    const { policy, first, last } = stretch;
    if (policy.method !== 'per_hour' || first > last) return [];
    const starts = [...new Set([first, ...breaksIn(known, stretch)])]
      .filter((day) => day >= first && day <= last)
      .sort();
    return starts.map((start, index) => {
      const next = starts[index + 1];
      return { start, end: next === undefined ? last : addDays(next, -1) };
    });
  });
}

/** Days on which a new span must begin, since something happens before the work of the day counts. */
function breaksIn(known: BeforeWork, { policy, first, last }: Stretch): string[] {
  const turns = policy.carryOver === null ? [] : yearsIn(policy, known, first, last).map(({ start }) => start);
  const events = policy.cap === null ? [] : [...known.used, ...known.adjustments].map(({ date }) => date);
  return [...turns, ...events];
}

/** The same where every single day is of interest. */
export function workDays(known: BeforeWork, to: string): Period[] {
  return stretchesOf(known.policies, known, to).flatMap(({ policy, first, last }) =>
    policy.method === 'per_hour' && first <= last ? [{ start: first, end: last }] : [],
  );
}
