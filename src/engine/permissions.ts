import { join, raw, type Sql, sql } from '../store/sql.ts';
import { type Actor, may } from './context.ts';
import type { Definition, Rule, Value } from './definition.ts';

/** Reader one: may this actor touch this row? `row` gives the value of a column. */
export function permits(rule: Rule, actor: Actor, row: (column: string) => Value | undefined): boolean {
  if (rule === 'nobody') return false;
  if (rule === 'everyone') return true;
  if ('any' in rule) return rule.any.some((one) => permits(one, actor, row));
  if ('all' in rule) return rule.all.every((one) => permits(one, actor, row));
  if ('onlySelf' in rule) return row(rule.onlySelf) === actor.userId;
  if (actor.permissions.has('admin')) return true;
  if ('has' in rule) return may(actor, rule.has);
  if ('self' in rule) return row(rule.self) === actor.userId;
  if ('manages' in rule) return actor.managedUserIds.has(Number(row(rule.manages) ?? 0));
  if ('managesGroup' in rule) return actor.managedGroupIds.includes(Number(row(rule.managesGroup) ?? 0));
  if ('memberOf' in rule) return actor.projectIds.has(Number(row(rule.memberOf) ?? 0));
  if ('unset' in rule) return (row(rule.unset) ?? null) === null;
  if ('colleague' in rule) return actor.colleagueIds.has(Number(row(rule.colleague) ?? 0));
  return row(rule.isFalse) === false;
}

const always = sql`TRUE`;
const never = sql`FALSE`;

/** Reader two: SQL over alias t that is true for exactly the rows that `permits` allows. */
export function whereFor(rule: Rule, actor: Actor): Sql {
  if (rule === 'nobody') return never;
  if (rule === 'everyone') return always;
  if ('any' in rule || 'all' in rule) return whereForSome(rule, actor);
  if ('onlySelf' in rule) return sql`t.${raw(rule.onlySelf)} = ${actor.userId}`;
  if (actor.permissions.has('admin')) return always;
  if ('has' in rule) return may(actor, rule.has) ? always : never;
  if ('self' in rule) return sql`t.${raw(rule.self)} = ${actor.userId}`;
  if ('manages' in rule) {
    return actor.managedUserIds.size === 0
      ? never
      : sql`coalesce(t.${raw(rule.manages)} = ANY(${[...actor.managedUserIds]}::int[]), FALSE)`;
  }
  if ('managesGroup' in rule) {
    return actor.managedGroupIds.length === 0
      ? never
      : sql`coalesce(t.${raw(rule.managesGroup)} = ANY(${actor.managedGroupIds}::int[]), FALSE)`;
  }
  if ('memberOf' in rule) {
    return actor.projectIds.size === 0
      ? never
      : sql`coalesce(t.${raw(rule.memberOf)} = ANY(${[...actor.projectIds]}::int[]), FALSE)`;
  }
  if ('unset' in rule) return sql`t.${raw(rule.unset)} IS NULL`;
  if ('colleague' in rule) {
    return actor.colleagueIds.size === 0
      ? never
      : sql`coalesce(t.${raw(rule.colleague)} = ANY(${[...actor.colleagueIds]}::int[]), FALSE)`;
  }
  return sql`t.${raw(rule.isFalse)} IS FALSE`;
}

function whereForSome(rule: Extract<Rule, { any: unknown } | { all: unknown }>, actor: Actor): Sql {
  const parts = ('any' in rule ? rule.any : rule.all).map((one) => whereFor(one, actor));
  const decisive = 'any' in rule ? always : never;
  const neutral = 'any' in rule ? never : always;
  if (parts.includes(decisive)) return decisive;
  const rest = parts.filter((part) => part !== neutral);
  if (rest.length === 0) return neutral;
  if (rest.length === 1 && rest[0] !== undefined) return rest[0];
  return sql`(${join(rest, 'any' in rule ? ' OR ' : ' AND ')})`;
}

/** SQL over alias t that is true for exactly the rows that the actor may see. */
export function seenBy({ allow, alsoSeen }: Definition, actor: Actor): Sql {
  const own = whereFor(allow.view, actor);
  return alsoSeen === undefined || own === always ? own : sql`(${own} OR ${alsoSeen(actor)})`;
}

/** Whether a rule without regard to any row holds, for fields and verbs. */
export function holds(rule: Rule, actor: Actor): boolean {
  return permits(rule, actor, () => undefined);
}
