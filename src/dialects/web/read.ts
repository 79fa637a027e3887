import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../lib/errors.ts';

/** The fields of a request. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a body. Throws DomainError for anything but a JSON object. */
export function fieldsOf({ body }: Pick<FastifyRequest, 'body'>): Fields {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Fields;
  throw new DomainError('invalid', 'The body must be a JSON object.');
}

function refuse(field: string, sentence: string): never {
  throw new DomainError('invalid', sentence, { field });
}

function given(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined;
}

/** A text; undefined when it is absent or null. */
export function textIn(fields: Fields, name: string, longest: number): string | undefined {
  const value = given(fields, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return refuse(name, 'This must be a text.');
  if (value.length > longest) return refuse(name, `This can be at most ${longest} characters long.`);
  if (value.includes('\0') || !value.isWellFormed()) return refuse(name, 'This holds characters that can not be used.');
  return value;
}

/** A text that is not blank. */
export function requiredTextIn(fields: Fields, name: string, longest: number): string {
  const text = textIn(fields, name, longest);
  if (text !== undefined && text.trim() !== '') return text;
  throw new DomainError('missing', 'This is required.', { field: name });
}

/** True or false; undefined when it is absent or null. */
export function flagIn(fields: Fields, name: string): boolean | undefined {
  const value = given(fields, name);
  if (value === undefined || typeof value === 'boolean') return value;
  return refuse(name, 'This must be true or false.');
}

/** A whole number of this range; undefined when it is absent or null. */
export function numberIn(fields: Fields, name: string, least: number, most: number): number | undefined {
  const value = given(fields, name);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  return refuse(name, `This must be a whole number from ${least} to ${most}.`);
}

/** One of these words. */
export function wordIn<T extends string>(fields: Fields, name: string, words: readonly T[]): T {
  const text = requiredTextIn(fields, name, 100);
  return words.find((word) => word === text) ?? refuse(name, `This must be one of ${words.join(', ')}.`);
}

/** A list of texts; undefined when it is absent or null. */
export function textsIn(fields: Fields, name: string, most: number, longest: number): readonly string[] | undefined {
  const value = given(fields, name);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return refuse(name, 'This must be a list of texts.');
  if (value.length > most) return refuse(name, `This can be at most ${most} texts.`);
  return value.map(
    (item: unknown) => textIn({ [name]: item }, name, longest) ?? refuse(name, 'This must be a list of texts.'),
  );
}
