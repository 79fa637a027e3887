import type { Ctx } from '../../engine/context.ts';
import type { Definition, Values } from '../../engine/definition.ts';
import { listValues } from '../../engine/values.ts';

/** Lists of this API have no pages; the rows are fetched in few. */
const limit = 5_000;

/** Every row that the key's user may see, by the parameters of the definition's filters. */
export async function allValues(
  ctx: Ctx,
  definition: Definition,
  params: Readonly<Record<string, string>>,
): Promise<Values[]> {
  const all: Values[] = [];
  for (let page = 1; ; page += 1) {
    const { rows, more } = await listValues(ctx, definition, { params, limit, page });
    all.push(...rows);
    if (!more) return all;
  }
}
