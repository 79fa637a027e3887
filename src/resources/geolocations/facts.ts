import type { Ctx } from '../../engine/context.ts';
import type { Candidate, FieldType } from '../../engine/definition.ts';
import { encode } from '../../engine/layout.ts';
import type { Cells } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { fencesOf, type SiteFence } from '../geofence-configs/fences.ts';

/** The timesheet that someone was on, and the fences of its jobcode. */
export interface WorkThen {
  readonly timesheetId: number;
  /** The project of the jobcode, while the timesheet is open; 0 otherwise. */
  readonly projectId: number;
  readonly fences: readonly SiteFence[];
}

/** What the rules know about a batch, by position in the request. */
export interface GeolocationFacts {
  /** Ids of positions that are the same in every respect. */
  known: ReadonlyMap<number, number>;
  work: ReadonlyMap<number, WorkThen>;
}

/** Loads them in one round trip; the fences of jobcodes are kept. */
export async function geolocationFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<GeolocationFacts> {
  const { companyId } = ctx.actor;
  const [same = [], sheets = []] = await ctx.db.pipeline([
    sameStatement(companyId, candidates),
    timesheetStatement(companyId, candidates),
  ]);
  const fences = await fencesOf(
    ctx,
    sheets.map(([, , jobcode]) => Number(jobcode ?? 0)),
  );
  return {
    known: new Map(same.map(([index, id]) => [Number(index), Number(id)])),
    work: new Map(sheets.map((cells) => workOf(cells, fences))),
  };
}

function workOf(
  [index, id, jobcode, project]: Cells,
  fences: ReadonlyMap<number, readonly SiteFence[]>,
): [number, WorkThen] {
  const [timesheetId, projectId] = [Number(id), Number(project ?? 0)];
  return [Number(index), { timesheetId, projectId, fences: fences.get(Number(jobcode ?? 0)) ?? [] }];
}

function column(candidates: readonly Candidate[], name: string, type: FieldType): (string | null)[] {
  return candidates.map(({ values }) => encode(type, values[name]));
}

function indexes(candidates: readonly Candidate[]): number[] {
  return candidates.map(({ index }) => index);
}

function sameStatement(companyId: number, candidates: readonly Candidate[]): Sql {
  const of = (name: string, type: FieldType): (string | null)[] => column(candidates, name, type);
  return sql`
    SELECT c.index, g.id
    FROM unnest(${indexes(candidates)}::int[], ${of('user_id', 'integer')}::int[],
      ${of('recorded_at', 'instant')}::timestamptz[], ${of('latitude', 'decimal')}::numeric[],
      ${of('longitude', 'decimal')}::numeric[], ${of('accuracy', 'decimal')}::numeric[],
      ${of('altitude', 'decimal')}::numeric[], ${of('speed', 'decimal')}::numeric[], ${of('heading', 'integer')}::int[],
      ${of('source', 'text')}::text[], ${of('device_identifier', 'text')}::text[])
      AS c (index, user_id, recorded_at, latitude, longitude, accuracy, altitude, speed, heading, source, device_identifier)
    JOIN geolocations g ON g.company_id = ${companyId}
      AND (g.user_id, g.recorded_at, g.latitude, g.longitude, g.accuracy, g.altitude, g.speed, g.heading, g.source,
           g.device_identifier)
        = (c.user_id, c.recorded_at, c.latitude, c.longitude, c.accuracy, c.altitude, c.speed, c.heading, c.source,
           c.device_identifier)`;
}

/** Positions are recorded when people punch, which rounding may have moved into the time. */
const began = sql`least(t.start_at, CASE WHEN NOT t.start_by_hand THEN t.raw_start_at END)`;
const ended = sql`greatest(t.end_at, CASE WHEN NOT t.end_by_hand THEN t.raw_end_at END)`;

/**
 * The timesheet that each one's user was on then, the instants of its start and end included; of two that meet at the moment
 * the later one. No closed timesheet is longer than a week, so that a few days of the user's are looked at.
 */
function timesheetStatement(companyId: number, candidates: readonly Candidate[]): Sql {
  return sql`
    SELECT c.index, s.id, s.jobcode_id, p.id
    FROM unnest(${indexes(candidates)}::int[], ${column(candidates, 'user_id', 'integer')}::int[],
      ${column(candidates, 'recorded_at', 'instant')}::timestamptz[]) AS c (index, user_id, at)
    CROSS JOIN LATERAL (
      SELECT t.id, t.jobcode_id, t.start_at, t.end_at FROM timesheets t
      WHERE t.company_id = ${companyId} AND t.user_id = c.user_id AND t.type = 'regular' AND t.end_at IS NULL
        AND ${began} <= c.at
      UNION ALL
      SELECT t.id, t.jobcode_id, t.start_at, t.end_at FROM timesheets t
      WHERE t.company_id = ${companyId} AND t.user_id = c.user_id AND t.type = 'regular'
        AND t.date BETWEEN (c.at AT TIME ZONE 'UTC')::date - 9 AND (c.at AT TIME ZONE 'UTC')::date + 1
        AND ${began} <= c.at AND ${ended} >= c.at
      ORDER BY start_at DESC LIMIT 1
    ) s
    LEFT JOIN projects p ON p.company_id = ${companyId} AND p.jobcode_id = s.jobcode_id AND s.end_at IS NULL`;
}
