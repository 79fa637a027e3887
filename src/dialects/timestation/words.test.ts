import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOurWords } from './words.ts';

test('sentences of the rules speak of employees, departments and shifts', () => {
  for (const [theirs, ours] of [
    ['Oops! That payroll_id is already in use', 'That custom_employee_id is already in use'],
    ['The user does not exist', 'The employee does not exist'],
    ['User 7 is archived', 'Employee 7 is archived'],
    ['pay_rate must be a number', 'hourly_rate must be a number'],
    [
      'There is no employee custom field named "user \\" jobcode"',
      'There is no employee custom field named "user \\" jobcode"',
    ],
    ['Superuser', 'Superuser'],
  ] as const)
    assert.equal(inOurWords(theirs), ours);
});
