import type { RuleSet } from './rule-set.ts';
import type { PayPerson } from './time.ts';

type Flags = Pick<PayPerson, 'exempt' | 'salaried'>;

/** Whether somebody gets no overtime under these rules. */
export function isExempt(person: Flags, rules: RuleSet): boolean {
  return person.exempt || rules.exempt === 'all' || (rules.exempt === 'salaried' && person.salaried);
}

const settled = { all: new WeakMap<RuleSet, RuleSet>(), none: new WeakMap<RuleSet, RuleSet>() };

/** The same rules for somebody whose flags they no longer ask for: `exempt` is 'all' or 'none'. Equal for equal rules. */
export function settledFor(person: Flags, rules: RuleSet): RuleSet {
  const exempt = isExempt(person, rules) ? 'all' : 'none';
  if (rules.exempt === exempt) return rules;
  const own = settled[exempt].get(rules) ?? { ...rules, exempt };
  settled[exempt].set(rules, own);
  return own;
}
