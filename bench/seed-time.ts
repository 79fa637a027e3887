import { zones } from './seed-people.ts';
import { bigCompany, bigPeople, firstDay, ordinaryPeople, type Shape } from './shape.ts';

/**
 * Two timesheets a person and workday, 8:00 to 12:00 and 12:30 to 16:30 in the person's zone, give or take some minutes;
 * one in twenty is a manual one. A third has values of custom fields, half have notes. Rows lie in the table as they would
 * have been written: by time, with all companies mixed.
 */
export function timeStatement({ bigRows, ordinaryRows }: Shape): string {
  const zoneList = zones.map((zone) => `'${zone}'`).join(', ');
  return `
    WITH people AS (
      SELECT u.company_id, u.id AS user_id, u.employee_number AS number, (ARRAY[${zoneList}])[u.employee_number % ${zones.length} + 1] AS zone,
        CASE WHEN u.company_id = ${bigCompany} THEN ${bigPeople} ELSE ${ordinaryPeople} END AS people,
        CASE WHEN u.company_id = ${bigCompany} THEN ${bigRows} ELSE ${ordinaryRows} END AS rows
      FROM users u WHERE u.username LIKE 'user-%'
    ), jobs AS (
      SELECT company_id, array_agg(id ORDER BY id) AS ids FROM jobcodes WHERE parent_id IS NOT NULL GROUP BY company_id
    ), fields AS (
      SELECT company_id, array_agg(id ORDER BY id) AS ids FROM customfields GROUP BY company_id
    ), slots AS (
      SELECT p.*, k, DATE '${firstDay}' + (k / 10) * 7 + (k / 2) % 5 AS day,
        (hashint4extended(p.user_id, k) & 1023)::int AS chance
      FROM people p, generate_series(0, ${Math.ceil(Math.max(bigRows / bigPeople, ordinaryRows / ordinaryPeople))}) k
      WHERE k * p.people + p.number - 2 < p.rows
    ), times AS (
      SELECT s.*, k % 20 = 19 AS manual,
        (day + TIME '08:00' + (k % 2) * INTERVAL '4 hours 30 minutes' + chance % 10 * INTERVAL '1 minute') AT TIME ZONE zone AS starts
      FROM slots s
    ), spans AS (
      SELECT t.*, starts + INTERVAL '4 hours' - chance % 15 * INTERVAL '1 minute' AS ends FROM times t
    )
    INSERT INTO timesheets (company_id, user_id, jobcode_id, type, start_at, end_at, start_offset, end_offset, date, duration,
      tz_str, notes, customfields, created_by_user_id, created, last_modified)
    SELECT s.company_id, s.user_id, jobs.ids[1 + (s.number * 7 + k * 3) % cardinality(jobs.ids)],
      CASE WHEN manual THEN 'manual' ELSE 'regular' END,
      CASE WHEN NOT manual THEN starts END, CASE WHEN NOT manual THEN ends END,
      extract(epoch FROM (starts AT TIME ZONE zone) - (starts AT TIME ZONE 'UTC')) / 60,
      CASE WHEN NOT manual THEN extract(epoch FROM (ends AT TIME ZONE zone) - (ends AT TIME ZONE 'UTC')) / 60 END,
      day, CASE WHEN manual THEN 14400 ELSE extract(epoch FROM ends - starts) END, zone,
      CASE WHEN chance % 2 = 0 THEN 'Finished section ' || chance || ', the rest is for tomorrow.' ELSE '' END,
      CASE WHEN chance % 3 = 0 THEN
        format('{"%s":"Task %s","%s":"Machine %s"}', fields.ids[1], chance % 12, fields.ids[2], chance % 7)::json
      ELSE '{}' END,
      s.user_id, ends, ends + chance * INTERVAL '0.731 seconds'
    FROM spans s JOIN jobs USING (company_id) JOIN fields USING (company_id)
    ORDER BY s.k, s.company_id, s.user_id`;
}
