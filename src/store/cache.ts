import { LRUCache } from 'lru-cache';
import { PageEnds } from './page-ends.ts';

interface CompanyFacts {
  /** Grows with every change that this process hears of; a load that began before it is not kept. */
  generation: number;
  kinds: Map<string, LRUCache<string | number, NonNullable<unknown>>>;
}

const companiesKept = 500;
const entriesPerKind = 5_000;

/**
 * Facts of companies that seldom change (people, jobcodes, settings, tokens), kept until a change is announced.
 * The database announces every change on a channel; this process also forgets at once what it changed itself.
 */
export class CompanyCache {
  readonly pageEnds = new PageEnds();
  readonly #companies = new LRUCache<number, CompanyFacts>({ max: companiesKept });
  /** Generations outlive evicted companies, so that a token remembered against one can not be taken for current. */
  #epoch = 0;
  #paused = false;

  /** The company's generation: equal numbers mean that nothing was announced in between. */
  generation(companyId: number): number {
    return this.#facts(companyId).generation;
  }

  /** Forgets everything of one company. */
  forget(companyId: number): void {
    this.#companies.delete(companyId);
  }

  /** Stops keeping anything while announcements can not be heard; starts afresh afterwards. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#companies.clear();
  }

  /** One fact, loaded when it is not known. */
  async remember<T extends NonNullable<unknown>>(
    companyId: number,
    kind: string,
    key: string | number,
    load: () => Promise<T>,
  ): Promise<T> {
    const facts = this.#facts(companyId);
    const kept = facts.kinds.get(kind)?.get(key);
    if (kept !== undefined) return kept as T;
    const loaded = await load();
    this.#keep(companyId, facts, kind, [[key, loaded]]);
    return loaded;
  }

  /** Many facts by key; `load` is asked once, for those that are not known. Keys that do not exist are left out. */
  async rememberMany<K extends string | number, T extends NonNullable<unknown>>(
    companyId: number,
    kind: string,
    keys: Iterable<K>,
    load: (missing: K[]) => Promise<Map<K, T>>,
  ): Promise<Map<K, T>> {
    const facts = this.#facts(companyId);
    const known = facts.kinds.get(kind);
    const found = new Map<K, T>();
    const missing: K[] = [];
    for (const key of keys) {
      const kept = known?.get(key);
      if (kept === undefined) missing.push(key);
      else found.set(key, kept as T);
    }
    if (missing.length === 0) return found;
    const loaded = await load(missing);
    this.#keep(companyId, facts, kind, loaded);
    for (const [key, value] of loaded) found.set(key, value);
    return found;
  }

  #keep(
    companyId: number,
    facts: CompanyFacts,
    kind: string,
    entries: Iterable<[string | number, NonNullable<unknown>]>,
  ): void {
    if (this.#paused || this.#companies.peek(companyId) !== facts) return;
    let known = facts.kinds.get(kind);
    if (known === undefined) {
      // By size and not by `max`, for which all the room would be taken at once, after every change anew.
      known = new LRUCache({ maxSize: entriesPerKind, sizeCalculation: () => 1 });
      facts.kinds.set(kind, known);
    }
    for (const [key, value] of entries) known.set(key, value);
  }

  #facts(companyId: number): CompanyFacts {
    let facts = this.#companies.get(companyId);
    if (facts === undefined) {
      this.#epoch += 1;
      facts = { generation: this.#epoch, kinds: new Map() };
      this.#companies.set(companyId, facts);
    }
    return facts;
  }
}
