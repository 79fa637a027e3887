import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DomainError } from '../lib/errors.ts';
import { addDays } from '../lib/time.ts';
import { type ApprovalDates, NEVER_SUBMITTED } from './approval-dates.ts';
import {
  type ApprovalAction,
  type ApprovalFacts,
  actionOf,
  applyAction,
  approvalActions,
  checkMove,
  checkOrder,
} from './approvals.ts';

const dates = (submittedTo: string, approvedTo: string): ApprovalDates => ({ submittedTo, approvedTo });
const NEVER = dates(NEVER_SUBMITTED, NEVER_SUBMITTED);
/** Submitted to 14 June, approved to 7 June. */
const NOW = dates('2026-06-14', '2026-06-07');
const DONE = dates('2026-06-14', '2026-06-14');

test('checkOrder', () => {
  const cases: [ApprovalAction, string | undefined, string, RegExp | undefined][] = [
    ['submit', '2026-06-14', '', undefined],
    ['submit', undefined, '', /^to is missing: the last day to submit\.$/],
    ['approve', undefined, '', /^to is missing: the last day to approve\.$/],
    ['unapprove', undefined, '', /^to is missing: the last day to unapprove\.$/],
    ['unsubmit', undefined, '', undefined],
    ['reject', undefined, 'No lunch on Friday', undefined],
    ['reject', '2026-06-07', ' ', /^reason is missing/],
    ['unapprove', '1999-12-31', '', /^to must not be before 2000-01-01\.$/],
    ['unapprove', '2000-01-01', '', undefined],
  ];
  for (const [action, to, reason, expected] of cases) {
    const detail = checkOrder({ action, to, reason })?.detail;
    if (expected === undefined) assert.equal(detail, undefined, `${action} ${to}`);
    else assert.match(String(detail), expected, `${action} ${to}`);
  }
});

test('applyAction', () => {
  const same = 'same';
  const cases: [ApprovalAction, string | undefined, ApprovalDates, ApprovalDates | typeof same | RegExp][] = [
    ['submit', '2026-06-21', NOW, dates('2026-06-21', '2026-06-07')],
    ['submit', '2026-06-14', NOW, same],
    ['submit', '2026-06-01', NOW, same],
    ['submit', '2026-06-01', NEVER, dates('2026-06-01', NEVER_SUBMITTED)],
    ['approve', '2026-06-10', NOW, dates('2026-06-14', '2026-06-10')],
    ['approve', '2026-06-14', NOW, DONE],
    ['approve', '2026-06-21', NOW, dates('2026-06-21', '2026-06-21')],
    ['approve', '2026-06-07', NOW, same],
    ['approve', '2026-06-01', NOW, same],
    ['unapprove', '2026-05-31', NOW, dates('2026-06-14', '2026-05-31')],
    ['unapprove', NEVER_SUBMITTED, NOW, dates('2026-06-14', NEVER_SUBMITTED)],
    ['unapprove', '2026-06-07', NOW, same],
    ['unapprove', '2026-06-08', NOW, same],
    ['unsubmit', undefined, NOW, dates('2026-06-07', '2026-06-07')],
    ['unsubmit', '2026-06-10', NOW, dates('2026-06-10', '2026-06-07')],
    ['unsubmit', '2026-06-14', NOW, same],
    ['unsubmit', undefined, DONE, same],
    ['unsubmit', '2026-06-06', NOW, /^The time is approved to 2026-06-07; take the approval back first\.$/],
    ['reject', undefined, NOW, dates('2026-06-07', '2026-06-07')],
    ['reject', '2026-06-12', NOW, dates('2026-06-12', '2026-06-07')],
    ['reject', '2026-06-06', NOW, /^The time is approved to 2026-06-07; take the approval back first\.$/],
    ['reject', '2026-06-14', NOW, /^There is nothing to reject: time is submitted to 2026-06-14\.$/],
    ['reject', undefined, DONE, /^There is nothing to reject: time is submitted to 2026-06-14 and approved\.$/],
    ['reject', undefined, NEVER, /^There is nothing to reject: nothing was submitted\.$/],
  ];
  for (const [action, to, before, expected] of cases) {
    const what = `${action} ${to}`;
    const result = applyAction(action, to, before);
    if (result instanceof DomainError) assert.match(result.detail, expected as RegExp, what);
    else if (expected === same) assert.equal(result, before, what);
    else assert.deepEqual(result, expected, what);
  }
});

