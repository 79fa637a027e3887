import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import { coerce, coerceFlags, coerceRows, isBlank } from './coerce.ts';
import type { Ctx } from './context.ts';
import type { Candidate, Definition, Field, Mode, Value, Values } from './definition.ts';
import { columnOf, fieldOf, layoutOf } from './layout.ts';
import { noLinks } from './links.ts';
import { holds } from './permissions.ts';
import { mergeRecord } from './records.ts';

/** An item as the client sent it, by property name. */
export type Item = Readonly<Record<string, unknown>>;

/** Whether a client's value is what the stored row already shows; each dialect knows how it prints. */
export type Echoes = (definition: Definition, field: string, raw: unknown, cells: Cells) => boolean;

/** The mode of a field for a variant of its resource; while the variant is not known, the most that any one allows. */
export function modeOf(field: Field, variant: Value | undefined): Mode {
  if (typeof field.mode === 'string') return field.mode;
  if (variant === undefined) return Object.values(field.mode).find((mode) => mode !== 'read-only') ?? 'read-only';
  return field.mode[String(variant)] ?? 'read-only';
}

/**
 * A client's item as a candidate to be created. Returns DomainError when a property is unknown, missing or wrong. `within`
 * is the candidate that it is a part of, and the field in which that one's id is put later.
 */
export function candidateToCreate(
  ctx: Ctx,
  definition: Definition,
  index: number,
  item: Item,
  within?: { parent: Candidate; by: string },
): Candidate | DomainError {
  const values: Values = {};
  for (const [column, type] of layoutOf(definition).stored) values[column] = emptyValue(type);
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.nullable) values[columnOf(name, field)] = null;
    if (field.byDefault !== undefined) values[columnOf(name, field)] = field.byDefault;
    if (field.ownByDefault) values[columnOf(name, field)] = ctx.actor.userId;
  }
  const given = new Map(Object.entries(item).filter(([, raw]) => !isBlank(raw)));
  const blank = Object.keys(item).filter((name) => !given.has(name));
  return fill(ctx, definition, { index, values, given, blank, before: undefined, within });
}

/** A client's item as a change of a stored row. */
export function candidateToUpdate(
  ctx: Ctx,
  definition: Definition,
  index: number,
  item: Item,
  cells: Cells,
  echoes: Echoes | undefined,
): Candidate | DomainError {
  const before = layoutOf(definition).values(cells);
  // What names the row is not changed by naming it, in whatever case it is written.
  const naming = isBlank(item.id) ? ['id', ...(definition.alternateKey ?? [])] : ['id'];
  const given = new Map(
    Object.entries(item).filter(([name, raw]) => !naming.includes(name) && raw !== null && raw !== undefined),
  );
  return fill(ctx, definition, { index, values: { ...before }, given, blank: [], before, cells, echoes });
}

interface Filling {
  index: number;
  values: Values;
  given: Map<string, unknown>;
  blank: readonly string[];
  before: Values | undefined;
  cells?: Cells;
  echoes?: Echoes | undefined;
  within?: { parent: Candidate; by: string } | undefined;
}

function fill(ctx: Ctx, definition: Definition, filling: Filling): Candidate | DomainError {
  const { index, values, given, blank, before, within } = filling;
  const variant = variantOf(definition, given, before);
  if (variant instanceof DomainError) return variant;
  const refused = [...given.keys(), ...blank].filter((name) => !accepted(ctx, definition, name, variant, filling));
  if (refused.length > 0) {
    return new DomainError('invalid', `Invalid params: ${refused.join(',')}`, {
      field: refused[0] ?? '',
      code: 'invalid-params',
    });
  }
  const missing =
    before === undefined ? missingFields(definition, given, variant).filter((name) => name !== within?.by) : [];
  if (missing.length > 0) {
    return new DomainError('missing', `Missing required params: ${missing.join(',')}`, { field: missing[0] ?? '' });
  }
  const secrets: Record<string, string> = {};
  const nested: Record<string, readonly Item[]> = {};
  const taken = new Set<string>();
  for (const [name, raw] of given) {
    const field = fieldOf(definition, name);
    if (field === undefined || !writable(field, variant, before)) continue;
    if (before !== undefined && raw === '' && !clearable(field)) continue;
    const problem =
      field.type === 'rows' ? setRows(name, field, raw, filling, nested) : setField(name, field, raw, filling, secrets);
    if (problem !== undefined) return problem;
    taken.add(name);
  }
  const id = before === undefined ? undefined : Number(before.id);
  return {
    index,
    id,
    given: taken,
    before,
    values,
    secrets,
    nested,
    also: { updates: new Map(), inserts: [] },
    ...(within === undefined ? {} : { parent: within.parent }),
  };
}

