import type { Asked } from '../../engine/definition.ts';
import { raw, type Sql, sql } from '../../store/sql.ts';
import { assignedJobcodes } from '../jobcode-assignments/queries.ts';

/** How far the look-up of a location's coordinates is. Reference: 18-locations.md. */
export const geocodingStatuses = ['none', 'in_progress', 'retry', 'error', 'complete'] as const;

/**
 * A filter by_jobcode_assignment: true keeps the rows whose location (`column`) is mapped to a jobcode that is assigned to
 * the one who asks; false keeps all.
 */
export function locationsOfAssigned(column: string): (yes: boolean, companyId: number, asked: Asked) => Sql {
  return (yes, companyId, { actor: { userId } }) =>
    yes
      ? sql`${raw(column)} = ANY(ARRAY(
          SELECT m.location_id FROM locations_map m WHERE m.company_id = ${companyId} AND m.active
            AND m.jobcode_id = ANY(ARRAY(${assignedJobcodes(companyId, userId)}))))`
      : sql`TRUE`;
}

/** The filter by_jobcode_assignment of the maps themselves. */
export function mappedToAssigned(yes: boolean, companyId: number, { actor }: Asked): Sql {
  return yes ? sql`t.jobcode_id = ANY(ARRAY(${assignedJobcodes(companyId, actor.userId)}))` : sql`TRUE`;
}
