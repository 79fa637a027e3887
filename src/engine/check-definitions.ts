import type { Definition, Field, Rule } from './definition.ts';
import { columnOf, layoutOf } from './layout.ts';

/**
 * Everything that contradicts itself in a set of definitions, one helpful sentence each; an empty list when all is well.
 * A mistake in a definition is never to be found by a client.
 */
export function contradictions(resources: ReadonlyMap<string, Definition>): string[] {
  const found: string[] = [];
  for (const [name, definition] of resources) {
    const say = (sentence: string): void => void found.push(`${name}: ${sentence}`);
    if (name !== definition.name) say(`is registered under another name than its own, ${definition.name}`);
    for (const [field, value] of Object.entries(definition.fields))
      checkField(field, value, definition, resources, say);
    checkFilters(definition, say);
    for (const [option, { values, byDefault }] of Object.entries(definition.options ?? {})) {
      if (!values.includes(byDefault)) say(`option ${option} has a default that is none of its values`);
    }
    checkChoices(definition, say);
    checkOrder(definition, say);
    checkKey(definition, say);
    checkRules(definition, say);
    if (definition.cached && definition.alsoSeen !== undefined)
      say('is cached, so what may be seen of it can not depend on other tables');
    for (const [place, { resource, onRequest, through }] of definition.follow.entries()) {
      if (through !== undefined && !definition.follow.slice(0, place).some((earlier) => earlier.resource === through))
        say(`follows ${resource} through ${through}, which it does not follow before`);
      if (onRequest !== undefined && definition.filters[onRequest]?.kind !== 'show')
        say(`follows ${resource} on request of ${onRequest}, which is no parameter that shows`);
      if (!resources.has(resource)) say(`follows ${resource}, which is no resource`);
    }
    if (definition.verbs.has('remove') !== (definition.removal !== undefined))
      say('offers removal without saying how, or the other way round');
  }
  return found;
}

/** Throws an Error with every contradiction of the definitions; called before the server listens. */
export function demandConsistency(resources: ReadonlyMap<string, Definition>): void {
  const found = contradictions(resources);
  if (found.length > 0) throw new Error(`The resource definitions contradict themselves:\n${found.join('\n')}`);
}

type Say = (sentence: string) => void;

function checkField(
  name: string,
  field: Field,
  definition: Definition,
  resources: ReadonlyMap<string, Definition>,
  say: Say,
): void {
  const modes = typeof field.mode === 'string' ? [field.mode] : Object.values(field.mode);
  if (field.sql !== undefined && field.type !== 'rows' && modes.some((mode) => mode !== 'read-only'))
    say(`${name} is computed, so it must be read-only`);
  if (
    field.type === 'rows' &&
    (field.sql === undefined || !resources.get(field.references ?? '')?.fields[field.by ?? ''])
  )
    say(`${name} must say how its ids are computed, whose rows they are and which field of theirs holds this row`);
  if (field.references !== undefined && !resources.has(field.references))
    say(`${name} refers to ${field.references}, which is no resource`);
  if (field.required && modes.every((mode) => mode === 'read-only'))
    say(`${name} is required but can never be written`);
  if (field.required && field.byDefault !== undefined) say(`${name} is required, so its default is never used`);
  if (['choice', 'flags', 'links'].includes(field.type) && !field.values?.length) say(`${name} must list its values`);
  for (const kind of field.type === 'links' ? (field.values ?? []) : []) {
    if (!resources.has(kind)) say(`${name} links to ${kind}, which is no resource`);
  }
  if (field.personal && (field.sql === undefined || definition.cached))
    say(`${name} depends on who looks, so it must be computed, and its rows not be kept in the cache`);
  if ((field.type === 'record') !== (field.keys !== undefined)) say(`${name} is a record without keys, or has keys`);
  if (field.nullable && field.type !== 'integer') say(`${name} can have no value, which only integers can`);
  if (field.type === 'local-instant' && field.offset === undefined) say(`${name} must name the column of its offset`);
  if (field.type === 'secret' && modes.some((mode) => mode !== 'write-only'))
    say(`${name} is a secret, so it must be write-only`);
  if (field.onRequest !== undefined && definition.filters[field.onRequest]?.kind !== 'show') {
    say(`${name} is shown on request of ${field.onRequest}, which is no parameter that shows`);
  }
  if (typeof field.mode !== 'string') {
    const variants = definition.fields[definition.variant ?? '']?.values ?? [];
    const missing = variants.filter((variant) => !(variant in (field.mode as object)));
    if (variants.length === 0) say(`${name} has modes by variant, but the resource has no variant`);
    if (missing.length > 0) say(`${name} says nothing about ${missing.join(', ')}`);
  }
}

function checkFilters(definition: Definition, say: Say): void {
  const unreadable = new Set(
    Object.entries(definition.fields)
      .filter(([, field]) => field.mode === 'write-only' || field.readBy !== undefined)
      .map(([name, field]) => columnOf(name, field)),
  );
  const { columns } = layoutOf(definition);
  for (const [name, filter] of Object.entries(definition.filters)) {
    if (!('column' in filter) || !/^\w+$/.test(filter.column)) continue;
    if (unreadable.has(filter.column))
      say(`filter ${name} would tell about ${filter.column}, which not everyone may read`);
    if (!columns.includes(filter.column)) say(`filter ${name} asks for ${filter.column}, which is no column`);
  }
  const own = definition.ownUnlessFiltered;
  if (own !== undefined && !columns.includes(own.column)) say(`shows rows by ${own.column}, which is no column`);
  for (const name of own?.by ?? []) {
    if (!(name in definition.filters)) say(`shows own rows without ${name}, which is no filter`);
  }
  for (const name of [...(definition.needsOneOf ?? []), ...(definition.needs ?? [])]) {
    if (!(name in definition.filters)) say(`needs the parameter ${name}, which is no filter`);
  }
}

function checkChoices({ madeWithOneOf = [], fields }: Definition, say: Say): void {
  for (const name of madeWithOneOf) if (!(name in fields)) say(`is made with ${name}, which is no field`);
}

function checkOrder(definition: Definition, say: Say): void {
  const { sort, changeSort, sorts = {} } = definition;
  for (const keys of [sort, ...(changeSort === undefined ? [] : [changeSort]), ...Object.values(sorts)]) {
    if (new Set(keys.map(({ descending = false }) => descending)).size > 1) say('has an order in two directions');
    if (keys.at(-1)?.sql !== 't.id') say('has an order that is not total: it must end in t.id');
  }
}

function checkKey({ alternateKey = [], fields }: Definition, say: Say): void {
  for (const name of alternateKey) {
    const type = fields[name]?.type ?? 'unknown';
    if (!['text', 'choice', 'reference'].includes(type))
      say(`is named by ${name}, which is neither a text nor a reference`);
  }
}

function checkRules(definition: Definition, say: Say): void {
  const { columns } = layoutOf(definition);
  for (const rule of Object.values(definition.allow)) {
    for (const column of columnsIn(rule)) {
      if (!columns.includes(column)) say(`has a permission about ${column}, which is no column`);
    }
  }
}

function columnsIn(rule: Rule): string[] {
  if (typeof rule === 'string' || 'has' in rule) return [];
  if ('any' in rule) return rule.any.flatMap(columnsIn);
  if ('all' in rule) return rule.all.flatMap(columnsIn);
  return Object.values(rule);
}
