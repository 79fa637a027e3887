import { type Ctx, resourceOf } from '../../engine/context.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';

/** Which of these users are archived, of those that the actor may see. */
export async function archivedUsers(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const users = resourceOf(ctx, 'users');
  const activeAt = layoutOf(users).at('active');
  const rows = await lookup(ctx, users, ids);
  return new Set([...rows].flatMap(([id, cells]) => (cells[activeAt] === 't' ? [] : [id])));
}