test('whatever is done, in whatever order: what is approved is submitted, and every change has a name', () => {
  const day = fc.integer({ min: -3, max: 30 }).map((n) => addDays('2026-06-01', n));
  const order = fc.tuple(fc.constantFrom(...approvalActions), fc.option(day, { nil: undefined }));
  fc.assert(
    fc.property(fc.array(order, { maxLength: 12 }), (orders) => {
      let current = NOW;
      for (const [action, to] of orders) {
        const next = applyAction(action, to, current);
        if (next instanceof DomainError) continue;
        assert.ok(next.submittedTo >= next.approvedTo);
        const named = action === 'reject' ? 'unsubmit' : action;
        assert.equal(actionOf(current, next), next === current ? undefined : named);
        current = next;
      }
    }),
  );
});

test('checkMove', () => {
  const free: ApprovalFacts = { today: '2026-06-15', lockDate: null, open: undefined, exportedDays: [], closed: [] };
  const lockDate = '2026-06-07';
  const open = { id: 17, day: '2026-06-15' };
  const exportedDays = ['2026-06-05', '2026-06-12'];
  const closed = [{ start: '2026-06-01', end: '2026-06-07' }];
  const back = dates('2026-06-14', '2026-05-31');
  const cases: [string, ApprovalDates, ApprovalDates, Partial<ApprovalFacts>, string | undefined][] = [
    ['approve', NOW, DONE, {}, undefined],
    ['approve out of closed books', NOW, DONE, { lockDate }, undefined],
    ['approve in closed books', back, NOW, { lockDate }, 'lock-date'],
    ['submit in closed books', NEVER, dates('2026-06-07', NEVER_SUBMITTED), { lockDate }, 'lock-date'],
    ['approve to the day before an open timesheet', NOW, DONE, { open }, undefined],
    ['approve an open timesheet', NOW, dates('2026-06-15', '2026-06-15'), { open }, 'on-the-clock'],
    ['submit an open timesheet', NOW, dates('2026-06-20', '2026-06-07'), { open }, 'on-the-clock'],
    ['a year ahead', NOW, dates('2027-06-16', '2027-06-16'), {}, undefined],
    ['more than a year ahead', NOW, dates('2027-06-17', '2026-06-07'), {}, 'ahead'],
    ['back to the closed books', DONE, NOW, { lockDate }, undefined],
    ['back into closed books', NOW, dates('2026-06-14', '2026-06-06'), { lockDate }, 'lock-date'],
    ['unapprove over exported time', NOW, dates('2026-06-14', '2026-06-04'), { exportedDays }, 'exported'],
    ['unapprove to exported time', NOW, dates('2026-06-14', '2026-06-05'), { exportedDays }, undefined],
    ['reject exported time', NOW, dates('2026-06-11', '2026-06-07'), { exportedDays }, 'exported'],
    ['unapprove over closed time', NOW, dates('2026-06-14', '2026-06-06'), { closed }, 'closed'],
    ['unapprove into closed time', NOW, dates('2026-06-14', '2026-06-03'), { closed }, 'closed'],
    ['back to closed time', DONE, NOW, { closed }, undefined],
    ['approve closed time', back, NOW, { closed }, undefined],
    ['back with somebody on the clock', DONE, NOW, { open: { id: 17, day: '2026-06-01' } }, undefined],
    ['nothing', NOW, NOW, { lockDate: '2027-01-01', open, exportedDays }, undefined],
  ];
  for (const [what, from, to, facts, expected] of cases) {
    const refusal = checkMove(from, to, { ...free, ...facts });
    assert.equal(refusal === undefined ? undefined : (refusal.code ?? 'ahead'), expected, what);
  }
  const refused = checkMove(NOW, dates('2026-06-15', '2026-06-15'), { ...free, open });
  assert.equal(refused?.detail, 'Timesheet 17 of 2026-06-15 is still on the clock; clock out first, then approve.');
});
