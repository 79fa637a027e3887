import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Permission } from './permissions.ts';
import { limitSchedules, type ReachLimits, speaksOfSchedules } from './schedule-reach.ts';

const unlimited: ReachLimits = { manage: ['company'], view: ['company', 'company'] };
const cases: [string, Permission[], Partial<ReachLimits>, Permission[]][] = [
  ['nothing grants nothing', [], {}, []],
  ['other permissions stay', ['reports', 'mobile'], { manage: ['none'], view: ['none'] }, ['reports', 'mobile']],
  [
    'flags hold without limits',
    ['manage_schedules', 'view_company_schedules'],
    {},
    ['manage_schedules', 'view_company_schedules'],
  ],
  ['one flag grants no other', ['manage_company_schedules'], {}, ['manage_company_schedules']],
  [
    'company is cut to group',
    ['manage_company_schedules'],
    { manage: ['group'] },
    ['manage_my_schedule', 'manage_schedules'],
  ],
  ['company is cut to my', ['manage_company_schedules'], { manage: ['my'] }, ['manage_my_schedule']],
  ['group is not widened by a wider limit', ['manage_schedules'], { manage: ['company'] }, ['manage_schedules']],
  ['group is cut to none', ['manage_schedules'], { manage: ['none'] }, []],
  ['a word that is no reach is none', ['manage_my_schedule'], { manage: ['everybody'] }, []],
  [
    'manage_no_schedules wins',
    ['manage_company_schedules', 'manage_my_schedule', 'manage_no_schedules'],
    {},
    ['manage_no_schedules'],
  ],
  ['managing limits no viewing', ['view_company_schedules'], { manage: ['none'] }, ['view_company_schedules']],
  [
    'the narrower of two limits counts',
    ['view_company_schedules'],
    { view: ['company', 'group'] },
    ['view_my_schedules', 'view_group_schedules'],
  ],
  ['viewing is cut to nothing', ['view_group_schedules'], { view: ['none', 'company'] }, []],
  [
    'admins keep everything',
    ['admin', 'manage_no_schedules', 'manage_company_schedules'],
    { manage: ['none'], view: ['none'] },
    ['admin', 'manage_no_schedules', 'manage_company_schedules'],
  ],
];

for (const [what, held, limits, expected] of cases) {
  test(what, () => {
    const limited = limitSchedules(new Set(held), { ...unlimited, ...limits });
    assert.deepEqual([...limited].sort(), expected.toSorted());
  });
}

test('only some permissions are about schedules', () => {
  assert.equal(speaksOfSchedules(new Set(['reports', 'manage_users', 'manage_no_schedules'])), false);
  assert.equal(speaksOfSchedules(new Set(['view_my_schedules'])), true);
});
