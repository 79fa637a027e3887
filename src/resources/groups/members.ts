import type { Ctx } from '../../engine/context.ts';
import type { Touched, Written } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { managersOf } from './facts.ts';

/**
 * What a group's change means to people: the members of a group that is archived have no group from then on, and whoever
 * becomes or stops being a manager counts as modified, since his manager_of_group_ids did.
 */
export async function changePeople({ db, actor }: Ctx, written: readonly Written[]): Promise<Touched> {
  const archived = written.flatMap(({ id, candidate: { before, values } }) =>
    before?.active === true && values.active === false ? [id] : [],
  );
  const managers = written.flatMap(({ candidate: { before, values } }) => {
    const [old, now] = [managersOf(before), managersOf(values)];
    if (before !== undefined && before.active !== values.active) return [...old, ...now];
    return [...old.filter((id) => !now.includes(id)), ...now.filter((id) => !old.includes(id))];
  });
  if (archived.length === 0 && managers.length === 0) return new Map();
  await db.rows(sql`
    UPDATE users SET group_id = CASE WHEN group_id = ANY(${archived}::int[]) THEN NULL ELSE group_id END
    WHERE company_id = ${actor.companyId} AND (group_id = ANY(${archived}::int[]) OR id = ANY(${managers}::int[]))`);
  return new Map();
}
