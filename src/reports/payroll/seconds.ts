import type { RuleSet } from '../../rules/pay/rule-set.ts';
import type { Pay } from '../../rules/pay/time.ts';

/** A way in which time is paid above the hourly rate: at a multiple of it, or with an amount added per hour. */
export interface Premium {
  readonly kind: 'multiplier' | 'fixed';
  readonly rate: number;
}

/** Premiums, each once: multipliers first, the lower before the higher. */
export type Premiums = readonly Premium[];

/** Seconds by how they are paid; `premium` in the order of the premiums that they are counted by, absent for none. */
export interface Seconds {
  regular: number;
  pto: number;
  unpaid: number;
  readonly premium: number[];
}

const premiumsOfRules = new WeakMap<RuleSet, Premiums>();

/** The premiums that rules name. */
export function premiumsOf(rules: RuleSet): Premiums {
  let known = premiumsOfRules.get(rules);
  if (known === undefined) {
    const steps = [...rules.daily, ...rules.weekly, ...rules.seventh_day, ...rules.consecutive];
    known = sorted(
      steps.map((step) =>
        'multiplier' in step
          ? { kind: 'multiplier' as const, rate: step.multiplier }
          : { kind: 'fixed' as const, rate: step.fixed },
      ),
    );
    premiumsOfRules.set(rules, known);
  }
  return known;
}

/** The premiums that any of these name; the same object where all of them do. */
export function allPremiums(lists: Iterable<Premiums>): Premiums {
  const distinct = [...new Set(lists)];
  return distinct.length === 1 && distinct[0] !== undefined ? distinct[0] : sorted(distinct.flat());
}

function sorted(premiums: readonly Premium[]): Premiums {
  const byName = new Map(premiums.map((premium) => [`${premium.kind} ${premium.rate}`, premium]));
  const order = ({ kind }: Premium): number => (kind === 'multiplier' ? 0 : 1);
  return [...byName.values()].sort((a, b) => order(a) - order(b) || a.rate - b.rate);
}

/** No time yet. */
export function noSeconds(): Seconds {
  return { regular: 0, pto: 0, unpaid: 0, premium: [] };
}

/** Adds time that is paid in one way. A premium that `premiums` does not have yet is added to it. */
export function addPay(to: Seconds, premiums: Premium[], pay: Pay, seconds: number): void {
  if (pay.kind === 'regular') to.regular += seconds;
  else if (pay.kind === 'pto') to.pto += seconds;
  else if (pay.kind === 'unpaid') to.unpaid += seconds;
  else if (pay.kind !== 'deducted') {
    let index = premiums.findIndex(({ kind, rate }) => kind === pay.kind && rate === pay.rate);
    if (index < 0) index = premiums.push(pay) - 1;
    to.premium[index] = (to.premium[index] ?? 0) + seconds;
  }
}

/** Adds time that is counted by other premiums, `its`. */
export function addSeconds(to: Seconds, premiums: Premium[], from: Seconds, its: Premiums): void {
  to.regular += from.regular;
  to.pto += from.pto;
  to.unpaid += from.unpaid;
  for (const [index, pay] of its.entries()) addPay(to, premiums, pay, from.premium[index] ?? 0);
}

/** All time that is paid, paid time off too. */
export function paidSeconds({ regular, pto, premium }: Seconds): number {
  return premium.reduce((sum, seconds) => sum + (seconds ?? 0), regular + pto);
}
