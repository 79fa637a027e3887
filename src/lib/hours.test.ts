import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoursText } from './hours.ts';

test('seconds read as hours with two decimals', () => {
  const cases: [number, string][] = [
    [0, '0.00'],
    [17, '0.00'],
    [18, '0.01'],
    [270, '0.08'],
    [3_600, '1.00'],
    [3_618, '1.01'],
    [28_800, '8.00'],
    [360_036, '100.01'],
  ];
  for (const [seconds, text] of cases) assert.equal(hoursText(seconds), text);
});
