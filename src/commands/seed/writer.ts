import type { Item } from '../../engine/candidates.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import { createRows } from '../../engine/create.ts';
import type { Definition } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { list } from '../../engine/list.ts';
import type { Outcome } from '../../engine/results.ts';
import { updateRows } from '../../engine/update.ts';
import type { Cells } from '../../store/db.ts';

/** Rows that a list gives at most. */
const page = 200;

/** Writes through the engine, which judges every item as if a client had sent it. */
export class Writer {
  readonly #ctx: Ctx;

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /** Creates rows; gives their ids in order. Throws when one is refused. */
  async create(resource: string, items: readonly Item[]): Promise<number[]> {
    return this.#write(resource, items, createRows);
  }

  /** Changes rows, each named by `id`. Throws when one is refused. */
  async update(resource: string, items: readonly Item[]): Promise<void> {
    await this.#write(resource, items, updateRows);
  }

  /** The rows that these parameters select, at most 200. */
  async list(resource: string, params: Readonly<Record<string, string>>): Promise<Cells[]> {
    const given = new Map(Object.entries(params).map(([name, value]) => [name, [value]]));
    return (await list(this.#ctx, resourceOf(this.#ctx, resource), { params: given, limit: page, page: 1 })).rows;
  }

  /** Ids of the rows that these parameters select, by name. */
  async idsByName(resource: string, params: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, number>> {
    const layout = layoutOf(resourceOf(this.#ctx, resource));
    const rows = await this.list(resource, params);
    return new Map(rows.map((cells) => [String(layout.value(cells, 'name')), Number(layout.value(cells, 'id'))]));
  }

  /** All of them are one batch: the number of the engine's statements does not grow with it. */
  async #write(
    resource: string,
    items: readonly Item[],
    write: (ctx: Ctx, definition: Definition, items: readonly Item[]) => Promise<Outcome>,
  ): Promise<number[]> {
    const outcome = await write(this.#ctx, resourceOf(this.#ctx, resource), items);
    return outcome.items.map((result, index) => {
      if (result.ok && !result.duplicate) return result.id;
      throw refused(resource, items[index], result.ok ? 'it exists already' : result.error.detail);
    });
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
