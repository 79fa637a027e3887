import { DomainError } from '../lib/errors.ts';
import { parseDay, parseInstant } from '../lib/time.ts';
import type { Field, Value } from './definition.ts';
import { linksText, noLinks } from './links.ts';

const mostInteger = 2_147_483_647;
const mostDecimal = 99_999_999;
const mostIds = 10_000;

function invalid(field: string, detail: string): DomainError {
  return new DomainError('invalid', `${field} ${detail}`, { field });
}

/** Whether a client's value stands for "nothing": null always, and blank text. */
export function isBlank(raw: unknown): boolean {
  return raw === null || raw === undefined || raw === '';
}

/** true/false, yes/no, 1/0 in any case, as JSON or as text; undefined for anything else. */
export function readBoolean(raw: unknown): boolean | undefined {
  // An object may bring a toString of its own, which is no function.
  if (typeof raw === 'object') return undefined;
  const word = String(raw).toLowerCase();
  if (word === 'true' || word === 'yes' || word === '1') return true;
  if (word === 'false' || word === 'no' || word === '0') return false;
  return undefined;
}

/** A whole number that fits an id, given as JSON number or as text; undefined for anything else. */
export function readInteger(raw: unknown): number | undefined {
  if (typeof raw !== 'number' && typeof raw !== 'string') return undefined;
  if (typeof raw === 'string' && !/^\s*-?\d{1,10}\s*$/.test(raw)) return undefined;
  const number = Number(raw);
  return Number.isInteger(number) && Math.abs(number) <= mostInteger ? number : undefined;
}

/**
 * A client's value as a stored value. Lenient where real clients are: numbers and booleans may be texts, lists may be
 * comma separated. Returns a DomainError that names the field otherwise.
 */
export function coerce(name: string, field: Field, raw: unknown): Value | DomainError {
  switch (field.type) {
    case 'integer':
      if (raw === '' && field.nullable) return null;
      return coerceNumber(name, field, readInteger(raw), 'must be a whole number');
    case 'decimal':
      return coerceNumber(name, field, readDecimal(raw), 'must be a number');
    case 'reference':
      return coerceReference(name, raw);
    case 'boolean':
      return readBoolean(raw) ?? invalid(name, 'must be true or false');
    case 'text':
      return coerceText(name, field, field.listed === true ? joined(raw) : raw);
    case 'secret':
      return coerceText(name, field, typeof raw === 'number' ? String(raw) : raw);
    case 'choice':
      return coerceChoice(name, field, raw);
    case 'day':
      return coerceDay(name, field, raw);
    case 'instant':
    case 'local-instant':
      return coerceInstant(name, raw);
    case 'ids':
      return coerceIds(name, raw, field.most);
    case 'map':
      return coerceMap(name, raw);
    case 'links':
      return coerceLinks(name, field, raw);
    default:
      return invalid(name, 'can not be set');
  }
}

function readDecimal(raw: unknown): number | undefined {
  if (typeof raw === 'string' && !/^\s*-?\d{1,12}(\.\d{1,12})?\s*$/.test(raw)) return undefined;
  if (typeof raw !== 'number' && typeof raw !== 'string') return undefined;
  const number = Number(raw);
  return Number.isFinite(number) && Math.abs(number) <= mostDecimal ? number : undefined;
}

function coerceNumber(name: string, field: Field, number: number | undefined, complaint: string): number | DomainError {
  if (number === undefined) return invalid(name, complaint);
  if (field.least !== undefined && number < field.least) return invalid(name, `must not be less than ${field.least}`);
  if (field.most !== undefined && number > field.most) return invalid(name, `must not be more than ${field.most}`);
  if (field.oneOf !== undefined && !field.oneOf.includes(number))
    return invalid(name, `must be one of ${field.oneOf.join(', ')}`);
  return number;
}

function coerceReference(name: string, raw: unknown): number | null | DomainError {
  const number = raw === '' ? 0 : readInteger(raw);
  if (number === undefined || number < 0) return invalid(name, 'must be an id');
  return number === 0 ? null : number;
}

function coerceText(name: string, field: Field, raw: unknown): string | DomainError {
  if (typeof raw !== 'string') return invalid(name, 'must be a text');
  if (raw.includes('\0')) return invalid(name, 'must not hold a NUL character');
  if (!raw.isWellFormed()) return invalid(name, 'must be valid Unicode');
  const longest = field.longest ?? 255;
  if (raw.length > longest && [...raw].length > longest)
    return invalid(name, `must not be longer than ${longest} characters`);
  if (field.pattern !== undefined && raw !== '' && !field.pattern.test.test(raw))
    return invalid(name, field.pattern.says);
  return raw;
}

/** An array of texts as a comma separated list; anything else as it is. */
function joined(raw: unknown): unknown {
  return Array.isArray(raw) && raw.every((item) => typeof item === 'string') ? raw.join(',') : raw;
}

