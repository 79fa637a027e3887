import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleSetOf } from './pay/rule-set.ts';
import type { PaySheet } from './pay/time.ts';
import { addEffect, effectOf, netSeconds, noEffect, type RoundingEffect } from './rounding-effect.ts';

const midnight = Date.UTC(2026, 5, 15) / 1000;
const at = (minute: number): number => midnight + minute * 60;

let ids = 0;

/** Times in minutes of the day: as they are kept, then as they were punched (null: entered). */
function sheet(
  [start, end]: readonly [number, number],
  [rawStart, rawEnd]: readonly [number | null, number | null] = [null, null],
  more: Partial<PaySheet> = {},
): PaySheet {
  ids += 1;
  return {
    id: ids,
    jobcodeId: 1,
    kind: 'work',
    day: midnight / 86_400,
    start: at(start),
    seconds: (end - start) * 60,
    zone: 'UTC',
    rawStart: rawStart === null ? null : at(rawStart),
    rawEnd: rawEnd === null ? null : at(rawEnd),
    startByHand: false,
    deduction: null,
    endByHand: false,
    ...more,
  };
}

const minutes = ({ punches, startWon, startLost, endWon, endLost }: RoundingEffect): number[] => [
  punches,
  startWon / 60,
  startLost / 60,
  endWon / 60,
  endLost / 60,
];

const written: [string, PaySheet, number[]][] = [
  ['won at both sides', sheet([480, 1020], [487, 1013]), [2, 7, 0, 7, 0]],
  ['lost at both sides', sheet([495, 1005], [488, 1012]), [2, 0, 7, 0, 7]],
  ['not rounded', sheet([487, 1013], [487, 1013]), [2, 0, 0, 0, 0]],
  ['entered', sheet([480, 1020]), [0, 0, 0, 0, 0]],
  ['start by hand', sheet([470, 1020], [487, 1013], { startByHand: true }), [1, 0, 0, 7, 0]],
  ['end by hand', sheet([480, 1000], [487, 1013], { endByHand: true }), [1, 7, 0, 0, 0]],
  ['clocked out before the rounded start', sheet([495, 495], [488, 490]), [2, 0, 7, 5, 0]],
  ['a paid break', sheet([480, 495], [487, 490], { kind: 'paid_break' }), [2, 7, 0, 5, 0]],
  ['an unpaid break', sheet([480, 495], [487, 490], { kind: 'unpaid' }), [0, 0, 0, 0, 0]],
  ['without hours', sheet([480, 1020], [487, 1013], { start: null }), [0, 0, 0, 0, 0]],
];

test('what the rounding of writing gives and takes', () => {
  for (const [name, one, expected] of written) assert.deepEqual(minutes(effectOf([one])), expected, name);
});

const rounding = (way: string, out = way) => ruleSetOf({ rounding: { minutes: 15, in: way, out } });

const tried: [string, readonly PaySheet[], ReturnType<typeof rounding>, number[]][] = [
  ['nearest', [sheet([487, 1013], [487, 1013])], rounding('nearest'), [2, 7, 0, 7, 0]],
  ['against people', [sheet([480, 1020], [487, 1013])], rounding('up', 'down'), [2, 0, 8, 0, 8]],
  ['for people', [sheet([480, 1020], [487, 1013])], rounding('down', 'up'), [2, 7, 0, 7, 0]],
  ['not at all', [sheet([480, 1020], [487, 1013])], rounding('none'), [2, 0, 0, 0, 0]],
  ['sent with start and end', [sheet([487, 1013])], rounding('nearest'), [2, 7, 0, 7, 0]],
  ['a side by hand', [sheet([470, 1020], [487, 1013], { startByHand: true })], rounding('nearest'), [1, 0, 0, 7, 0]],
  [
    'a switch is one moment',
    [sheet([480, 607], [480, 607]), sheet([607, 720], [607, 720])],
    rounding('down', 'up'),
    [4, 0, 8, 8, 0],
  ],
];

test('what another rounding would give and take', () => {
  for (const [name, sheets, rules, expected] of tried) {
    assert.deepEqual(minutes(effectOf(sheets, rules)), expected, name);
    assert.deepEqual(minutes(effectOf(sheets.toReversed(), rules)), expected, `${name}, in another order`);
  }
});

test('effects add up', () => {
  const all = noEffect();
  addEffect(all, effectOf([sheet([480, 1020], [487, 1013])]));
  addEffect(all, effectOf([sheet([495, 1005], [488, 1012])]));
  assert.deepEqual([minutes(all), netSeconds(all)], [[4, 7, 7, 7, 7], 0]);
  assert.equal(netSeconds(effectOf([sheet([480, 1005], [487, 1012])])), 0);
  assert.equal(netSeconds(effectOf([sheet([480, 1020], [487, 1013])])), 840);
});
