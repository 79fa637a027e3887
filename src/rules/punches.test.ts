import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptEnd, keptStart, roundingIn, type Taken } from './punches.ts';
import { LONGEST_SHEET } from './timesheet-limits.ts';

/** Minutes as seconds. */
const at = (minute: number): number => minute * 60;

function taken(start: number, end: number, punched: { in?: number; out?: number } = {}): Taken {
  return { start: at(start), end: at(end), punchedIn: at(punched.in ?? start), punchedOut: at(punched.out ?? end) };
}

const starts: [string, number, number, readonly Taken[], number][] = [
  ['nothing near', 52, 60, [], 60],
  ['rounded down into time that was over', 52, 45, [taken(0, 50)], 50],
  ['rounded down behind time that was over', 52, 45, [taken(46, 50)], 50],
  ['punched when the one before was over, though that one was rounded up', 52, 45, [taken(0, 60, { out: 52 })], 60],
  ['the same without any rounding', 52, 52, [taken(0, 60, { out: 52 })], 60],
  ['punched inside of entered time: another rule refuses it', 52, 45, [taken(0, 60)], 45],
  ['rounded up into time that was entered ahead', 52, 60, [taken(55, 100)], 52],
  ['rounded up beyond time that was entered ahead', 52, 60, [taken(55, 58)], 60],
  ['entered ahead from the rounded start on', 52, 60, [taken(60, 100)], 52],
  ['no room between both', 52, 60, [taken(0, 60, { out: 52 }), taken(60, 100)], 60],
];

test('a rounded start stays out of the way of other time', () => {
  for (const [name, punch, rounded, others, kept] of starts)
    assert.equal(keptStart(at(punch), at(rounded), others), at(kept), name);
});

const ends: [string, number, number, number, readonly Taken[], number][] = [
  ['nothing near', 52, 60, 0, [], 60],
  ['rounded up into time that comes', 52, 60, 0, [taken(55, 100)], 55],
  ['rounded up beyond time that comes', 52, 60, 0, [taken(55, 58)], 55],
  ['rounded up into time that was punched in afterwards', 52, 60, 0, [taken(50, 100, { in: 53 })], 50],
  ['rounded down before the start', 52, 45, 50, [], 50],
  ['clocked out before the rounded start', 52, 45, 60, [], 60],
  ['time before it is not in its way', 52, 60, 30, [taken(0, 30)], 60],
];

test('a rounded end stays out of the way of other time, and never lies before the start', () => {
  for (const [name, punch, rounded, start, others, kept] of ends)
    assert.equal(keptEnd(at(punch), at(rounded), at(start), others), at(kept), name);
  assert.equal(keptEnd(LONGEST_SHEET - 60, LONGEST_SHEET + 60, 0, []), LONGEST_SHEET);
});

test('settings say how punches are rounded, when they are', () => {
  const settings = (installed: number) => ({
    get: (_: string, key: string) => ({ minutes: 6, clock_in: 'up', clock_out: '7/8' })[key],
    isOn: () => installed === 1,
  });
  assert.equal(roundingIn(undefined), null);
  assert.equal(roundingIn(settings(0)), null);
  assert.deepEqual(roundingIn(settings(1)), { minutes: 6, in: 'up', out: '7/8' });
});
