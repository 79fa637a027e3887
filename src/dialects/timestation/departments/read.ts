import type { Ctx } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { type Headcount, headcounts } from '../../../reports/departments/headcounts.ts';
import { jobcodes } from '../../../resources/jobcodes/definition.ts';
import { allValues } from '../all-values.ts';
import { idOf } from '../ids.ts';

/** A department as it is shown; every number is a text. */
export interface ShownDepartment {
  readonly department_id: string;
  readonly name: string;
  readonly type: 'Department';
  readonly employees_total: string;
  readonly employees_primary: string;
  readonly employees_in: string;
}

const nobody: Headcount = { total: 0, primary: 0, onTheClock: 0 };

/** All departments, oldest first. */
export async function allDepartments(ctx: Ctx): Promise<ShownDepartment[]> {
  const rows = await allValues(ctx, jobcodes, { parent_ids: '0', type: 'regular', active: 'yes' });
  const counts = await headcounts(ctx);
  return rows.map((values) => shown(values, counts.get(Number(values.id))));
}

/** One department. */
export async function departmentShown(ctx: Ctx, values: Values): Promise<ShownDepartment> {
  return shown(values, (await headcounts(ctx)).get(Number(values.id)));
}

function shown({ id, name }: Values, { total, primary, onTheClock }: Headcount = nobody): ShownDepartment {
  return {
    department_id: idOf('dpt', Number(id)),
    name: String(name),
    type: 'Department',
    employees_total: String(total),
    employees_primary: String(primary),
    employees_in: String(onTheClock),
  };
}
