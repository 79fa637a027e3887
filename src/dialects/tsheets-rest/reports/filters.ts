import { isBlank, readBoolean, readInteger } from '../../../engine/coerce.ts';
import { type Ctx, resourceOf } from '../../../engine/context.ts';
import type { Params } from '../../../engine/filters.ts';
import { lookup } from '../../../engine/lookup.ts';
import { DomainError } from '../../../lib/errors.ts';
import { daysBetween, parseDay } from '../../../lib/time.ts';
import { pagingOf } from '../read.ts';
import type { Filters } from './report.ts';

/** Readers of the filters of a report, as lenient as its clients are many. Blank filters count as not given. */

const mostItems = 10_000;
const mostDays = 375;
const mostTextLength = 2_000;

function invalid(name: string, detail: string): DomainError {
  return new DomainError('invalid', `${name} ${detail}`, { field: name });
}

function given(data: Filters, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

/** The first and the last day of a report. */
export interface DayRange {
  readonly start: string;
  readonly end: string;
}

/** A day (YYYY-MM-DD). Throws DomainError naming the filter. */
export function dayIn(data: Filters, name: string): string | undefined {
  const raw = given(data, name);
  if (isBlank(raw)) return undefined;
  const day = typeof raw === 'string' ? parseDay(raw.trim()) : undefined;
  if (day === undefined) throw invalid(name, 'must be a date in the form YYYY-MM-DD');
  return day;
}

/** A day that must be given. Throws DomainError naming the filter. */
export function requiredDay(data: Filters, name: string): string {
  const day = dayIn(data, name);
  if (day === undefined) throw new DomainError('missing', `${name} must be given`, { field: name });
  return day;
}

/** start_date and end_date, both required. Throws DomainError for one that is reversed or longer than 375 days. */
export function dayRange(data: Filters): DayRange {
  const range = { start: requiredDay(data, 'start_date'), end: requiredDay(data, 'end_date') };
  if (range.end < range.start) throw invalid('end_date', `${range.end} lies before start_date ${range.start}`);
  const days = daysBetween(range.start, range.end) + 1;
  if (days > mostDays) {
    throw invalid('end_date', `lies ${days} days after start_date, both counted; at most ${mostDays} are allowed`);
  }
  return range;
}

/** The items of a list: an array, comma separated text, or a single value; blank ones are left out. */
function itemsIn(data: Filters, name: string): (string | number)[] {
  const raw = given(data, name);
  if (isBlank(raw)) return [];
  if (typeof raw === 'object' && !Array.isArray(raw)) throw invalid(name, 'must be a list');
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : String(raw).split(',');
  const items: (string | number)[] = [];
  for (const item of parts) {
    const plain = typeof item === 'string' ? item.trim() : item;
    if (isBlank(plain)) continue;
    if (typeof plain !== 'string' && typeof plain !== 'number') throw invalid(name, 'must be a list of single values');
    items.push(plain);
  }
  if (items.length > mostItems) {
    throw new DomainError('too-many', `${name} holds ${items.length} items; at most ${mostItems} are allowed`, {
      field: name,
    });
  }
  return items;
}

/** Ids, each once, in the order given. Throws DomainError naming the filter. */
export function idsIn(data: Filters, name: string): number[] {
  const ids = itemsIn(data, name).map((item) => {
    const id = readInteger(item);
    if (id === undefined) throw invalid(name, 'must be a list of ids');
    return id;
  });
  return [...new Set(ids)];
}

/** One id; undefined when it is not given. Throws DomainError naming the filter. */
export function idIn(data: Filters, name: string): number | undefined {
  const [id, ...more] = idsIn(data, name);
  if (more.length > 0) throw invalid(name, 'must be one id');
  return id;
}

/**
 * Ids of rows that the caller may see; 0 passes where it stands for none (`zero`). Throws DomainError that names the ids that
 * do not exist for him.
 */
export async function knownIds(
  ctx: Ctx,
  data: Filters,
  name: string,
  resource: string,
  { zero = false }: { zero?: boolean } = {},
): Promise<number[]> {
  const ids = idsIn(data, name);
  const found = await lookup(ctx, resourceOf(ctx, resource), ids);
  const unknown = ids.filter((id) => !found.has(id) && !(zero && id === 0));
  if (unknown.length === 0) return ids;
  const named = unknown.length > 10 ? `${unknown.slice(0, 10).join(', ')} and others` : unknown.join(', ');
  throw invalid(name, `names ${resource} that do not exist: ${named}`);
}

/** Texts, blank ones left out. Throws DomainError naming the filter. */
export function textsIn(data: Filters, name: string): string[] {
  return itemsIn(data, name).map((item) => {
    const text = String(item);
    if (text.includes('\0') || !text.isWellFormed()) throw invalid(name, 'must be valid text');
    if (text.length > mostTextLength) throw invalid(name, 'is too long');
    return text;
  });
}

/**
 * One of some words, in any case; where they are yes and no, true, false, 1 and 0 mean the same. Throws DomainError naming the
 * filter.
 */
export function choiceIn<const Choice extends string>(
  data: Filters,
  name: string,
  values: readonly Choice[],
  byDefault: NoInfer<Choice>,
): Choice {
  const raw = given(data, name);
  if (isBlank(raw)) return byDefault;
  const word = typeof raw === 'object' ? '' : String(raw).trim().toLowerCase();
  const flag = readBoolean(word);
  const meant = flag === undefined ? word : flag ? 'yes' : 'no';
  const choice = values.find((value) => value === word) ?? values.find((value) => value === meant);
  if (choice === undefined) throw invalid(name, `must be one of ${values.join(', ')}`);
  return choice;
}

/** Whether a filter says yes or true; no when it is not given. Throws DomainError naming the filter. */
export function saysYes(data: Filters, name: string): boolean {
  return choiceIn(data, name, ['yes', 'no'], 'no') === 'yes';
}

/** limit, per_page and page, as in a query. Throws DomainError. */
export function pageIn(data: Filters): { limit: number; page: number } {
  const params = new Map<string, readonly string[]>();
  for (const name of ['limit', 'per_page', 'page']) {
    const raw = given(data, name);
    if (!isBlank(raw)) params.set(name, [typeof raw === 'object' ? JSON.stringify(raw) : String(raw)]);
  }
  return pagingOf(params satisfies Params);
}
