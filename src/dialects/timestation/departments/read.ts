import { listValues } from '../../../engine/values.ts';
import { jobcodes } from '../../../resources/jobcodes/definition.ts';
import type { Handler } from '../handler.ts';
import { idOf } from '../ids.ts';

/** GET /departments */
export const listDepartments: Handler = async ({ ctx }) => {
  const { rows } = await listValues(ctx, jobcodes, { params: { parent_ids: '0', type: 'regular' } });
  return {
    departments: rows.map(({ id, name }) => ({ department_id: idOf('dpt', Number(id)), name, type: 'Department' })),
  };
};
