import { defineResource } from '../../engine/definition.ts';
import { accrualMethods } from '../../rules/accrual/policy.ts';
import { checkDays, type JobcodeFacts, jobcodeFacts, onTimeOff } from './rules.ts';

/** 10000 hours. */
const most = 36_000_000;

/** How paid time off accrues, and for whom. An addition to the reference. */
export const ptoPolicies = defineResource<JobcodeFacts>({
  name: 'pto_policies',
  singular: 'policy of paid time off',
  says: 'How paid time off of one jobcode accrues, and for whom. An addition of this server.',
  spec: 'none',
  table: 'pto_policies',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the policy.' },
    name: { type: 'text', mode: 'read-write', required: true, says: 'Name of the policy.' },
    jobcode_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'jobcodes',
      required: true,
      says: 'Jobcode of type pto that it is about.',
    },
    method: {
      type: 'choice',
      mode: 'read-write',
      values: accrualMethods,
      required: true,
      says: 'none: only what is entered; yearly: all at the beginning of a year; per_period: in equal parts at the end of each pay period of a year; per_hour: for work.',
    },
    amount: {
      type: 'integer',
      mode: 'read-write',
      least: 0,
      most,
      says: 'Seconds of a year, or for each per_worked seconds of work.',
    },
    per_worked: {
      type: 'integer',
      mode: 'read-write',
      byDefault: 3600,
      least: 1,
      most,
      says: 'Seconds of work that give the amount, where the method is per_hour.',
    },
    cap: {
      type: 'integer',
      mode: 'read-write',
      byDefault: -1,
      least: -1,
      most,
      says: 'Seconds that accrual never lifts the balance above; -1 for no limit.',
    },
    carry_over: {
      type: 'integer',
      mode: 'read-write',
      byDefault: -1,
      least: -1,
      most,
      says: 'Seconds of the balance that are kept when a year begins; -1 for all of them.',
    },
    year_start: {
      type: 'text',
      mode: 'read-write',
      byDefault: '01-01',
      pattern: {
        test: /^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d)|anniversary)$/,
        says: 'must be a day as MM-DD, or anniversary',
      },
      says: 'First day of a year as MM-DD, or anniversary for that of the day of hire.',
    },
    waiting_days: {
      type: 'integer',
      mode: 'read-write',
      least: 0,
      most: 3660,
      says: 'Days after the day of hire before anything accrues.',
    },
    start_date: { type: 'day', mode: 'read-write', required: true, says: 'First day; 2000-01-01 or later.' },
    end_date: { type: 'day', mode: 'read-write', says: 'Last day; blank while it goes on.' },
    group_ids: { type: 'ids', mode: 'read-write', references: 'groups', says: 'Groups whose users it is for.' },
    user_ids: {
      type: 'ids',
      mode: 'read-write',
      references: 'users',
      readBy: { has: 'manage_users' },
      says: 'Users whom it is for. Without groups and users it is for everyone.',
    },
    active: {
      type: 'boolean',
      mode: 'read-write',
      byDefault: true,
      says: 'False: as if it had never been. To end a policy give it an end_date.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the policy was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the policy was created.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    jobcode_ids: { kind: 'ids', column: 'jobcode_id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'jobcodes', ids: (rows, at) => rows.map((cells) => Number(cells[at('jobcode_id')])) }],
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: 'everyone', create: { has: 'admin' }, update: { has: 'admin' }, remove: 'nobody' },
  denied: { create: 'create policies', update: 'edit policies', remove: 'delete policies' },
  hooks: { facts: jobcodeFacts, check: [onTimeOff, checkDays] },
});
