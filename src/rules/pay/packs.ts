import { DomainError } from '../../lib/errors.ts';
import { epochDays } from '../../lib/time.ts';
import california from '../packs/california.json' with { type: 'json' };
import colorado from '../packs/colorado.json' with { type: 'json' };
import none from '../packs/none.json' with { type: 'json' };
import usFederal from '../packs/us-federal.json' with { type: 'json' };
import { type RuleSet, ruleSetOf } from './rule-set.ts';

/** Overtime law of one place through time. */
export interface Pack {
  readonly id: string;
  readonly name: string;
  /** Where the law stands. */
  readonly source: string;
  /** Oldest first; `effective` is the first day ('YYYY-MM-DD') of a version, `rules` the parts that the law decides. */
  readonly versions: readonly PackVersion[];
}

export interface PackVersion {
  readonly version: string;
  readonly effective: string;
  readonly rules: Readonly<Record<string, unknown>>;
}

/** Every pack there is. */
export const packs: readonly Pack[] = [usFederal, california, colorado, none];

// Asked for every workday of every person: one value for each version and company.
const merged = new WeakMap<PackVersion, WeakMap<RuleSet, RuleSet>>();

function mergedRules(version: PackVersion, base: RuleSet): RuleSet {
  const known = merged.get(version) ?? new WeakMap<RuleSet, RuleSet>();
  merged.set(version, known);
  const rules =
    known.get(base) ??
    ruleSetOf({ ...base, weekly: [], daily: [], seventh_day: [], consecutive: [], ...version.rules });
  known.set(base, rules);
  return rules;
}

/**
 * The rules of a pack on a workday (days since 1970-01-01): its overtime steps, and for every part that the law leaves open
 * (week, zone, breaks, paid time off) what `base`, the company's own rules, says. Days before the first version follow
 * the first. Throws 'invalid' for a pack that there is not.
 */
export function packRules(id: string, day: number, base: RuleSet): RuleSet {
  const pack = packs.find((candidate) => candidate.id === id);
  const version = pack?.versions.findLast(({ effective }) => epochDays(effective) <= day) ?? pack?.versions[0];
  if (version === undefined) {
    const ids = packs.map((known) => known.id).join(', ');
    throw new DomainError('invalid', `There is no rule pack ${id}; there are ${ids}.`, { field: 'pack' });
  }
  return mergedRules(version, base);
}
