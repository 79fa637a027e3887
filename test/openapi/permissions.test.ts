import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whoMay } from '../../src/dialects/tsheets-rest/openapi/permissions.ts';
import type { Rule } from '../../src/engine/definition.ts';
import { sees } from '../../src/resources/schedule-events/authority.ts';

const cases: readonly (readonly [Rule, string])[] = [
  ['everyone', 'everyone'],
  ['nobody', 'nobody'],
  [{ has: 'admin' }, 'admins'],
  [{ has: 'manage_users' }, 'those with `manage_users`, and admins'],
  [{ self: 'user_id' }, 'the person in `user_id`, and admins'],
  [{ onlySelf: 'user_id' }, 'nobody but the person in `user_id`'],
  [{ manages: 'user_id' }, 'managers of the group of the person in `user_id`, and admins'],
  [{ managesGroup: 'group_id' }, 'managers of the group in `group_id`, and admins'],
  [{ memberOf: 'project_id' }, "those who may use the project's jobcode, and admins"],
  [
    { any: [{ has: 'reports' }, { any: [{ manages: 'user_id' }, { has: 'manage_users' }] }, { self: 'user_id' }] },
    'the person in `user_id`, managers of his group, those with `reports` or `manage_users`, and admins',
  ],
  [
    { any: [{ self: 'user_id' }, { all: [{ self: 'user_id' }, { has: 'reports' }] }] },
    'the person in `user_id`, and admins',
  ],
  [
    { any: [{ unset: 'user_id' }, { self: 'user_id' }] },
    'the person in `user_id`, and admins; where `user_id` is 0, everyone',
  ],
  [{ any: [{ has: 'reports' }, 'everyone'] }, 'everyone'],
  [
    { all: [{ isFalse: 'draft' }, { any: [{ self: 'user_id' }, { has: 'reports' }] }] },
    'admins; where `draft` is false, also the person in `user_id` and those with `reports`',
  ],
  [
    sees,
    'the person in `assignee_id` with `manage_my_schedule`, managers of his group with `manage_schedules`, ' +
      'those with `manage_company_schedules`, and admins; ' +
      'where `assignee_id` is 0, also the person in `created_by_user_id` with `manage_schedules`; ' +
      'where `draft` is false, also the person in `assignee_id`, managers of his group, ' +
      'people of his group with `view_group_schedules`, and those with `view_company_schedules`',
  ],
];

for (const [rule, words] of cases) {
  test(`who may, by ${JSON.stringify(rule).slice(0, 80)}`, () => assert.equal(whoMay(rule), words));
}
