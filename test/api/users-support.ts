import assert from 'node:assert/strict';
import type { Answer, Json } from '../support/api.ts';
import type { Company, Person } from '../support/world.ts';

/** A row as a test looks into it. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of an answer's results (or of another part), by key. */
export function rowsOf(
  answer: Answer,
  name: string,
  part: 'results' | 'supplemental_data' = 'results',
): Record<string, Row> {
  return ((answer.body[part] as Json | undefined)?.[name] ?? {}) as unknown as Record<string, Row>;
}

/** The item of a POST or PUT at a position counted from 1. */
export function itemOf(answer: Answer, name: string, position = 1): Row {
  return rowsOf(answer, name)[String(position)] ?? {};
}

/** Ids of the rows of a list, as they come. */
export function idsIn(answer: Answer, name: string): number[] {
  return Object.values(rowsOf(answer, name)).map(({ id }) => Number(id));
}

/** The properties of a user, in the order of the reference's example (35-users.md). */
export const userKeys = [
  'id',
  'first_name',
  'last_name',
  'group_id',
  'active',
  'employee_number',
  'salaried',
  'exempt',
  'username',
  'email',
  'email_verified',
  'payroll_id',
  'mobile_number',
  'hire_date',
  'term_date',
  'last_modified',
  'last_active',
  'created',
  'client_url',
  'company_name',
  'profile_image_url',
  'display_name',
  'pto_balances',
  'submitted_to',
  'approved_to',
  'manager_of_group_ids',
  'require_password_change',
  'pay_rate',
  'pay_interval',
  'permissions',
  'customfields',
];

/** The flags of a user's permissions, in the order of the reference's example. */
export const permissionKeys = [
  'admin',
  'mobile',
  'status_box',
  'reports',
  'manage_timesheets',
  'manage_authorization',
  'manage_users',
  'manage_my_timesheets',
  'manage_jobcodes',
  'pin_login',
  'approve_timesheets',
  'manage_schedules',
  'external_access',
  'manage_my_schedule',
  'manage_company_schedules',
  'view_company_schedules',
  'view_group_schedules',
  'manage_no_schedules',
  'view_my_schedules',
  'view_projects',
  'manage_projects',
  'time_tracking',
];

export const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/;

/** What an admin does with the users of a company. */
export interface Users {
  /** The properties that a new user needs. */
  someone(more?: Row): Row;
  create(more?: Row): Promise<Row>;
  update(change: Row): Promise<Row>;
  read(id: unknown): Promise<Row>;
}

let count = 0;

/** Makes, changes and reads users as the company's admin. */
export function usersOf({ admin }: Company): Users {
  const someone: Users['someone'] = (more = {}) => {
    count += 1;
    return { username: `some${count}`, first_name: 'Some', last_name: 'One', ...more };
  };
  return {
    someone,
    create: async (more) => {
      const item = itemOf(await admin.post('/users', [someone(more)]), 'users');
      assertDone(item, 'create');
      return item;
    },
    update: async (change) => itemOf(await admin.put('/users', [change]), 'users'),
    read: async (id) =>
      rowsOf(await admin.get('/users', { ids: Number(id), active: 'both' }), 'users')[String(id)] ?? {},
  };
}

/** Changes one user. */
export async function put(by: Person, id: number, change: Row): Promise<Row> {
  return itemOf(await by.put('/users', [{ id, ...change }]), 'users');
}

export function assertDone(item: Row, what: string): void {
  assert.equal(item._status_code, 200, `${what}: ${item._status_extra}`);
}

export function assertDenied(item: Row, what: string, extra: RegExp = /^Oops! You don't have permission to /): void {
  assert.equal(item._status_code, 417, what);
  assert.match(String(item._status_extra), extra, what);
}
