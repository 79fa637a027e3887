import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { archivedStatus, checkDecision, followsRequest, type TimeOffStatus, timeOffStatuses } from './time-off.ts';

describe('who may change the status', () => {
  const always: [TimeOffStatus | undefined, TimeOffStatus][] = [
    [undefined, 'pending'],
    [undefined, 'canceled'],
    ['canceled', 'pending'],
    ['pending', 'canceled'],
    ['denied', 'canceled'],
  ];
  const never: [TimeOffStatus | undefined, TimeOffStatus, RegExp][] = [
    [undefined, 'approved', /approve that/],
    ['pending', 'approved', /approve that/],
    ['denied', 'approved', /approve that/],
    ['canceled', 'approved', /approve that/],
    [undefined, 'denied', /deny that/],
    ['pending', 'denied', /deny that/],
    ['approved', 'denied', /deny that/],
    ['approved', 'pending', /take back/],
    ['denied', 'pending', /take back/],
  ];

  test('who decides may do everything', () => {
    for (const from of [undefined, ...timeOffStatuses]) {
      for (const to of timeOffStatuses)
        assert.equal(checkDecision({ from, to, mayDecide: true, begun: true }), undefined, `${from} ${to}`);
    }
  });

  for (const [from, to] of always) {
    test(`who asks may go from ${from ?? 'nothing'} to ${to}`, () => {
      assert.equal(checkDecision({ from, to, mayDecide: false, begun: true }), undefined);
    });
  }

  for (const [from, to, reason] of never) {
    test(`who asks may not go from ${from ?? 'nothing'} to ${to}`, () => {
      const refusal = checkDecision({ from, to, mayDecide: false, begun: false });
      assert.equal(refusal?.kind, 'forbidden');
      assert.match(String(refusal?.detail), /^Oops! You don't have permission to /);
      assert.match(String(refusal?.detail), reason);
    });
  }

  test('who asks may cancel approved time off until it begins', () => {
    const cancel = { from: 'approved', to: 'canceled', mayDecide: false } as const;
    assert.equal(checkDecision({ ...cancel, begun: false }), undefined);
    assert.match(String(checkDecision({ ...cancel, begun: true })?.detail), /has begun/);
  });

  test('a status that stays needs no permission', () => {
    for (const status of timeOffStatuses)
      assert.equal(checkDecision({ from: status, to: status, mayDecide: false, begun: true }), undefined);
  });
});

test('entries follow their request, except one that was canceled alone', () => {
  for (const status of ['pending', 'approved', 'denied'] as const) assert.ok(followsRequest(status, 'pending'));
  assert.ok(!followsRequest('canceled', 'pending'));
  assert.ok(followsRequest('canceled', 'canceled'));
});

test('what is archived is canceled, unless it was denied', () => {
  assert.deepEqual(timeOffStatuses.map(archivedStatus), ['canceled', 'canceled', 'denied', 'canceled']);
});
