import type { Call, Page } from './call.ts';
import { Invalid } from './validation.ts';

const usual = 50;
const most = 1_000;

/** The page that a request asks for. Throws Invalid. Reference: (b) Envelope, paging. */
export function pageAsked(query: URLSearchParams): Pick<Page, 'limit' | 'page'> {
  const errors: Record<string, string[]> = {};
  const read = (name: string, otherwise: number): number => {
    const text = query.get(name);
    if (text === null) return otherwise;
    if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
    errors[name] = [`The ${name} must be an integer of at least 1.`];
    return otherwise;
  };
  const asked = { limit: Math.min(read('limit', usual), most), page: read('page', 1) };
  if (Object.keys(errors).length > 0) throw new Invalid(errors);
  return asked;
}

/** The rows of the page, and the page: for lists that are at hand whole. */
export function paged<T>(query: URLSearchParams, rows: readonly T[]): { rows: readonly T[]; page: Page } {
  const { limit, page } = pageAsked(query);
  return { rows: rows.slice((page - 1) * limit, page * limit), page: { total: rows.length, limit, page } };
}

/** What an answer says of its page, beside `data`. */
export function pageKeys(
  { request, query }: Pick<Call, 'request' | 'query'>,
  { total, limit, page }: Page,
  count: number,
): Record<string, unknown> {
  const last = Math.max(1, Math.ceil(total / limit));
  const urlOf = (number: number): string => {
    const asked = new URLSearchParams(query);
    asked.set('page', String(number));
    const [path] = request.url.split('?', 1);
    return `${request.protocol}://${request.host}${path}?${asked}`;
  };
  const first = (page - 1) * limit + 1;
  return {
    total,
    per_page: limit,
    current_page: page,
    last_page: last,
    next_page_url: page < last ? urlOf(page + 1) : null,
    prev_page_url: page > 1 ? urlOf(Math.min(page - 1, last)) : null,
    from: count === 0 ? null : first,
    to: count === 0 ? null : first + count - 1,
  };
}
