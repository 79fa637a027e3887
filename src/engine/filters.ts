import { DomainError } from '../lib/errors.ts';
import { parseDay, parseInstant, pgOfEpoch } from '../lib/time.ts';
import { likePattern } from '../rules/wildcard.ts';
import { raw, type Sql, sql } from '../store/sql.ts';
import { readBoolean, readInteger } from './coerce.ts';
import type { Actor } from './context.ts';
import type { Asked, Definition, Filter } from './definition.ts';

/** Query parameters as they came: every text that was given for a name. Blank texts are dropped beforehand. */
export type Params = ReadonlyMap<string, readonly string[]>;

const mostIds = 200;
const mostTextLength = 2_000;

function invalid(name: string, detail: string): DomainError {
  return new DomainError('invalid', `${name} ${detail}`, { field: name });
}

/** A parameter as the items of a comma separated list, trimmed, blanks dropped. Throws for more than 200 items. */
export function listOf(params: Params, name: string): string[] {
  const items = (params.get(name) ?? []).flatMap((text) => text.split(',')).map((item) => item.trim());
  const given = items.filter((item) => item !== '');
  if (given.length > mostIds) {
    throw new DomainError('too-many', `${name} holds ${given.length} items; at most ${mostIds} are allowed.`, {
      field: name,
    });
  }
  return given;
}

/** A list of texts. Throws DomainError naming the parameter. */
function textsIn(params: Params, name: string): string[] {
  const texts = listOf(params, name);
  if (texts.some((text) => text.includes('\0') || !text.isWellFormed())) throw invalid(name, 'must be valid text');
  return texts;
}

/** A list of ids. Throws DomainError naming the parameter. */
export function idsIn(params: Params, name: string): number[] {
  return listOf(params, name).map((item) => {
    const id = readInteger(item);
    if (id === undefined) throw invalid(name, 'must be a list of whole numbers');
    return id;
  });
}

/** The last text given for a parameter, undefined when there is none. */
export function textOf(params: Params, name: string): string | undefined {
  const text = params.get(name)?.at(-1);
  if (text === undefined || text === '') return undefined;
  if (text.includes('\0') || !text.isWellFormed()) throw invalid(name, 'must be valid text');
  if (text.length > mostTextLength) throw invalid(name, 'is too long');
  return text;
}

/** yes, no or both, in any of the ways that clients write them. Throws DomainError naming the parameter. */
export function yesNoBoth(params: Params, name: string, byDefault: 'yes' | 'no' | 'both'): 'yes' | 'no' | 'both' {
  const text = textOf(params, name)?.toLowerCase();
  if (text === undefined) return byDefault;
  if (text === 'yes' || text === 'true' || text === '1') return 'yes';
  if (text === 'no' || text === 'false' || text === '0') return 'no';
  if (text === 'both') return 'both';
  throw invalid(name, 'must be yes, no or both');
}

/** Whether a parameter says yes; false when it is not given. Throws DomainError naming the parameter. */
export function flagIn(params: Params, name: string): boolean {
  const text = textOf(params, name);
  const flag = text === undefined ? false : readBoolean(text.trim());
  if (flag === undefined) throw invalid(name, 'must be true or false');
  return flag;
}

/** The WHERE clauses of the parameters that were given, and of defaults. Throws DomainError naming a bad parameter. */
export function clausesFor(definition: Definition, params: Params, actor: Actor): Sql[] {
  demandNeeded(definition, params);
  const asked: Asked = { actor, text: (name) => textOf(params, name), says: (flag) => flagIn(params, flag) };
  const clauses: Sql[] = [];
  const overridden = new Set<string>();
  for (const [name, others] of Object.entries(definition.overrides ?? {})) {
    if (textOf(params, name) !== undefined) for (const other of others) overridden.add(other);
  }
  for (const [name, filter] of Object.entries(definition.filters)) {
    if (overridden.has(name)) continue;
    const clause = clauseFor(name, filter, params, asked);
    if (clause !== undefined) clauses.push(clause);
  }
  return clauses;
}

function demandNeeded(definition: Definition, params: Params): void {
  const given = (name: string): boolean => textOf(params, name) !== undefined;
  const { needs = [], needsOneOf: choices = [] } = definition;
  const missing = needs.filter((name) => !given(name));
  const wanted = missing.length === 0 ? [] : [`${missing.join(', ')} must be given`];
  if (choices.length > 0 && !choices.some(given)) wanted.push(`One of ${choices.join(', ')} must be given`);
  if (wanted.length === 0) return;
  throw new DomainError('missing', wanted.join('. '), { field: missing[0] ?? choices[0] ?? '' });
}

