import type { Params } from '../../engine/filters.ts';
import { textOf } from '../../engine/filters.ts';
import { DomainError } from '../../lib/errors.ts';

const mostLimit = 200;
const mostPerPage = 50;
const mostPage = 10_000_000;
const mostItems = 50;
const deepest = 20;
/** A small text can hold millions of values, and reading them would keep everybody else waiting. */
const mostValues = 100_000;

/**
 * Query parameters as clients write them: `ids=1,2`, repeated names, and `ids[0]=1&ids[1]=2`. A `+` that was not
 * escaped arrives as a blank, which the readers of dates understand.
 */
export function paramsOf(query: string): Params {
  const params = new Map<string, string[]>();
  for (const [key, text] of new URLSearchParams(query)) {
    const name = key.replace(/\[\d*\]$/, '');
    const texts = params.get(name);
    if (texts === undefined) params.set(name, [text]);
    else texts.push(text);
  }
  for (const [name, texts] of params) if (texts.every((text) => text.trim() === '')) params.delete(name);
  return params;
}

/** `limit`, `per_page` and `page` as 00-overview.md, Paging, and the wire facts say. Throws DomainError. */
export function pagingOf(params: Params): { limit: number; page: number } {
  const page = wholeNumber(params, 'page') ?? 1;
  if (page < 0 || page > mostPage)
    throw new DomainError('invalid', 'page must be a positive whole number', { field: 'page' });
  const limit = wholeNumber(params, 'limit');
  if (limit !== undefined && (limit < 1 || limit > mostLimit)) {
    throw new DomainError('invalid', `limit must be a whole number from 1 to ${mostLimit}`, { field: 'limit' });
  }
  const perPage = limit === undefined ? wholeNumber(params, 'per_page') : undefined;
  const size =
    limit ?? (perPage === undefined ? mostLimit : perPage < 1 ? mostPerPage : Math.min(perPage, mostPerPage));
  return { limit: size, page: Math.max(1, page) };
}

function wholeNumber(params: Params, name: string): number | undefined {
  const text = textOf(params, name);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(text.trim()))
    throw new DomainError('invalid', `${name} must be a whole number`, { field: name });
  return Number(text);
}

/** The body of a POST or PUT, however its content type is named. Throws DomainError for text that is no JSON. */
export function parseBody(text: string): unknown {
  if (text.trim() === '') return undefined;
  const { depth, values } = measure(text);
  if (depth > deepest) throw new DomainError('invalid', `The body is nested more than ${deepest} levels deep`);
  if (values > mostValues) throw new DomainError('too-many', `The body holds more than ${mostValues} values`);
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('invalid', 'The body is not valid JSON', { code: 'bad-request' });
  }
}

/** How deep a JSON text is nested, and how many values it holds, at least where it is one. */
function measure(text: string): { depth: number; values: number } {
  let depth = 0;
  let deepestSeen = 0;
  let values = 1;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === 34) index = endOfText(text, index);
    else if (character === 44) values += 1;
    else if (character === 91 || character === 123) {
      values += 1;
      deepestSeen = Math.max(deepestSeen, ++depth);
    } else if (character === 93 || character === 125) depth -= 1;
    if (deepestSeen > deepest || values > mostValues) break;
  }
  return { depth: deepestSeen, values };
}

/** Where the quote stands that ends the text which begins here: one before which the number of backslashes is even. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === 92) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}

/** The items of a POST or PUT. Throws DomainError when `data` is not a list of at most 50 items. */
export function itemsOf(body: unknown): unknown[] {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new DomainError('invalid', 'The body must be a JSON object with a data property');
  }
  const { data } = body as { data?: unknown };
  if (!Array.isArray(data)) throw new DomainError('invalid', 'data must be an array of objects', { field: 'data' });
  if (data.length > mostItems) {
    throw new DomainError('too-many', `data holds ${data.length} items; at most ${mostItems} are allowed`, {
      field: 'data',
    });
  }
  return data;
}

/** What a body says beside its data; undefined when nothing. */
export function optionIn(body: unknown, name: string): unknown {
  return body !== null && typeof body === 'object' && Object.hasOwn(body, name)
    ? (body as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Whether supplemental data is wanted; yes unless the client says no. Throws DomainError. */
export function supplementalWanted(params: Params): boolean {
  const text = textOf(params, 'supplemental_data')?.toLowerCase();
  if (text === undefined || text === 'yes' || text === 'true' || text === '1') return true;
  if (text === 'no' || text === 'false' || text === '0') return false;
  throw new DomainError('invalid', 'supplemental_data must be yes or no', { field: 'supplemental_data' });
}
