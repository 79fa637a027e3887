import type { Field } from '../../engine/definition.ts';
import { NEVER_SUBMITTED } from '../../rules/approval-dates.ts';
import { defaultPermissions, permissionNames } from '../../rules/permissions.ts';

/** The active jobcodes of paid time off, without a balance: what a user has is filled in when the user is shown. */
const balances = `(SELECT '{' || coalesce(string_agg('"' || j.id || '":0', ',' ORDER BY j.id), '') || '}' FROM jobcodes j
  WHERE j.company_id = t.company_id AND j.type = 'pto' AND j.active)`;

const managedGroups = `(SELECT coalesce(array_agg(g.id ORDER BY g.id), '{}') FROM groups g
  WHERE g.company_id = t.company_id AND g.active AND g.manager_ids @> ARRAY[t.id])`;

const lastActive = '(SELECT a.last_active FROM user_activity a WHERE a.company_id = t.company_id AND a.user_id = t.id)';

const ofCompany = (column: string): string => `(SELECT c.${column} FROM companies c WHERE c.id = t.company_id)`;

const adminsOnly = { has: 'admin' } as const;

/** The properties of a user, in the order of the reference's example. */
export const fields = {
  id: { type: 'integer', mode: 'read-only', says: 'Id of the user.' },
  first_name: { type: 'text', mode: 'read-write', required: true, says: 'First name.' },
  last_name: { type: 'text', mode: 'read-write', required: true, says: 'Last name.' },
  group_id: {
    type: 'reference',
    mode: 'read-write',
    references: 'groups',
    says: 'Group that the user belongs to; 0 for none.',
  },
  active: {
    type: 'boolean',
    mode: 'read-write',
    byDefault: true,
    says: 'False for an archived user, who can not sign in.',
  },
  employee_number: {
    type: 'integer',
    mode: 'read-write',
    least: 0,
    says: "A number of the company's own, unique unless 0.",
  },
  salaried: { type: 'boolean', mode: 'read-write', says: 'Whether the user has a salary.' },
  exempt: { type: 'boolean', mode: 'read-write', says: 'Whether the user gets no overtime.' },
  username: {
    type: 'text',
    mode: 'read-write',
    required: true,
    // A comma would make the name impossible to ask for in a list.
    pattern: {
      test: /^(?!\s)[^\p{Cc},]*(?<!\s)$/u,
      says: 'must not hold commas or line breaks, or start or end in a blank',
    },
    says: 'Name to sign in with, unique in the company whatever the case of its letters.',
  },
  email: {
    type: 'text',
    mode: 'read-write',
    pattern: { test: /^[^\s@]+@[^\s@]+$/, says: 'must be an email address such as ada@example.com' },
    says: 'Email address.',
  },
  email_verified: { type: 'boolean', mode: 'read-only', says: 'Whether the user confirmed the email address.' },
  payroll_id: { type: 'text', mode: 'read-write', says: 'Unique text that links the user with other systems.' },
  mobile_number: { type: 'text', mode: 'read-write', longest: 64, says: 'Mobile phone number.' },
  hire_date: { type: 'day', mode: 'read-write', unset: '0000-00-00', says: 'Day on which the user was hired.' },
  term_date: { type: 'day', mode: 'read-write', unset: '0000-00-00', says: 'Day on which the user left.' },
  last_modified: { type: 'instant', mode: 'read-only', says: 'When the user was changed last.' },
  last_active: { type: 'instant', mode: 'read-only', sql: lastActive, says: 'When the user did anything last.' },
  created: { type: 'instant', mode: 'read-only', says: 'When the user was created.' },
  client_url: { type: 'text', mode: 'read-only', sql: ofCompany('client_url'), says: 'Address of the company.' },
  company_name: { type: 'text', mode: 'read-only', sql: ofCompany('name'), says: 'Name of the company.' },
  profile_image_url: { type: 'text', mode: 'read-only', says: 'Address of a picture of the user.' },
  display_name: { type: 'text', mode: 'read-write', says: 'Name that the user wants to be shown by.' },
  pto_balances: {
    type: 'json',
    holds: 'seconds',
    mode: 'read-only',
    sql: balances,
    says: 'Paid time off in seconds, by jobcode, as of today.',
  },
  submitted_to: {
    type: 'day',
    mode: 'read-write',
    byDefault: NEVER_SUBMITTED,
    unset: NEVER_SUBMITTED,
    says: 'Last day to which the user has submitted time.',
  },
  approved_to: {
    type: 'day',
    mode: 'read-write',
    byDefault: NEVER_SUBMITTED,
    unset: NEVER_SUBMITTED,
    says: "Last day to which the user's time is approved. Approving past submitted_to moves both.",
  },
  manager_of_group_ids: {
    type: 'ids',
    mode: 'read-only',
    sql: managedGroups,
    says: 'Active groups that the user manages.',
  },
  require_password_change: {
    type: 'boolean',
    mode: 'read-write',
    byDefault: true,
    says: 'Whether the user must choose a new password when he signs in next.',
  },
  pay_rate: { type: 'decimal', mode: 'read-only', readBy: adminsOnly, says: 'Rate of pay.' },
  pay_interval: {
    type: 'choice',
    mode: 'read-only',
    values: ['hour', 'year'],
    byDefault: 'hour',
    readBy: adminsOnly,
    says: 'What the rate of pay is for: hour or year.',
  },
  title: {
    type: 'text',
    mode: 'read-write',
    onRequest: 'employment',
    says: "Name of the user's job. An addition of this server.",
  },
  default_jobcode_id: {
    type: 'reference',
    mode: 'read-write',
    references: 'jobcodes',
    onRequest: 'employment',
    says: 'Id of the jobcode on which the user usually works, a regular one at the top level; 0 for none.',
  },
  permissions: {
    type: 'flags',
    mode: 'read-write',
    values: permissionNames,
    // The reference's examples say one, its table the other.
    alsoCalled: { manage_no_schedule: 'manage_no_schedules' },
    byDefault: defaultPermissions,
    says: 'What the user may do. Flags that are not named keep their value.',
  },
  customfields: {
    type: 'map',
    mode: 'read-write',
    says: 'Values of custom fields that apply to users, by custom field id.',
  },
  password: { type: 'secret', mode: 'write-only', says: 'A new password. Everyone sets only his own.' },
  login_pin: {
    type: 'secret',
    mode: 'write-only',
    pattern: { test: /^\d{4,10}$/, says: 'must be 4 to 10 digits' },
    says: 'A new PIN for signing in at a kiosk, 4 to 10 digits.',
  },
  pin: {
    type: 'secret',
    mode: 'write-only',
    pattern: { test: /^(\d{4}|none)$/, says: 'must be 4 digits, or none' },
    says: 'A new PIN for time clocks, 4 digits and unique in the company; `none` takes it away. An addition of this server.',
  },
} as const satisfies Record<string, Field>;
