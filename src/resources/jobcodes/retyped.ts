import type { Ctx } from '../../engine/context.ts';
import type { Definition, Values } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { jobcodes } from './definition.ts';

/** The same jobcodes, whose type may change; ask `checkRetyping` beforehand. */
export const retypedJobcodes: Definition = {
  ...jobcodes,
  fields: {
    ...jobcodes.fields,
    type: { type: 'choice', mode: 'read-write', values: ['regular', 'pto'], says: 'Kind.' },
  },
};

/**
 * Why a jobcode can not become one of another type and stand below this parent: only work and paid time off change, as long as
 * nothing was recorded or planned on the jobcode, and it is no project. The caller keeps other writers out.
 */
export async function checkRetyping(
  ctx: Ctx,
  { id, type }: Values,
  to: string,
  parentId: number,
): Promise<DomainError | undefined> {
  const refuse = (kind: 'invalid' | 'conflict', detail: string): DomainError =>
    new DomainError(kind, `Jobcode ${id} ${detail}`, { field: 'type' });
  if (type !== 'regular' && type !== 'pto') return refuse('invalid', `is of type ${type}, which does not change`);
  if (to !== 'regular' && parentId !== 0) return refuse('invalid', `must have a parent_id of 0 to become ${to}`);
  if (!(await isUsed(ctx, Number(id)))) return undefined;
  return refuse(
    'conflict',
    `is in use, so it stays ${type}: something was recorded or planned on it or stands below it`,
  );
}

async function isUsed({ db, actor }: Ctx, id: number): Promise<boolean> {
  const { companyId } = actor;
  const [row] = await db.rows(sql`
    SELECT EXISTS (SELECT FROM jobcodes WHERE company_id = ${companyId} AND parent_id = ${id})
      OR EXISTS (SELECT FROM timesheets WHERE company_id = ${companyId} AND jobcode_id = ${id})
      OR EXISTS (SELECT FROM schedule_events WHERE company_id = ${companyId} AND jobcode_id = ${id})
      OR EXISTS (SELECT FROM time_off_request_entries WHERE company_id = ${companyId} AND jobcode_id = ${id})
      OR EXISTS (SELECT FROM pto_policies WHERE company_id = ${companyId} AND jobcode_id = ${id})
      OR EXISTS (SELECT FROM pto_adjustments WHERE company_id = ${companyId} AND jobcode_id = ${id})
      OR EXISTS (SELECT FROM projects WHERE company_id = ${companyId} AND jobcode_id = ${id})
      OR EXISTS (SELECT FROM users WHERE company_id = ${companyId} AND default_jobcode_id = ${id})`);
  return row?.[0] === 't';
}
