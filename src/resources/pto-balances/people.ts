import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { permits } from '../../engine/permissions.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Cells } from '../../store/db.ts';
import type { PtoPerson } from './policies.ts';

/** A user as far as it matters to time off. */
export function personOf(user: Values): PtoPerson {
  const day = (name: string): string | null => (user[name] === null ? null : String(user[name]));
  return { id: Number(user.id), groupId: Number(user.group_id ?? 0), hired: day('hire_date'), left: day('term_date') };
}

/** The same of rows, in order. */
export function peopleOf(ctx: Ctx, rows: readonly Cells[]): PtoPerson[] {
  const { value } = layoutOf(resourceOf(ctx, 'users'));
  return rows.map((cells) =>
    personOf({
      id: value(cells, 'id'),
      group_id: value(cells, 'group_id'),
      hire_date: value(cells, 'hire_date'),
      term_date: value(cells, 'term_date'),
    }),
  );
}

/** These users, each once, of those whose time off the actor may see. Throws DomainError that names the others. */
export async function seenPeople(ctx: Ctx, userIds: readonly number[]): Promise<PtoPerson[]> {
  const rows = await lookup(ctx, resourceOf(ctx, 'users'), userIds);
  const { view } = resourceOf(ctx, 'pto_adjustments').allow;
  const hidden = userIds.filter((id) => !rows.has(id) || !permits(view, ctx.actor, () => id));
  if (hidden.length > 0)
    throw new DomainError('invalid', `There is no user ${hidden.join(', ')}`, {
      field: 'user_ids',
      code: 'no-such-reference',
    });
  return peopleOf(ctx, [...rows.values()]);
}