function coerceChoice(name: string, field: Field, raw: unknown): string | DomainError {
  const values = field.values ?? [];
  const word = new Map(Object.entries(field.alsoCalled ?? {})).get(String(typeof raw === 'string' ? raw : '')) ?? raw;
  if (typeof word === 'string' && values.includes(word)) return word;
  return invalid(name, `must be one of ${values.join(', ')}`);
}

function coerceDay(name: string, field: Field, raw: unknown): string | null | DomainError {
  if (raw === '' || raw === '0000-00-00') return null;
  const text = typeof raw === 'string' ? raw : '';
  const timed = field.withTime === true && text.charAt(10) === 'T' && parseInstant(text) !== undefined;
  const day = parseDay(timed ? text.slice(0, 10) : text);
  return day ?? invalid(name, 'must be a date in the form YYYY-MM-DD');
}

function coerceInstant(name: string, raw: unknown): number | null | DomainError {
  if (raw === '') return null;
  const instant = typeof raw === 'string' ? parseInstant(raw) : undefined;
  return instant ?? invalid(name, 'must be a date and time in the form YYYY-MM-DDThh:mm:ss±hh:mm');
}

function coerceIds(name: string, raw: unknown, most = mostIds): number[] | DomainError {
  if (typeof raw === 'object' && !Array.isArray(raw)) return invalid(name, 'must be a list of ids');
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : String(raw).split(',');
  const ids: number[] = [];
  for (const part of parts) {
    if (part === '' || (typeof part === 'string' && part.trim() === '')) continue;
    const id = readInteger(part);
    if (id === undefined || id < 1) return invalid(name, 'must be a list of ids');
    if (!ids.includes(id)) ids.push(id);
    if (ids.length > most) return invalid(name, `must not hold more than ${most} ids`);
  }
  return ids;
}

function coerceMap(name: string, raw: unknown): ReadonlyMap<number, string> | DomainError {
  if (raw === '' || (Array.isArray(raw) && raw.length === 0)) return new Map();
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw))
    return invalid(name, 'must be an object of values by custom field id');
  const values = new Map<number, string>();
  for (const [key, value] of Object.entries(raw)) {
    const id = readInteger(key);
    if (id === undefined || id < 1)
      return invalid(name, `holds ${JSON.stringify(key.slice(0, 40))}, which is no custom field id`);
    if (value !== null && typeof value === 'object') return invalid(name, `holds a value for ${id} that is no text`);
    const text = coerceText(`${name}.${id}`, { type: 'text', mode: 'read-write', says: '' }, String(value ?? ''));
    if (text instanceof DomainError) return text;
    values.set(id, text);
  }
  return values;
}

function coerceLinks(name: string, { values = [] }: Field, raw: unknown): string | DomainError {
  if (raw === '' || (Array.isArray(raw) && raw.length === 0)) return noLinks;
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw))
    return invalid(name, 'must be an object of lists of ids');
  const links = new Map<string, readonly number[]>();
  for (const [kind, list] of Object.entries(raw)) {
    if (!values.includes(kind)) return invalid(name, `must not hold ${JSON.stringify(kind.slice(0, 40))}`);
    const ids = isBlank(list) ? [] : coerceIds(`${name}.${kind}`, list);
    if (ids instanceof DomainError) return ids;
    links.set(kind, ids);
  }
  return linksText(links);
}

/** Objects that make new rows; a whole number stands for a row that is there already and must be one of `known`. */
export function coerceRows(
  name: string,
  field: Field,
  raw: unknown,
  known: readonly number[],
): Record<string, unknown>[] | DomainError {
  if (!Array.isArray(raw)) return invalid(name, 'must be a list of objects');
  const rows: Record<string, unknown>[] = [];
  for (const item of raw as readonly unknown[]) {
    if (item !== null && typeof item === 'object' && !Array.isArray(item)) {
      rows.push(item as Record<string, unknown>);
      continue;
    }
    const id = readInteger(item);
    if (id === undefined) return invalid(name, 'must be a list of objects');
    if (!known.includes(id)) return invalid(name, `holds ${id}, which does not belong to it`);
  }
  if (field.most !== undefined && rows.length > field.most)
    return invalid(name, `must not hold more than ${field.most}`);
  return rows;
}

/** An object of booleans: the names that are switched on and off. */
export function coerceFlags(name: string, field: Field, raw: unknown): Map<string, boolean> | DomainError {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw))
    return invalid(name, 'must be an object of true and false');
  const flags = new Map<string, boolean>();
  for (const [key, value] of Object.entries(raw)) {
    const proper = new Map(Object.entries(field.alsoCalled ?? {})).get(key) ?? key;
    if (!field.values?.includes(proper)) return invalid(name, `has no ${JSON.stringify(key.slice(0, 40))}`);
    if (isBlank(value)) continue;
    const flag = readBoolean(value);
    if (flag === undefined) return invalid(`${name}.${key}`, 'must be true or false');
    flags.set(proper, flag);
  }
  return flags;
}
