import type { Rule } from '../../../engine/definition.ts';

/** Who a rule lets do something, in words: 'those with manage_users, or the person himself (user_id)'. */
export function whoMay(rule: Rule): string {
  if (rule === 'everyone') return 'everyone';
  if (rule === 'nobody') return 'nobody';
  if ('has' in rule) return rule.has === 'admin' ? 'admins' : `those with \`${rule.has}\``;
  if ('self' in rule) return `the person himself (${rule.self})`;
  if ('onlySelf' in rule) return `the person himself and nobody else (${rule.onlySelf})`;
  if ('manages' in rule) return `managers of the person's group (${rule.manages})`;
  if ('managesGroup' in rule) return `managers of the group (${rule.managesGroup})`;
  if ('memberOf' in rule) return `those who may use the jobcode of the project (${rule.memberOf})`;
  if ('colleague' in rule) return `people of the same group (${rule.colleague})`;
  if ('unset' in rule) return `everyone where ${rule.unset} is 0`;
  if ('isFalse' in rule) return `everyone where ${rule.isFalse} is false`;
  if ('any' in rule) return [...new Set(rule.any.map(whoMay))].join(', or ');
  return rule.all.map(whoMay).join(' as far as they are also ');
}