function variantOf(
  definition: Definition,
  given: Map<string, unknown>,
  before: Values | undefined,
): Value | undefined | DomainError {
  if (definition.variant === undefined) return undefined;
  const field = definition.fields[definition.variant];
  const raw = given.get(definition.variant);
  if (field === undefined || raw === undefined || raw === '') return before?.[definition.variant];
  return coerce(definition.variant, field, raw);
}

function writable(field: Field, variant: Value | undefined, before: Values | undefined): boolean {
  const mode = modeOf(field, variant);
  return mode === 'read-write' || mode === 'write-only' || (mode === 'write-once' && before === undefined);
}

/** Whether a property may appear in an item: writable by this person, or not written but blank or as it is stored. */
function accepted(
  ctx: Ctx,
  definition: Definition,
  name: string,
  variant: Value | undefined,
  filling: Filling,
): boolean {
  const field = fieldOf(definition, name);
  if (field === undefined) return name === 'id' && filling.before === undefined && isBlank(filling.given.get(name));
  const raw = filling.given.get(name);
  if (isBlank(raw)) return true;
  if (name === filling.within?.by) return false;
  const { cells, echoes } = filling;
  // Whoever may not read a value must not find it out by guessing.
  const read = field.readBy === undefined || holds(field.readBy, ctx.actor);
  const asStored = read && cells !== undefined && echoes?.(definition, name, raw, cells) === true;
  return (
    asStored ||
    (writable(field, variant, filling.before) && (field.writeBy === undefined || holds(field.writeBy, ctx.actor)))
  );
}

function missingFields(definition: Definition, given: Map<string, unknown>, variant: Value | undefined): string[] {
  return Object.entries(definition.fields)
    .filter(([name, { required }]) => {
      if (required === undefined || required === false || given.has(name)) return false;
      return required === true || required.includes(String(variant));
    })
    .map(([name]) => name);
}

/** Whether a blank text empties the field; numbers and choices have no empty value, so a blank means "not given". */
function clearable(field: Field): boolean {
  if (field.nullable) return true;
  return !['integer', 'decimal', 'boolean', 'choice', 'flags', 'secret', 'rows'].includes(field.type);
}

function setRows(
  name: string,
  field: Field,
  raw: unknown,
  { before }: Filling,
  nested: Record<string, readonly Item[]>,
): DomainError | undefined {
  const known = before?.[columnOf(name, field)];
  const rows = coerceRows(name, field, raw, Array.isArray(known) ? known.map(Number) : []);
  if (rows instanceof DomainError) return rows;
  if (field.required && before === undefined && rows.length === 0)
    return new DomainError('invalid', `${name} must not be empty`, { field: name });
  nested[name] = rows;
  return undefined;
}

function setField(
  name: string,
  field: Field,
  raw: unknown,
  { values, before }: Filling,
  secrets: Record<string, string>,
): DomainError | undefined {
  const column = columnOf(name, field);
  if (field.type === 'flags') {
    const flags = coerceFlags(name, field, raw);
    if (flags instanceof DomainError) return flags;
    const set = new Set(values[column] as readonly string[]);
    for (const [flag, on] of flags) {
      if (on) set.add(flag);
      else set.delete(flag);
    }
    values[column] = field.values?.filter((flag) => set.has(flag)) ?? [];
    return undefined;
  }
  const value = field.type === 'record' ? mergeRecord(name, field, raw, values[column]) : coerce(name, field, raw);
  if (value instanceof DomainError) return value;
  if (field.type === 'secret') {
    secrets[name] = String(value);
    return undefined;
  }
  if (
    field.required &&
    !field.orNone &&
    (before === undefined || value !== before[column]) &&
    (value === null || value === '' || (typeof value === 'string' && value.trim() === ''))
  ) {
    return new DomainError('invalid', `${name} must not be blank`, { field: name });
  }
  values[column] = value instanceof Map ? mergeMaps(values[column], value) : value;
  return undefined;
}

/** A map names only what changes; a key that is not named keeps its value. An empty text removes the key. */
function mergeMaps(before: Value | undefined, change: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const merged = new Map(before instanceof Map ? before : []);
  for (const [id, text] of change) merged.set(id, text);
  return new Map([...merged].sort(([a], [b]) => a - b));
}

function emptyValue(type: string): Value {
  switch (type) {
    case 'integer':
    case 'decimal':
      return 0;
    case 'boolean':
      return false;
    case 'text':
    case 'choice':
      return '';
    case 'ids':
    case 'flags':
      return [];
    case 'map':
      return new Map();
    case 'links':
      return noLinks;
    case 'record':
      return '{}';
    default:
      return null;
  }
}
