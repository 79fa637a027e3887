import { DomainError } from '../lib/errors.ts';
import { coerce, isBlank } from './coerce.ts';
import type { Field, Value } from './definition.ts';

/**
 * A client's object over the record that is stored: a key that is not named, or null, keeps its value; a blank text takes it
 * away. Gives the JSON text with the keys in the order of the field, or a DomainError that names the key.
 */
export function mergeRecord(
  name: string,
  { keys = {} }: Field,
  raw: unknown,
  stored: Value | undefined,
): string | DomainError {
  // An empty list is how some languages write an object without keys.
  const given = raw === '' || (Array.isArray(raw) && raw.length === 0) ? {} : raw;
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    return new DomainError('invalid', `${name} must be an object`, { field: name });
  const values = new Map<string, unknown>(Object.entries(JSON.parse(String(stored || '{}')) as object));
  for (const [key, value] of Object.entries(given)) {
    const field = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (field === undefined)
      return new DomainError('invalid', `${name} has no ${JSON.stringify(key.slice(0, 40))}`, { field: name });
    if (value === null) continue;
    const kept = isBlank(value) ? undefined : coerce(`${name}.${key}`, field, value);
    if (kept instanceof DomainError) return kept;
    values.set(key, kept);
  }
  const ordered = Object.keys(keys).flatMap((key) => (values.get(key) === undefined ? [] : [[key, values.get(key)]]));
  return JSON.stringify(Object.fromEntries(ordered));
}
