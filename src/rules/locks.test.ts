import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLock, type LockFacts } from './locks.ts';

const FREE: LockFacts = {
  submittedTo: '2000-01-01',
  approvedTo: '2000-01-01',
  lockDate: null,
  closed: false,
  exported: false,
  actorMayApprove: false,
  actorMayManage: false,
};
const submitted = { submittedTo: '2018-07-16' };
const approved = { submittedTo: '2018-07-20', approvedTo: '2018-07-16' };
const approver = { actorMayApprove: true };
const manager = { actorMayManage: true };

test('checkLock', () => {
  const cases: [string, Partial<LockFacts>, string | undefined][] = [
    ['2018-07-16', {}, undefined],
    ['2018-07-16', { closed: true, exported: true, ...approver, ...manager }, 'closed'],
    ['2018-07-16', { exported: true }, 'exported'],
    ['2018-07-16', { exported: true, ...approver, ...manager }, 'exported'],
    ['2018-07-16', { lockDate: '2018-07-16' }, 'lock-date'],
    ['2018-07-16', { lockDate: '2018-07-16', ...approver, ...manager }, 'lock-date'],
    ['2018-07-17', { lockDate: '2018-07-16' }, undefined],
    ['2018-07-16', approved, 'approved'],
    ['2018-07-16', { ...approved, ...manager }, 'approved'],
    ['2018-07-16', { ...approved, ...approver }, undefined],
    ['2018-07-17', approved, 'submitted'],
    ['2018-07-17', { ...approved, ...manager }, undefined],
    ['2018-07-21', approved, undefined],
    ['2018-07-16', submitted, 'submitted'],
    ['2018-07-16', { ...submitted, ...manager }, undefined],
    ['2018-07-16', { ...submitted, ...approver }, undefined],
    ['2018-07-17', submitted, undefined],
  ];
  for (const [day, facts, code] of cases) {
    const refusal = checkLock(day, { ...FREE, ...facts });
    assert.equal(refusal?.code, code, `${day} ${JSON.stringify(facts)}`);
    if (refusal !== undefined) assert.equal(refusal.kind, 'locked');
  }
  assert.equal(
    checkLock('2018-07-16', { ...FREE, ...approved })?.detail,
    'The time of 2018-07-16 is locked: it was approved to 2018-07-16.',
  );
});
