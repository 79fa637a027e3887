import type { Rule } from '../../../engine/definition.ts';
import { code } from './names.ts';

/** A part of a rule that is no combination of others. */
type Part = Exclude<Rule, { any: unknown } | { all: unknown }>;

/** Parts that must all hold, for somebody to be let in. */
type Way = readonly Part[];

/**
 * Who a rule lets do something, in words that follow "by" or "to": 'the person in `user_id`, managers of his group, those with
 * `reports`, and admins'. Whom a rule lets in under a condition on the row stands behind a semicolon.
 */
export function whoMay(rule: Rule): string {
  const ways = waysOf(rule);
  if (ways.some((way) => way.length === 0)) return 'everyone';
  if (ways.length === 0) return 'nobody';
  const alone = ways.flat().find((part) => typeof part === 'object' && 'onlySelf' in part);
  if (alone !== undefined) return `nobody but ${person(alone.onlySelf)}`;
  const always = ways.filter((way) => conditionOf(way) === '');
  const conditions = [...new Set(ways.map(conditionOf))].filter((condition) => condition !== '');
  return [
    [...peopleOf(always), ...(always.length > 0 && !isAdmins(always) ? ['and admins'] : ['admins'])].join(', '),
    ...conditions.map((condition) => {
      const people = peopleOf(ways.filter((way) => conditionOf(way) === condition));
      return people.join() === 'everyone'
        ? `where ${condition}, everyone`
        : `where ${condition}, also ${listed(people)}`;
    }),
  ].join('; ');
}

/** The ways in, without those that ask for more than another one. */
function waysOf(rule: Rule): Way[] {
  const ways = everyWay(rule);
  const covers = (one: Way, other: Way): boolean =>
    one !== other && one.length < other.length && one.every((part) => other.some((its) => isSame(part, its)));
  return ways.filter((way) => !ways.some((other) => covers(other, way)));
}

function everyWay(rule: Rule): Way[] {
  if (rule === 'everyone') return [[]];
  if (rule === 'nobody') return [];
  if ('any' in rule) return rule.any.flatMap(everyWay);
  if ('all' in rule) {
    return rule.all.reduce<Way[]>(
      (ways, part) => ways.flatMap((way) => everyWay(part).map((more) => [...way, ...more])),
      [[]],
    );
  }
  return [[rule]];
}

function isSame(one: Part, other: Part): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What a way asks of the row, apart from whose it is. */
function conditionOf(way: Way): string {
  const conditions = way.flatMap((part) => {
    if (typeof part !== 'object') return [];
    if ('unset' in part) return [`\`${part.unset}\` is 0`];
    return 'isFalse' in part ? [`\`${part.isFalse}\` is false`] : [];
  });
  return conditions.join(' and ');
}

/** The people of some ways with one condition: the person of the row, those around him, and those with a permission. */
function peopleOf(ways: readonly Way[]): string[] {
  const flagsOf = (way: Way): string[] =>
    way.flatMap((part) => (isHas(part) && part.has !== 'admin' ? [part.has] : []));
  const isFlag = (way: Way): boolean =>
    way.some(isHas) && way.every((part) => isHas(part) || conditionOf([part]) !== '');
  const named = new Set<string>();
  const bySelf = ways.toSorted((a, b) => Number(isSelf(b)) - Number(isSelf(a)));
  const others = bySelf
    .filter((way) => !isFlag(way))
    .map((way) => {
      const people = way.flatMap((part) => whoIs(part, named));
      const flags = flagsOf(way).map(code);
      return `${people.join(' who are also ') || 'everyone'}${flags.length === 0 ? '' : ` with ${flags.join(' and ')}`}`;
    });
  const flags = ways.filter((way) => isFlag(way) && flagsOf(way).length > 0).map((way) => flagsOf(way).map(code));
  const holders = flags.map((all) => all.join(' and '));
  return [...others, ...(holders.length === 0 ? [] : [`those with ${alternatives(holders)}`])];
}

function isHas(part: Part): part is Extract<Part, { has: unknown }> {
  return typeof part === 'object' && 'has' in part;
}

function isAdmins(ways: readonly Way[]): boolean {
  return ways.every((way) => way.every((part) => isHas(part) && part.has === 'admin'));
}

function isSelf(way: Way): boolean {
  return way.some((part) => typeof part === 'object' && 'self' in part);
}

/** Somebody in words; who was named before is "he". */
function whoIs(part: Part, named: Set<string>): string[] {
  if (typeof part !== 'object') return [];
  const groupOf = (column: string): string => (named.has(column) ? 'his group' : `the group of ${person(column)}`);
  if ('self' in part) {
    named.add(part.self);
    return [person(part.self)];
  }
  if ('manages' in part) return [`managers of ${groupOf(part.manages)}`];
  if ('managesGroup' in part) return [`managers of the group in ${code(part.managesGroup)}`];
  if ('colleague' in part) return [`people of ${groupOf(part.colleague)}`];
  return 'memberOf' in part ? ["those who may use the project's jobcode"] : [];
}

function person(column: string): string {
  return column === 'id' ? 'the person himself' : `the person in ${code(column)}`;
}

function listed(people: readonly string[]): string {
  if (people.length < 3) return people.join(' and ');
  return `${people.slice(0, -1).join(', ')}, and ${people.at(-1)}`;
}

function alternatives(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
