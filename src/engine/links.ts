import type { Cell } from '../store/db.ts';
import type { Value } from './definition.ts';

/** What a field of type 'links' holds when nothing is linked. */
export const noLinks = '{}';

/** Ids by resource as the one text that stands for them: resources in order, ids ascending, empty lists left out. */
export function linksText(links: ReadonlyMap<string, readonly number[]>): string {
  const filled = [...links].filter(([, ids]) => ids.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(filled.map(([name, ids]) => [name, ids.toSorted((a, b) => a - b)])));
}

/** The ids of one resource in a value or cell of a field of type 'links'. */
export function linksIn(value: Value | Cell | undefined, resource: string): readonly number[] {
  if (typeof value !== 'string' || value === noLinks) return [];
  return (JSON.parse(value) as Record<string, number[]>)[resource] ?? [];
}
