import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DomainError } from '../lib/errors.ts';
import { addDays } from '../lib/time.ts';
import { type ApprovalDates, moveApproval, NEVER_SUBMITTED } from './approval-dates.ts';

const dates = (submittedTo: string, approvedTo: string): ApprovalDates => ({ submittedTo, approvedTo });
const NEVER = dates(NEVER_SUBMITTED, NEVER_SUBMITTED);
const CURRENT = dates('2018-07-22', '2018-07-15');

test('moveApproval', () => {
  const cases: [string, ApprovalDates, Partial<ApprovalDates>, ApprovalDates | 'refused'][] = [
    ['nothing', CURRENT, {}, CURRENT],
    ['submit on', CURRENT, { submittedTo: '2018-07-29' }, dates('2018-07-29', '2018-07-15')],
    ['submit back', CURRENT, { submittedTo: '2018-07-16' }, dates('2018-07-16', '2018-07-15')],
    ['submit back to the approval', CURRENT, { submittedTo: '2018-07-15' }, dates('2018-07-15', '2018-07-15')],
    ['submit back behind the approval', CURRENT, { submittedTo: '2018-07-14' }, 'refused'],
    ['the same, whole user sent', CURRENT, dates('2018-07-14', '2018-07-15'), 'refused'],
    ['both back', CURRENT, dates('2018-07-08', '2018-07-08'), dates('2018-07-08', '2018-07-08')],
    ['approve', CURRENT, { approvedTo: '2018-07-22' }, dates('2018-07-22', '2018-07-22')],
    ['approve past the submission', CURRENT, { approvedTo: '2018-07-29' }, dates('2018-07-29', '2018-07-29')],
    ['approve past a given submission', CURRENT, dates('2018-07-25', '2018-07-29'), dates('2018-07-29', '2018-07-29')],
    ['approval back', CURRENT, { approvedTo: '2018-07-01' }, dates('2018-07-22', '2018-07-01')],
    ['first approval', NEVER, { approvedTo: '2018-07-15' }, dates('2018-07-15', '2018-07-15')],
    ['first submission', NEVER, { submittedTo: '2018-07-15' }, dates('2018-07-15', NEVER_SUBMITTED)],
  ];
  for (const [title, current, change, expected] of cases) {
    const result = moveApproval(current, change);
    assert.deepEqual(result instanceof DomainError ? 'refused' : result, expected, title);
    if (result instanceof DomainError) assert.equal(result.field, 'submitted_to');
  }
});

test('what is approved is always submitted, and an approval is never refused', () => {
  const day = fc.integer({ min: 0, max: 30 }).map((n) => addDays('2018-07-01', n));
  const maybe = fc.option(day, { nil: undefined });
  fc.assert(
    fc.property(day, maybe, maybe, (start, submittedTo, approvedTo) => {
      const result = moveApproval(dates(start, start), { submittedTo, approvedTo });
      if (result instanceof DomainError) {
        assert.ok(approvedTo === undefined || approvedTo === start);
        return;
      }
      assert.ok(result.submittedTo >= result.approvedTo);
      if (approvedTo !== undefined) assert.equal(result.approvedTo, approvedTo);
    }),
  );
});
