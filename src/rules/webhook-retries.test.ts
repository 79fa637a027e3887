import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restSeconds, retrySeconds, shouldPause } from './webhook-retries.ts';

test('retries come after 10 s and ever later, up to 6 hours, for about three days', () => {
  const delays: number[] = [];
  for (let failures = 1; ; failures += 1) {
    const delay = retrySeconds(failures, 0.5);
    if (delay === undefined) break;
    delays.push(Math.round(delay));
  }
  assert.deepEqual(delays.slice(0, 8), [10, 30, 90, 270, 810, 2_430, 7_290, 21_600]);
  const days = delays.reduce((sum, delay) => sum + delay, 0) / 86_400;
  assert.ok(days > 2.7 && days < 3.3, `${days} days`);
  assert.deepEqual([retrySeconds(1, 0), retrySeconds(1, 1)], [9, 11]);
});

test('a receiver that fails rests for up to five minutes, and is paused after two days', () => {
  assert.deepEqual([1, 2, 8, 9, 40].map(restSeconds), [2, 4, 256, 300, 300]);
  assert.equal(shouldPause(0, 2 * 86_400 - 1), false);
  assert.equal(shouldPause(0, 2 * 86_400), true);
});
