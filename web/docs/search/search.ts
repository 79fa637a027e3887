import MiniSearch, { type SearchResult } from 'minisearch';
import { type Entry, type Kind, kinds } from './entries.ts';

/** Results of one kind, the best first. */
export interface Results {
  readonly kind: Kind;
  readonly entries: readonly Entry[];
}

/** How many of a kind are shown; more would bury the other kinds. */
const most = 6;

/** What people look for is mostly an object or how to do something; parameters and statuses repeat on many pages. */
const weights: Readonly<Record<Kind, number>> = {
  object: 4,
  guide: 2,
  endpoint: 1.5,
  property: 1.2,
  parameter: 0.8,
  status: 0.8,
};

/** Makes the function that finds entries by words: beginnings of words and small slips of the pen are found too. */
export function searchOf(entries: readonly Entry[]): (words: string) => Results[] {
  const index = new MiniSearch<Entry>({
    fields: ['title', 'place', 'text'],
    tokenize: (text) => text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\p{N}]+/u),
    processTerm: (term) => stem(term.toLowerCase()),
    searchOptions: {
      boost: { title: 6, place: 1.5 },
      boostDocument: (id) => weights[entries[id as number]?.kind ?? 'status'],
      combineWith: 'AND',
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.25 : false),
      weights: { prefix: 0.5, fuzzy: 0.2 },
    },
  });
  index.addAll(entries);
  return (words) => grouped(index.search(words), entries);
}

/** Groups in the order of their best results. */
function grouped(results: readonly SearchResult[], entries: readonly Entry[]): Results[] {
  const groups = new Map<Kind, Entry[]>();
  for (const { id } of results) {
    const entry = entries[id as number];
    if (entry === undefined) continue;
    const group = groups.get(entry.kind) ?? [];
    if (group.length < most) groups.set(entry.kind, [...group, entry]);
    if (groups.size === kinds.length && [...groups.values()].every(({ length }) => length === most)) break;
  }
  return [...groups].map(([kind, found]) => ({ kind, entries: found }));
}

/** Singular and plural are one word. */
function stem(term: string): string | null {
  if (term === '') return null;
  return term.length > 3 && term.endsWith('s') && !term.endsWith('ss') ? term.slice(0, -1) : term;
}
