import type { Definition } from '../../engine/definition.ts';
import { sql } from '../../store/sql.ts';
import { assignedJobcodes } from '../jobcode-assignments/queries.ts';
import { jobcodes } from './definition.ts';

/** The same jobcodes, in lists of what a user is assigned: himself, through everyone, or with one above. */
export const jobcodesOfUsers: Definition = {
  ...jobcodes,
  filters: {
    ...jobcodes.filters,
    assigned_to: {
      kind: 'ids-sql',
      where: ([userId = 0], companyId) => sql`t.id IN (${assignedJobcodes(companyId, userId)})`,
    },
  },
};
