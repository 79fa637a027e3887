import type { RuleSet, Step } from './rule-set.ts';
import type { Pay, Why } from './time.ts';

/** A step with the pay that it leads to, the same object every time. */
export interface PlannedStep {
  readonly rule: Why['rule'];
  readonly after: number;
  readonly pay: Extract<Pay, { rate: number }>;
}

/** What a rule set means for one workday, ready for use. */
export interface Plan {
  readonly weekly: readonly PlannedStep[];
  readonly daily: readonly PlannedStep[];
  readonly seventhDay: readonly PlannedStep[];
  readonly consecutive: readonly PlannedStep[];
}

function planned(rule: Why['rule'], steps: readonly Step[]): readonly PlannedStep[] {
  return steps.map((step) => ({
    rule,
    after: step.after,
    pay: 'fixed' in step ? { kind: 'fixed', rate: step.fixed } : { kind: 'multiplier', rate: step.multiplier },
  }));
}

const plans = new WeakMap<RuleSet, Plan>();

/** The plan of a rule set, made once. */
export function planOf(rules: RuleSet): Plan {
  const made = plans.get(rules);
  if (made !== undefined) return made;
  const plan: Plan = {
    weekly: planned('weekly', rules.weekly),
    daily: planned('daily', rules.daily),
    seventhDay: planned('seventh_day', rules.seventh_day),
    consecutive: planned('consecutive', rules.consecutive),
  };
  plans.set(rules, plan);
  return plan;
}

/** The step that applies once `counted` seconds are counted; undefined before the first. */
export function stepAt(steps: readonly PlannedStep[], counted: number): PlannedStep | undefined {
  let reached: PlannedStep | undefined;
  for (const step of steps) {
    if (step.after > counted) break;
    reached = step;
  }
  return reached;
}

/** Seconds from `counted` until the next step; Infinity after the last. */
export function untilNext(steps: readonly PlannedStep[], counted: number): number {
  for (const step of steps) if (step.after > counted) return step.after - counted;
  return Infinity;
}

/** The step that pays more; the first where they pay the same or can not be compared. */
export function better(first: PlannedStep | undefined, second: PlannedStep | undefined): PlannedStep | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return second.pay.kind === first.pay.kind && second.pay.rate > first.pay.rate ? second : first;
}
