import type { Definition, Hooks } from '../../engine/definition.ts';
import { timesheets } from './definition.ts';

/**
 * The same timesheets, with manual time that is kept to the second, as it is given; over the REST API it is kept in hundredths
 * of an hour. Reference: the legacy API, add_manual_time.
 */
export const timesheetsToTheSecond: Definition = {
  ...timesheets,
  ...(timesheets.hooks === undefined ? {} : { hooks: toTheSecond(timesheets.hooks) }),
};

function toTheSecond(hooks: Hooks<never>): Hooks<never> {
  const prepare: Hooks<never>['prepare'] = (candidate, facts, ctx) => {
    const { type, duration = null } = candidate.values;
    const refusal = hooks.prepare?.(candidate, facts, ctx);
    if (refusal === undefined && type === 'manual') candidate.values.duration = duration;
    return refusal;
  };
  return { ...hooks, prepare };
}
