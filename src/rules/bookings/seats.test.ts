import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seatTerms, whyNotLeft, whyNotSeated } from './seats.ts';

const hour = 3_600;
const terms = seatTerms({
  min_booking_time: '2 hours',
  max_booking_time: '14 days',
  min_cancel_time: '1 day',
  max_seats: 3,
});

test('seats are taken not too late, not too early, and not once the group has begun', () => {
  const cases: [hoursBefore: number, RegExp | undefined][] = [
    [0, /begun/],
    [-1, /begun/],
    [1, /too late/],
    [2, undefined],
    [24 * 14, undefined],
    [24 * 14 + 1, /too early/],
  ];
  for (const [before, expected] of cases) {
    const said = whyNotSeated(terms, before * hour, 0);
    if (expected === undefined) assert.equal(said, undefined, String(before));
    else assert.match(said ?? '', expected, String(before));
  }
  assert.equal(whyNotSeated(seatTerms({}), 1, 0), undefined);
});

test('customers cancel not too late', () => {
  assert.equal(whyNotLeft(terms, 24 * hour, 0), undefined);
  assert.match(whyNotLeft(terms, 23 * hour, 0) ?? '', /too late/);
  assert.equal(whyNotLeft(seatTerms({}), -5, 0), undefined);
});
