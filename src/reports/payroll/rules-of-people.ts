import type { Ctx } from '../../engine/context.ts';
import { effectiveSettings, type SettingsReader } from '../../resources/effective-settings/queries.ts';
import { packRules } from '../../rules/pay/packs.ts';
import { type RuleSet, ruleSetOf } from '../../rules/pay/rule-set.ts';
import { rulesFromSettings } from '../../rules/pay/settings-rules.ts';

/** The rules of one person on a workday, in days since 1970-01-01. */
export type RulesByDay = (day: number) => RuleSet;

/**
 * The rules that are set for people, by user: the company's, the group's or the person's own rule set; else the pack, in
 * the version of the workday; else those that the documented settings describe. People with equal settings share them.
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
  const own = String(get('overtime', 'rules'));
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

/** The rules in force for people on the days of a range, by user. */
export function rulesInForce(
  ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>,
  userIds: Iterable<number>,
  _range: { readonly from: number; readonly to: number },
): Promise<Map<number, RulesByDay>> {
  return rulesOfPeople(ctx, userIds);
}