function columnSql(column: string): Sql {
  return raw(/^\w+$/.test(column) ? `t.${column}` : column);
}

function clauseFor(name: string, filter: Filter, params: Params, asked: Asked): Sql | undefined {
  const { companyId } = asked.actor;
  switch (filter.kind) {
    case 'ids':
      return idsClause(name, filter, params);
    case 'integers': {
      const numbers = idsIn(params, name);
      return numbers.length === 0 ? undefined : sql`${columnSql(filter.column)} = ANY(${numbers}::int[])`;
    }
    case 'texts': {
      const texts = textsIn(params, name);
      if (texts.length === 0) return undefined;
      return filter.folded
        ? sql`lower(${columnSql(filter.column)}) = ANY(${texts.map((text) => text.toLowerCase())}::text[])`
        : sql`${columnSql(filter.column)} = ANY(${texts}::text[])`;
    }
    case 'texts-sql': {
      const texts = textsIn(params, name);
      const { values } = filter;
      if (values !== undefined && !texts.every((text) => values.includes(text)))
        throw invalid(name, `must be among ${values.join(', ')}`);
      return texts.length === 0 ? undefined : filter.where(texts, companyId);
    }
    case 'wildcard': {
      const text = textOf(params, name);
      return text === undefined ? undefined : sql`${columnSql(filter.column)} ILIKE ${likePattern(text)}`;
    }
    case 'yes-no-both': {
      const answer = yesNoBoth(params, name, filter.byDefault);
      if (answer === 'both') return undefined;
      return answer === 'yes' ? columnSql(filter.column) : sql`NOT ${columnSql(filter.column)}`;
    }
    case 'yes-no-both-sql': {
      const answer = yesNoBoth(params, name, filter.byDefault);
      return answer === 'both' ? undefined : filter.where(answer === 'yes', companyId, asked);
    }
    case 'choice': {
      const choice = textOf(params, name) ?? filter.byDefault;
      if (choice === filter.everything) return undefined;
      if (!filter.values.includes(choice))
        throw invalid(name, `must be one of ${[...filter.values, filter.everything].join(', ')}`);
      return sql`${columnSql(filter.column)} = ${choice}`;
    }
    case 'day-from':
    case 'day-to': {
      const text = textOf(params, name);
      if (text === undefined) return undefined;
      const day = parseDay(text);
      if (day === undefined) throw invalid(name, 'must be a date in the form YYYY-MM-DD');
      return filter.kind === 'day-from'
        ? sql`${columnSql(filter.column)} >= ${day}::date`
        : sql`${columnSql(filter.column)} <= ${day}::date`;
    }
    case 'since':
    case 'before': {
      const text = textOf(params, name);
      if (text === undefined) return undefined;
      const instant = instantIn(name, text);
      return filter.kind === 'since'
        ? sql`${columnSql(filter.column)} >= ${instant}::timestamptz`
        : sql`${columnSql(filter.column)} < ${instant}::timestamptz`;
    }
    case 'ids-sql': {
      const ids = idsIn(params, name);
      return ids.length === 0 ? undefined : filter.where(ids, companyId, asked);
    }
    case 'text-sql': {
      const text = textOf(params, name);
      return text === undefined ? undefined : filter.where(text, companyId);
    }
    case 'choice-sql': {
      const choice = textOf(params, name) ?? filter.byDefault;
      if (choice === filter.everything) return undefined;
      if (!filter.values.includes(choice))
        throw invalid(name, `must be one of ${[...filter.values, filter.everything].join(', ')}`);
      return filter.where(choice, companyId, asked);
    }
    case 'show':
    case 'flag':
      flagIn(params, name);
      return undefined;
  }
}

/**
 * A moment given as a parameter. A bare date means its midnight, and both that and a time without an offset are in UTC.
 * Throws DomainError naming the parameter.
 */
export function instantIn(name: string, text: string): string {
  const day = parseDay(text);
  const epoch = parseInstant(day === undefined ? text : `${day}T00:00:00`, 'UTC');
  if (epoch === undefined) throw invalid(name, 'must be a date and time in the form YYYY-MM-DDThh:mm:ss±hh:mm');
  return pgOfEpoch(epoch);
}

function idsClause(name: string, filter: Extract<Filter, { kind: 'ids' }>, params: Params): Sql | undefined {
  const ids = idsIn(params, name);
  if (ids.length === 0 || (filter.anything !== undefined && ids.includes(filter.anything))) return undefined;
  const column = filter.zeroIsNull ? sql`coalesce(${columnSql(filter.column)}, 0)` : columnSql(filter.column);
  return filter.except ? sql`NOT ${column} = ANY(${ids}::int[])` : sql`${column} = ANY(${ids}::int[])`;
}
