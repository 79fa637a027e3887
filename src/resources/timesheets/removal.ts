import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { loadByIds, lookup } from '../../engine/lookup.ts';
import { originOf } from '../../engine/writing.ts';
import type { DomainError } from '../../lib/errors.ts';
import { raw, type Sql, sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { type ClosedTime, closedTime } from '../payroll-closings/closed-time.ts';
import { cancelBeforeDeletion } from '../time-off-request-entries/links.ts';
import { companyLockDate } from './facts.ts';
import { lockOf, mayDelete } from './rules.ts';

export interface RemovalFacts {
  users: ReadonlyMap<number, Values>;
  lockDate: string | null;
  closed: ReadonlyMap<number, ClosedTime>;
}

export async function removalFacts(ctx: Ctx, rows: readonly Values[]): Promise<RemovalFacts> {
  const users = resourceOf(ctx, 'users');
  const userIds = rows.map(({ user_id }) => Number(user_id));
  const found = await lookup(ctx, users, userIds);
  const layout = layoutOf(users);
  return {
    users: new Map([...found].map(([id, cells]) => [id, layout.values(cells)])),
    lockDate: await companyLockDate(ctx),
    closed: await closedTime(ctx, userIds),
  };
}

/** Those of these timesheets that the actor can not change, with the reason; whether he sees them or not. */
export async function lockedAmong(ctx: Ctx, ids: readonly number[]): Promise<Map<number, DomainError>> {
  const rows = await valuesOf(ctx, 'timesheets', ids);
  const userIds = [...rows.values()].map(({ user_id }) => Number(user_id));
  const users = await valuesOf(ctx, 'users', userIds);
  const facts = { users, lockDate: await companyLockDate(ctx), closed: await closedTime(ctx, userIds) };
  return new Map(
    [...rows].flatMap(([id, row]) => {
      const reason = lockOf(row, facts, ctx);
      return reason === undefined ? [] : [[id, reason] as const];
    }),
  );
}

async function valuesOf(ctx: Ctx, resource: string, ids: readonly number[]): Promise<Map<number, Values>> {
  const definition = resourceOf(ctx, resource);
  const found = await loadByIds(ctx, definition, ids);
  return new Map([...found].map(([id, cells]) => [id, layoutOf(definition).values(cells)]));
}

/** Locked time is not deleted, and the own time only by those who manage it. */
export function removable(row: Values, facts: RemovalFacts, ctx: Ctx): DomainError | undefined {
  return mayDelete(row, ctx) ?? lockOf(row, facts, ctx);
}

const kept = `company_id, id, user_id, jobcode_id, type, start_at, end_at, start_offset, end_offset, date, duration, tz_str,
  location, locked, notes, customfields, attached_files, created_by_user_id, created, raw_start_at, raw_end_at, start_by_hand,
  end_by_hand, deduction_minutes`;

/** Moves timesheets to timesheets_deleted. */
export async function removeTimesheets(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const { companyId } = ctx.actor;
  const answers = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    ...cancelBeforeDeletion(companyId, ids),
    moveToDeleted(companyId, ids),
  ]);
  return new Set((answers.at(-1) ?? []).map(([id]) => Number(id)));
}

function moveToDeleted(companyId: number, ids: readonly number[]): Sql {
  const columns = raw(kept);
  return sql`
    WITH gone AS (DELETE FROM timesheets WHERE company_id = ${companyId} AND id = ANY(${ids}::int[]) RETURNING *)
    INSERT INTO timesheets_deleted (${columns}) SELECT ${columns} FROM gone RETURNING id`;
}
