import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { loadByIds } from '../../engine/lookup.ts';
import { lostRace } from '../../engine/results.ts';
import { updateSeen } from '../../engine/writing.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { placeEntry } from './times.ts';

/** Writers of time off take turns under this name. */
export const timeOffTurns = 'time off';

/**
 * Brings requests in step with their active entries: pending while one is, else approved if one is, else denied if one is.
 * `requests` selects their ids; those of `anyway` count as changed even where their status stays.
 */
export function settleRequests(companyId: number, requests: Sql, anyway: readonly number[] = []): Sql {
  return sql`
    UPDATE time_off_requests r SET status = d.status
    FROM (
      SELECT q.id, CASE WHEN bool_or(e.status = 'pending') THEN 'pending' WHEN bool_or(e.status = 'approved') THEN 'approved'
        WHEN bool_or(e.status = 'denied') THEN 'denied' ELSE 'canceled' END AS status
      FROM time_off_requests q LEFT JOIN time_off_request_entries e
        ON e.company_id = q.company_id AND e.time_off_request_id = q.id AND e.active
      WHERE q.company_id = ${companyId} AND q.active AND q.id IN (${requests}) GROUP BY q.id
    ) d
    WHERE r.company_id = ${companyId} AND r.id = d.id AND (r.status <> d.status OR r.id = ANY(${anyway}::int[]))`;
}

/** What must happen, in the same transaction, before these timesheets are deleted: approved entries are canceled. */
export function cancelBeforeDeletion(companyId: number, timesheetIds: readonly number[]): Sql[] {
  const linked = sql`
    SELECT s.time_off_request_entry_id FROM timesheets s WHERE s.company_id = ${companyId}
      AND s.id = ANY(${timesheetIds}::int[]) AND s.time_off_request_entry_id IS NOT NULL`;
  return [
    sql`SELECT pg_advisory_xact_lock(hashtext(${timeOffTurns}), ${companyId}) FROM (${linked} LIMIT 1) l`,
    sql`UPDATE time_off_request_entries SET status = 'canceled'
        WHERE company_id = ${companyId} AND status = 'approved' AND id IN (${linked})`,
    settleRequests(
      companyId,
      sql`SELECT e.time_off_request_id FROM time_off_request_entries e
          WHERE e.company_id = ${companyId} AND e.id IN (${linked})`,
    ),
  ];
}

/** Whether a change of a timesheet concerns the entry of time off that it came from. */
export function changesTimeOff({ before, values }: Candidate): boolean {
  if (before === undefined || before.time_off_request_entry_id === null) return false;
  const columns = ['time_off_request_entry_id', 'jobcode_id', 'type', 'date', 'duration', 'start_at', 'end_at'];
  return columns.some((column) => values[column] !== before[column]);
}

/**
 * Lets entries follow timesheets that were changed as such: one that still is time off of the same user shows the new
 * time, one whose timesheet became something else is canceled.
 */
export async function followTimesheets(ctx: Ctx, written: readonly Written[]): Promise<void> {
  const sheets = new Map<number, Values>();
  for (const { candidate } of written) {
    if (changesTimeOff(candidate)) sheets.set(Number(candidate.before?.time_off_request_entry_id), candidate.values);
  }
  if (sheets.size === 0) return;
  const entries = resourceOf(ctx, 'time_off_request_entries');
  const layout = layoutOf(entries);
  const stored = await loadByIds(ctx, entries, [...sheets.keys()]);
  const rows = [...stored].map(([id, cells]) => {
    const seen = layout.values(cells);
    const values = { ...seen };
    const sheet = sheets.get(id);
    if (sheet === undefined || sheet.time_off_request_entry_id === null) values.status = 'canceled';
    else copyTime(sheet, values);
    return { id, seen, values };
  });
  if ((await updateSeen(ctx, entries, rows)).size < rows.length) throw lostRace();
  const requests = rows.map(({ values }) => Number(values.time_off_request_id));
  await ctx.db.rows(settleRequests(ctx.actor.companyId, sql`SELECT unnest(${requests}::int[])`));
}

function copyTime(sheet: Values, entry: Values): void {
  const { type, jobcode_id, date, duration, start_at, end_at } = sheet;
  Object.assign(entry, { entry_method: type, jobcode_id, date, duration });
  if (type === 'regular') Object.assign(entry, { start_at, end_at });
  placeEntry(entry, String(sheet.tz_str));
}
