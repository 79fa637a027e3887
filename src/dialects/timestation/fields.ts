import { DomainError } from '../../lib/errors.ts';

/** What a body or a query says, flat: `custom_fields[Phone Number]` is a name, from nested JSON too. */
export type Fields = ReadonlyMap<string, string>;

const mostFields = 1_000;
const deepest = 2;

/** Fields of a query string or of a form-encoded body. Of a name that is given twice, the last counts. */
export function formFields(text: string): Fields {
  return collect(new URLSearchParams(text));
}

/** Fields of a JSON body: an object of texts, numbers and booleans, or objects of such. Null says nothing. */
export function jsonFields(text: string): Fields {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new DomainError('invalid', 'The body is not valid JSON');
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    throw new DomainError('invalid', 'The body must be a JSON object');
  return collect(flat(body, '', 1));
}

function* flat(object: object, outer: string, depth: number): Generator<[string, string]> {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const name = outer === '' ? key : `${outer}[${key}]`;
    if (value === null) yield [name, ''];
    else if (typeof value !== 'object') yield [name, String(value)];
    else if (Array.isArray(value) || depth === deepest)
      throw new DomainError('invalid', `${shortened(name)} must be a text`, { field: name });
    else yield* flat(value, name, depth + 1);
  }
}

function collect(pairs: Iterable<readonly [string, string]>): Fields {
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (fields.size >= mostFields) throw new DomainError('invalid', `At most ${mostFields} parameters can be given`);
    if (/[\0\p{Cs}]/u.test(name) || /[\0\p{Cs}]/u.test(value))
      throw new DomainError('invalid', `${shortened(name)} holds characters that no text can hold`);
    fields.set(name, value);
  }
  return fields;
}

/** A name as an error may repeat it. */
export function shortened(name: string): string {
  const printable = name.replace(/[\p{Cc}\p{Cs}]/gu, ' ');
  return printable.length > 80 ? `${printable.slice(0, 80)}…` : printable;
}

/** A field's text without blanks around it; undefined when it is not given or empty. */
export function textIn(fields: Fields, name: string): string | undefined {
  const text = fields.get(name)?.trim();
  return text === '' ? undefined : text;
}

/** A field that must be given. Throws 'missing'. */
export function demand(fields: Fields, name: string): string {
  const text = textIn(fields, name);
  if (text === undefined) throw new DomainError('missing', `${name} is required`, { field: name });
  return text;
}

/** The values of `name[key]`, by key. */
export function entriesIn(fields: Fields, name: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const [key, value] of fields) {
    if (key.startsWith(`${name}[`) && key.endsWith(']')) entries.set(key.slice(name.length + 1, -1), value);
  }
  return entries;
}
