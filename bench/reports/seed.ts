import type pg from 'pg';
import { dropConstraints, everything } from '../seed.ts';

/** Ids of the company that is measured, and of the one that is like it with ten times the past. */
export const youngCompany = 1;
export const oldCompany = 2;
/** The two weeks that are measured, from a Sunday on, as workweeks go by default. */
export const firstDay = '2026-02-01';
export const lastDay = '2026-02-14';

const people = 1_000;
/** Spans of two weeks before the measured one. */
const pasts = { [youngCompany]: 1, [oldCompany]: 10 };

/**
 * Two companies of 1,000 people, each with an administrator besides, who work two stretches a day on all but some Sundays:
 * 25,000 timesheets in two weeks, and others before. Rows lie in the table by time.
 */
export async function seedReports(client: pg.Client, say: (line: string) => void): Promise<void> {
  say('Seeding the people and time of two companies for reports.');
  await client.query("SET TimeZone = 'UTC'");
  await client.query('BEGIN');
  await client.query(everything);
  for (const statement of companies) await client.query(statement);
  await client.query('ALTER TABLE timesheets DISABLE TRIGGER USER');
  const restore = await dropConstraints(client);
  await client.query(time);
  for (const statement of restore) await client.query(statement);
  await client.query('ALTER TABLE timesheets ENABLE TRIGGER USER');
  await client.query('COMMIT');
  await client.query('VACUUM (ANALYZE)');
}

const both = `(VALUES (${youngCompany}), (${oldCompany})) AS c(id)`;

const companies = [
  `INSERT INTO companies (id, client_url, name) SELECT c.id, 'reports-' || c.id, 'Reports ' || c.id FROM ${both}`,
  `INSERT INTO users (company_id, username, first_name, last_name, employee_number, permissions)
   SELECT c.id, CASE WHEN n = 0 THEN 'admin' ELSE 'user-' || n END, 'Pat', 'Person ' || n, n + 1,
     CASE WHEN n = 0 THEN ARRAY['admin', 'mobile', 'time_tracking'] ELSE ARRAY['mobile', 'time_tracking'] END
   FROM ${both}, generate_series(0, ${people}) n ORDER BY c.id, n`,
  `INSERT INTO jobcodes (company_id, name, assigned_to_all)
   SELECT c.id, 'Job ' || n, true FROM ${both}, generate_series(1, 20) n ORDER BY c.id, n`,
];

const time = `
  WITH jobs AS (SELECT company_id, array_agg(id ORDER BY id) AS ids FROM jobcodes GROUP BY company_id),
  days AS (
    SELECT c.id AS company_id, d::date AS day
    FROM (VALUES (${youngCompany}, ${pasts[youngCompany]}), (${oldCompany}, ${pasts[oldCompany]})) AS c(id, past),
      generate_series(DATE '${firstDay}' - c.past * 14, DATE '${lastDay}', INTERVAL '1 day') d
  ), spans AS (
    SELECT u.company_id, u.id AS user_id, days.day, part,
      (days.day + TIME '07:30' + part * INTERVAL '5 hours' + (u.employee_number % 30) * INTERVAL '1 minute')
        AT TIME ZONE 'America/Denver' AS starts,
      12600 + (hashint4extended(u.employee_number, part + extract(doy FROM days.day)::int) & 4095)::int AS seconds
    FROM days JOIN users u ON u.company_id = days.company_id AND u.username LIKE 'user-%', generate_series(0, 1) part
    WHERE extract(dow FROM days.day) > 0 OR u.employee_number % 4 = 0
  )
  INSERT INTO timesheets (company_id, user_id, jobcode_id, type, start_at, end_at, start_offset, end_offset, date, duration,
    tz_str, created_by_user_id)
  SELECT s.company_id, s.user_id, jobs.ids[1 + (s.user_id + part * 7) % cardinality(jobs.ids)], 'regular', starts,
    starts + seconds * INTERVAL '1 second', -420, -420, day, seconds, 'America/Denver', s.user_id
  FROM spans s JOIN jobs USING (company_id) ORDER BY day, company_id, part, user_id`;
