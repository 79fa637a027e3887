import type { Rule } from '../../../engine/definition.ts';

/** Who a rule lets do something, in words: 'the person himself (user_id), or those with `manage_users` or `reports`'. */
export function whoMay(rule: Rule): string {
  if (rule === 'everyone') return 'everyone';
  if (rule === 'nobody') return 'nobody';
  if ('any' in rule) return whoeverMay(flat(rule.any));
  if ('all' in rule) return whoMustBe(rule.all);
  if ('has' in rule) return rule.has === 'admin' ? 'admins' : `those with ${flag(rule)}`;
  if ('self' in rule) return `the person himself (${rule.self})`;
  if ('onlySelf' in rule) return `the person himself and nobody else (${rule.onlySelf})`;
  if ('manages' in rule) return `managers of the person's group (${rule.manages})`;
  if ('managesGroup' in rule) return `managers of the group (${rule.managesGroup})`;
  if ('memberOf' in rule) return `those who may use the jobcode of the project (${rule.memberOf})`;
  if ('colleague' in rule) return `people of the same group (${rule.colleague})`;
  return `everyone ${where(rule)}`;
}

type Has = Extract<Rule, { has: unknown }>;
type Where = Extract<Rule, { unset: string } | { isFalse: string }>;

const isHas = (rule: Rule): rule is Has => typeof rule === 'object' && 'has' in rule;
const isWhere = (rule: Rule): rule is Where => typeof rule === 'object' && ('unset' in rule || 'isFalse' in rule);

function flag({ has }: Has): string {
  return `\`${has}\``;
}

function where(rule: Where): string {
  return 'unset' in rule ? `where ${rule.unset} is 0` : `where ${rule.isFalse} is false`;
}

/** Alternatives without those that are lists of alternatives themselves. */
function flat(rules: readonly Rule[]): Rule[] {
  return rules.flatMap((rule) => (typeof rule === 'object' && 'any' in rule ? flat(rule.any) : [rule]));
}

function whoeverMay(rules: readonly Rule[]): string {
  const flags = rules.filter(isHas).map(flag);
  const others = [...new Set(rules.filter((rule) => !isHas(rule)).map(whoMay))];
  const last = flags.pop();
  const holders = flags.length === 0 ? last : `${flags.join(', ')} or ${last}`;
  return [...others, ...(last === undefined ? [] : [`those with ${holders}`])].join(', or ');
}

function whoMustBe(rules: readonly Rule[]): string {
  const people = rules.filter((rule) => !isHas(rule) && !isWhere(rule)).map(whoMay);
  const flags = rules.filter(isHas).map(flag);
  const conditions = rules.filter(isWhere).map(where);
  return [
    people.length === 0 ? 'those' : people.join(' who are also '),
    ...(flags.length === 0 ? [] : [`with ${flags.join(' and ')}`]),
    ...(conditions.length === 0 ? [] : [`(${conditions.join(' and ')})`]),
  ].join(' ');
}
