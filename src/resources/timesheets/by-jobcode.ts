import type { Definition } from '../../engine/definition.ts';
import { timesheets } from './definition.ts';

/** The same timesheets, in lists of time on one jobcode itself (0: on none), without what lies below it. */
export const timesheetsByJobcode: Definition = {
  ...timesheets,
  filters: { ...timesheets.filters, jobcode: { kind: 'ids', column: 'jobcode_id', zeroIsNull: true } },
};
