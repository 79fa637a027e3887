import assert from 'node:assert/strict';
import type { Json } from '../support/api.ts';
import type { Company, Person } from '../support/world.ts';

/** Time on a local day: from a local time on, for so many hours; without a time it is a manual timesheet. */
export interface Work {
  who: Person;
  jobcode: number;
  day: string;
  at?: string;
  hours: number;
  /** UTC offset of that day; Denver in winter unless said otherwise. */
  offset?: string;
}

/** Records time as the administrator; gives the ids of the timesheets. */
export async function record(company: Company, work: readonly Work[]): Promise<number[]> {
  const items = work.map(({ who, jobcode, day, at, hours, offset = '-07:00' }) => {
    const common = { user_id: who.userId, jobcode_id: jobcode };
    if (at === undefined) return { ...common, type: 'manual', date: day, duration: hours * 3600 };
    const start = Temporal.Instant.from(`${day}T${at}:00${offset}`);
    const local = (moment: Temporal.Instant): string =>
      `${moment.toZonedDateTimeISO(offset).toPlainDateTime().toString({ smallestUnit: 'second' })}${offset}`;
    const end = start.add({ seconds: Math.round(hours * 3600) });
    return { ...common, type: 'regular', start: local(start), end: local(end) };
  });
  const answer = await company.admin.post('/timesheets', items);
  assert.equal(answer.status, 200, answer.text);
  return Object.values(answer.body.results?.timesheets ?? {}).map((item) => {
    assert.equal(item._status_code, 200, JSON.stringify(item));
    return Number(item.id);
  });
}

/** Rows of reports/payroll by user id. */
export async function payrollOf(person: Person, data: object, query = ''): Promise<Record<string, Json>> {
  const answer = await person.post(`/reports/payroll${query}`, data);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.results?.payroll_report as unknown as Record<string, Json>;
}
