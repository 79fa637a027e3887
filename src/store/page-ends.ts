import { LRUCache } from 'lru-cache';

/** The sort keys of the row that a page ended with. */
export type PageEnd = readonly string[];

const remembered = 15 * 60 * 1000;
/** Milliseconds within which two clients that ask the same are thought to be paging side by side. */
const sideBySide = 2 * 60 * 1000;
const mostSideBySide = 4;

/**
 * Where the pages of lists ended, so that a next page continues behind the last row whatever was written in between. Two
 * clients that ask the same with one token can not be told apart: several ends are kept then, and whoever continues behind
 * any of them may see a row twice, but misses none.
 */
export class PageEnds {
  readonly #ends = new LRUCache<string, { end: PageEnd; at: number }[]>({ max: 20_000, ttl: remembered });

  /** Remembers the end of a page of a series. */
  note(series: string, page: number, end: PageEnd): void {
    const now = performance.now();
    const key = `${series}:${page}`;
    const text = end.join('\n');
    const others = (this.#ends.get(key) ?? []).filter(
      (other) => now - other.at < sideBySide && other.end.join('\n') !== text,
    );
    this.#ends.set(key, [...others.slice(1 - mostSideBySide), { end, at: now }]);
  }

  /** Where the page before this one ended; undefined when it was not given lately. */
  before(series: string, page: number): readonly PageEnd[] | undefined {
    return this.#ends.get(`${series}:${page - 1}`)?.map(({ end }) => end);
  }
}
