import type { Ctx } from '../../engine/context.ts';
import { pgOfEpoch } from '../../lib/time.ts';
import { sql } from '../../store/sql.ts';

/** When somebody punched (epoch seconds), at a side of which timesheet. */
export interface PunchMoment {
  readonly userId: number;
  readonly timesheetId: number;
  readonly at: number;
}

/** Where a device was, as signed degrees, and what tells the device from others; '' when it did not say. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly device: string;
}

/** Seconds by which a device's position and the punch that it belongs to lie apart at most. */
const apart = 300;

/**
 * Where people punched, by the position of the punch in the list: the position that is nearest in time among those their
 * devices reported then, unless it was reported for other time of theirs. One statement.
 */
export async function placesOf(ctx: Ctx, punches: readonly PunchMoment[]): Promise<ReadonlyMap<number, Place>> {
  if (punches.length === 0) return new Map();
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    SELECT p.place - 1, g.latitude, g.longitude, g.device_identifier
    FROM unnest(${punches.map(({ userId }) => userId)}::int[], ${punches.map(({ timesheetId }) => timesheetId)}::int[],
      ${punches.map(({ at }) => pgOfEpoch(at))}::timestamptz[]) WITH ORDINALITY AS p (user_id, timesheet_id, at, place)
    CROSS JOIN LATERAL (
      SELECT g.latitude, g.longitude, g.device_identifier FROM geolocations g
      WHERE g.company_id = ${companyId} AND g.user_id = p.user_id
        AND g.recorded_at BETWEEN p.at - ${apart} * interval '1 second' AND p.at + ${apart} * interval '1 second'
        -- Where one timesheet ends and the next begins, one position stands for both.
        AND (coalesce(g.timesheet_id, p.timesheet_id) = p.timesheet_id OR g.recorded_at = p.at)
      ORDER BY abs(extract(epoch FROM g.recorded_at - p.at)), g.id LIMIT 1
    ) g`);
  return new Map(
    rows.map(([place, latitude, longitude, device]) => [
      Number(place),
      { latitude: Number(latitude), longitude: Number(longitude), device: String(device) },
    ]),
  );
}
