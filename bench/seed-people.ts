import { bigPeople, clockers, ordinaryPeople, type Shape, writers, writtenCompany } from './shape.ts';

/** People, customers and jobs of the big company, and of every other one. */
const big = { people: bigPeople, parents: 20, children: 10 };
const ordinary = { people: ordinaryPeople, parents: 8, children: 5 };

/** Zones of the people, in turn. */
export const zones = ['America/Denver', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata'] as const;

function bySize(expression: keyof typeof big): string {
  return `CASE WHEN c.id = 1 THEN ${big[expression]} ELSE ${ordinary[expression]} END`;
}

/**
 * Companies with groups, an administrator, people in several zones, jobcodes in two levels assigned to everyone, and three
 * custom fields. The written company has people for entries and for the clock besides.
 */
export function peopleStatements({ companies }: Shape): string[] {
  const all = `generate_series(1, ${companies}) AS c(id)`;
  const extra = `CASE WHEN c.id = ${writtenCompany} THEN ${writers + clockers} ELSE 0 END`;
  const zoneList = zones.map((zone) => `'"${zone}"'`).join(', ');
  return [
    `INSERT INTO companies (id, client_url, name) SELECT c.id, 'company-' || c.id, 'Company ' || c.id FROM ${all}`,
    `INSERT INTO settings (company_id, scope, scope_id, section, key, value)
     SELECT c.id, 'company', 0, 'general', 'tz', '"America/Denver"' FROM ${all}`,
    `INSERT INTO groups (company_id, name) SELECT c.id, 'Crew ' || g FROM ${all}, generate_series(1, 4) g ORDER BY 1, 2`,
    `INSERT INTO users (company_id, username, first_name, last_name, group_id, employee_number, email, payroll_id, hire_date,
       pay_rate, permissions)
     SELECT c.id, CASE WHEN n = 0 THEN 'admin' WHEN n <= size.people THEN 'user-' || n
                       WHEN n <= size.people + ${writers} THEN 'writer-' || n ELSE 'clocker-' || n END,
       (ARRAY['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gia', 'Hugo'])[n % 8 + 1], 'Person ' || n,
       (SELECT min(g.id) FROM groups g WHERE g.company_id = c.id) + n % 4, n + 1, 'user' || n || '@company' || c.id || '.example',
       'P' || (1000 + n), DATE '2020-01-06' + n, 18 + n % 20,
       CASE WHEN n = 0 THEN ARRAY['admin', 'mobile', 'time_tracking'] ELSE ARRAY['mobile', 'time_tracking'] END
     FROM ${all} CROSS JOIN LATERAL (SELECT ${bySize('people')} AS people, ${extra} AS extra) size,
       generate_series(0, size.people + size.extra) n ORDER BY c.id, n`,
    `INSERT INTO settings (company_id, scope, scope_id, section, key, value)
     SELECT company_id, 'user', id, 'general', 'tz', (ARRAY[${zoneList}])[employee_number % ${zones.length} + 1]::json FROM users`,
    `INSERT INTO jobcodes (company_id, name, short_code, type, assigned_to_all, has_children)
     SELECT c.id, 'Customer ' || n, 'C' || n, 'regular', true, true FROM ${all}, generate_series(1, ${bySize('parents')}) n
     ORDER BY c.id, n`,
    `INSERT INTO jobcodes (company_id, parent_id, name, short_code, type, billable, billable_rate, assigned_to_all)
     SELECT j.company_id, j.id, 'Job ' || n, 'J' || n, 'regular', n % 2 = 0, 40 + n, true
     FROM jobcodes j JOIN companies c ON c.id = j.company_id, generate_series(1, ${bySize('children')}) n
     ORDER BY j.id, n`,
    `INSERT INTO jobcode_assignments (company_id, jobcode_id) SELECT company_id, id FROM jobcodes ORDER BY id`,
    `INSERT INTO customfields (company_id, name, short_code, type, show_to_all)
     SELECT c.id, (ARRAY['Task', 'Machine', 'Phase'])[n], (ARRAY['t', 'm', 'p'])[n], 'free-form', true
     FROM ${all}, generate_series(1, 3) n ORDER BY c.id, n`,
  ];
}
