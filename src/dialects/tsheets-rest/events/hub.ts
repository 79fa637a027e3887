import { type Change, readChanges } from '../../../resources/history/changes.ts';
import { settledUpTo } from '../../../resources/history/settled.ts';
import type { Database } from '../../../store/db.ts';

const pollMilliseconds = 1_000;
/** Changes of a company that are kept for streams that have come nearly as far; others read for themselves. */
const mostKept = 1_000;

/** A stream that wants to know when something new can be read. */
type Listener = () => void;

interface Company {
  readonly listeners: Set<Listener>;
  /** Up to where everything is known. */
  upTo: number;
  /** Behind this number, all changes are in `recent`. */
  from: number;
  recent: Change[];
}

/** Reads the history of the companies that anybody listens to, once a second for all streams of this process. */
export class Hub {
  readonly #database: Database;
  readonly #companies = new Map<number, Company>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Calls the listener whenever there is more to be read; gives the function that ends it. */
  listen(companyId: number, listener: Listener): () => void {
    let company = this.#companies.get(companyId);
    if (company === undefined) {
      company = { listeners: new Set(), upTo: 0, from: Number.POSITIVE_INFINITY, recent: [] };
      this.#companies.set(companyId, company);
    }
    const { listeners } = company;
    listeners.add(listener);
    this.#timer ??= setTimeout(() => void this.#poll(), 0).unref();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#companies.delete(companyId);
    };
  }

  /** The next changes behind a number; none where no more is known yet. */
  async next(companyId: number, after: number, limit: number): Promise<readonly Change[]> {
    const company = this.#companies.get(companyId);
    if (company === undefined || after >= company.upTo) return [];
    if (after >= company.from) return company.recent.filter(({ id }) => id > after).slice(0, limit);
    return readChanges(this.#database.forCompany(companyId), companyId, { after, upTo: company.upTo, limit });
  }

  async #poll(): Promise<void> {
    try {
      const settled = await settledUpTo(this.#database.system, [...this.#companies.keys()], pollMilliseconds);
      await Promise.all([...settled].map(([companyId, upTo]) => this.#advance(companyId, upTo)));
    } catch {
      // The database is away for a moment; the next round finds what this one would have.
    }
    this.#timer =
      this.#companies.size === 0 ? undefined : setTimeout(() => void this.#poll(), pollMilliseconds).unref();
  }

  async #advance(companyId: number, upTo: number): Promise<void> {
    const company = this.#companies.get(companyId);
    if (company === undefined || upTo <= company.upTo) return;
    const db = this.#database.forCompany(companyId);
    const first = company.upTo === 0;
    const fresh = first ? [] : await readChanges(db, companyId, { after: company.upTo, upTo, limit: mostKept + 1 });
    if (first || fresh.length > mostKept) {
      company.recent = [];
      company.from = upTo;
    } else {
      const all = [...company.recent, ...fresh];
      company.from = all.at(-mostKept - 1)?.id ?? company.from;
      company.recent = all.slice(-mostKept);
    }
    company.upTo = upTo;
    for (const listener of company.listeners) listener();
  }
}
