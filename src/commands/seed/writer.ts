import type { Item } from '../../engine/candidates.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import { createRows } from '../../engine/create.ts';
import { list } from '../../engine/list.ts';
import type { Outcome } from '../../engine/results.ts';
import { updateRows } from '../../engine/update.ts';
import type { Cells } from '../../store/db.ts';

/** Items that the engine gets at once. Its statements do not grow in number with them. */
const batch = 200;

/** Writes through the engine, which judges every item as if a client had sent it. */
export class Writer {
  readonly #ctx: Ctx;

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /** Creates rows; gives their ids in order. Throws when one is refused. */
  async create(resource: string, items: readonly Item[]): Promise<number[]> {
    return this.#write(resource, items, (some) => createRows(this.#ctx, resourceOf(this.#ctx, resource), some));
  }

  /** Changes rows, each named by `id`. Throws when one is refused. */
  async update(resource: string, items: readonly Item[]): Promise<void> {
    await this.#write(resource, items, (some) => updateRows(this.#ctx, resourceOf(this.#ctx, resource), some));
  }

  /** The rows that these parameters select, at most 200. */
  async list(resource: string, params: Readonly<Record<string, string>>): Promise<Cells[]> {
    const given = new Map(Object.entries(params).map(([name, value]) => [name, [value]]));
    return (await list(this.#ctx, resourceOf(this.#ctx, resource), { params: given, limit: batch, page: 1 })).rows;
  }

  async #write(
    resource: string,
    items: readonly Item[],
    write: (some: readonly Item[]) => Promise<Outcome>,
  ): Promise<number[]> {
    const ids: number[] = [];
    for (let at = 0; at < items.length; at += batch) {
      const outcome = await write(items.slice(at, at + batch));
      outcome.items.forEach((result, index) => {
        if (result.ok && !result.duplicate) ids.push(result.id);
        else throw refused(resource, items[at + index], result.ok ? 'it exists already' : result.error.detail);
      });
    }
    return ids;
  }
}

/** A mistake in the demo itself, not of whoever starts it. */
function refused(resource: string, item: Item | undefined, why: string): Error {
  return new Error(`The demo's ${resource} hold an item that is refused: ${why}: ${JSON.stringify(item)}`);
}

/** What a key stands for; a key that stands for nothing is a mistake in the demo's data. */
export function idOf(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The demo has no ${key}`);
  return id;
}
