import type { Ctx } from '../../engine/context.ts';
import { effectiveSettings, type SettingsReader } from '../../resources/effective-settings/queries.ts';
import { type FrozenRules, frozenRules } from '../../resources/payroll-closings/frozen-rules.ts';
import { settledFor } from '../../rules/pay/exemption.ts';
import { packRules } from '../../rules/pay/packs.ts';
import { type RuleSet, ruleSetOf } from '../../rules/pay/rule-set.ts';
import { rulesFromSettings } from '../../rules/pay/settings-rules.ts';
import type { PayPerson } from '../../rules/pay/time.ts';

/** The rules of one person on a workday, in days since 1970-01-01. */
export type RulesByDay = (day: number) => RuleSet;

/**
 * The rules that are set for people, by user: a rule set or a pack (in the version of the workday), whichever is set nearer to
 * the person, the rule set where both are set at one place; else those that the documented settings describe. People
 * with equal settings share them.
 */
export async function rulesOfPeople(
  ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>,
  userIds: Iterable<number>,
): Promise<Map<number, RulesByDay>> {
  const found = new Map<number, RulesByDay>();
  const shared = new Map<string, RulesByDay>();
  for (const [userId, settings] of await effectiveSettings(ctx, userIds)) {
    const known = rulesOfReader.get(settings) ?? sharedRules(settings, shared);
    rulesOfReader.set(settings, known);
    found.set(userId, known);
  }
  return found;
}

/** Readers are kept until a setting changes, and with them what was made of them. */
const rulesOfReader = new WeakMap<SettingsReader, RulesByDay>();

function sharedRules(settings: SettingsReader, shared: Map<string, RulesByDay>): RulesByDay {
  const read: unknown[] = [];
  const get = (section: string, key: string): unknown => {
    const value = settings.get(section, key);
    read.push(value);
    return value;
  };
  const packIsNearer = settings.narrowness('overtime', 'pack') > settings.narrowness('overtime', 'rules');
  const own = packIsNearer ? '' : String(get('overtime', 'rules'));
  const pack = String(get('overtime', 'pack'));
  const base = rulesFromSettings(get);
  const key = JSON.stringify(read);
  const known = shared.get(key) ?? rulesBy(own, pack, base);
  shared.set(key, known);
  return known;
}

function rulesBy(own: string, pack: string, base: RuleSet): RulesByDay {
  if (own !== '') {
    const rules = ruleSetOf(JSON.parse(own));
    return () => rules;
  }
  return pack === '' ? () => base : (day) => packRules(pack, day, base);
}

/** Someone whose pay is asked for. */
interface Flagged {
  readonly id: number;
  readonly exempt: boolean;
  readonly salaried: boolean;
}

/** Rules look back to the week that a range begins in, and stretches of work reach out of it. */
const around = 31;

/**
 * How people are paid on the days of a range and around it, by user: as the settings and their flags say, except on days
 * that are closed, which keep the rules that they were closed with.
 */
export async function termsInForce(
  ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>,
  people: readonly Flagged[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Map<number, PayPerson>> {
  const ids = people.map(({ id }) => id);
  const [rules, frozen] = [await rulesOfPeople(ctx, ids), await frozenRules(ctx, ids, from - around, to + around)];
  const terms = new Map<number, PayPerson>();
  for (const person of people) {
    const rulesOn = rules.get(person.id);
    if (rulesOn !== undefined) terms.set(person.id, termsOf(person, rulesOn, frozen.get(person.id)));
  }
  return terms;
}

function termsOf(
  { exempt, salaried }: Flagged,
  rulesOn: RulesByDay,
  frozen: readonly FrozenRules[] | undefined,
): PayPerson {
  if (frozen === undefined) return { exempt, salaried, rulesOn };
  return {
    // The flags of today do not reach into closed days, so they are in the rules of the others.
    exempt: false,
    salaried: false,
    rulesOn: (day) => {
      const kept = frozen.find(({ first, last }) => first <= day && day <= last);
      return kept?.rules ?? settledFor({ exempt, salaried }, rulesOn(day));
    },
  };
}
