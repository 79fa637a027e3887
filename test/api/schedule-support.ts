import assert from 'node:assert/strict';
import type { Answer } from '../support/api.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import type { Company, Person } from '../support/world.ts';

/** What the tests do with the schedule of a company. */
export interface Schedule {
  company: Company;
  calendar: number;
  /** An item of two hours on a day of 2026, with these properties besides. */
  item(more?: Row): Row;
  /** Writes items, with members beside `data` where given. */
  post(by: Person, items: readonly Row[], beside?: Row): Promise<Answer>;
  put(by: Person, items: readonly Row[], beside?: Row): Promise<Answer>;
  /** Makes one event as the admin; gives it. */
  make(more?: Row, beside?: Row): Promise<Row>;
  /** Changes one event; gives the item of the answer. */
  change(by: Person, id: unknown, change: Row, beside?: Row): Promise<Row>;
  /** Everything that this person sees, by id, drafts and archived ones too. */
  seen(by: Person, more?: Readonly<Record<string, string | number>>): Promise<Map<number, Row>>;
}

/** The schedule of a new company. */
export async function scheduleOf(company: Company): Promise<Schedule> {
  const [calendar] = rowsIn(await company.admin.get('/schedule_calendars'), 'schedule_calendars');
  assert.ok(calendar, 'a company begins with a calendar');
  const item: Schedule['item'] = (more = {}) => ({
    schedule_calendar_id: calendar.id,
    start: '2026-06-16T15:00:00+00:00',
    end: '2026-06-16T17:00:00+00:00',
    ...more,
  });
  const write = (by: Person, method: string, items: readonly Row[], beside: Row = {}): Promise<Answer> =>
    by.send(method, '/schedule_events', JSON.stringify({ data: items, ...beside }));
  const post: Schedule['post'] = (by, items, beside) => write(by, 'POST', items, beside);
  const put: Schedule['put'] = (by, items, beside) => write(by, 'PUT', items, beside);
  return {
    company,
    calendar: Number(calendar.id),
    item,
    post,
    put,
    make: async (more, beside) => {
      const [made = {}] = rowsIn(await post(company.admin, [item(more)], beside), 'schedule_events');
      assert.ok([200, 201].includes(Number(made._status_code)), JSON.stringify(made));
      return made;
    },
    change: async (by, id, change, beside) =>
      rowsIn(await put(by, [{ id, ...change }], beside), 'schedule_events')[0] ?? {},
    seen: async (by, more = {}) => {
      const answer = await by.get('/schedule_events', {
        schedule_calendar_ids: Number(calendar.id),
        start: '2000-01-01',
        draft: 'both',
        active_users: -1,
        ...more,
      });
      return new Map(rowsIn(answer, 'schedule_events').map((row) => [Number(row.id), row]));
    },
  };
}

/** `[status, extra]` of an item. */
export function statusOf({ _status_code, _status_extra }: Row): unknown[] {
  return [_status_code, _status_extra];
}
