import type { Values } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { dayBounds, localDay, offsetMinutes } from '../../lib/time.ts';
import { checkManualLimits, checkRegularLimits, keptManualDuration } from '../../rules/timesheet-limits.ts';

/** Columns that say when and how long an entry is. */
export const timeColumns = ['entry_method', 'date', 'duration', 'start_at', 'end_at'] as const;

/** Fills in, in the user's zone, what follows from date and duration, or from start and end. */
export function placeEntry(values: Values, zone: string): DomainError | undefined {
  const refusal = values.entry_method === 'manual' ? placeManual(values, zone) : placeRegular(values, zone);
  if (refusal !== undefined) return refusal;
  values.tz_string = zone;
  values.start_offset = offsetMinutes(zone, Number(values.start_at));
  values.end_offset = offsetMinutes(zone, Number(values.end_at));
  return undefined;
}

function placeManual(values: Values, zone: string): DomainError | undefined {
  if (values.date === null) return new DomainError('invalid', 'date must not be blank', { field: 'date' });
  const day = String(values.date);
  const refusal = checkManualLimits({ day, duration: Number(values.duration) });
  if (refusal !== undefined) return refusal;
  values.duration = keptManualDuration(Number(values.duration));
  const [start, end] = dayBounds(zone, day);
  values.start_at = start;
  // A day that the zone left out has no second at all.
  values.end_at = Math.max(start, end - 1);
  return undefined;
}

function placeRegular(values: Values, zone: string): DomainError | undefined {
  const { start_at: start, end_at: end } = values;
  if (typeof start !== 'number')
    return new DomainError('invalid', 'start_time must not be blank', { field: 'start_time' });
  if (typeof end !== 'number') return new DomainError('invalid', 'end_time must not be blank', { field: 'end_time' });
  // Time off is asked for ahead: only its length is limited, and its day.
  const day = localDay(zone, start);
  const refusal =
    checkRegularLimits({ start, end }, Number.POSITIVE_INFINITY) ?? checkManualLimits({ day, duration: 0 });
  if (refusal !== undefined) return refusal;
  values.date = day;
  values.duration = end - start;
  return undefined;
}
