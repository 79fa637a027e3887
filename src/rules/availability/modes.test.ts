import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Calendar, type Mode, modes, offer, type Slot, shuffled } from './modes.ts';

const H = 3600;
const plenty = { slots: 1_000, offers: 1_000 };
const plan = { length: H, step: H, grid: 60 };

function slotsOf(...args: Parameters<typeof offer>): Slot[] | undefined {
  const steps = offer(...args);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Free hours of each person on 1970-01-01. */
const free = (...people: [from: number, to: number][][]): Calendar[] =>
  people.map((hours) => ({ zone: 'UTC', free: hours.map(([start, end]) => ({ start: start * H, end: end * H })) }));

test('modes', () => {
  const three = free(
    [[9, 12]],
    [[10, 13]],
    [
      [9, 10],
      [11, 12],
    ],
  );
  const cases: [mode: Mode, calendars: Calendar[], expected: Record<number, number[]>][] = [
    ['mutual', three, { 11: [0, 1, 2] }],
    ['mutual', free([[9, 11]]), { 9: [0], 10: [0] }],
    ['mutual', free([[9, 10]], [[10, 11]]), {}],
    ['mutual', [], {}],
    ['exclusive', three, { 9: [0, 2], 10: [0, 1], 11: [0, 1, 2], 12: [1] }],
    ['exclusive', [], {}],
    ['roundrobin_prioritized', three, { 9: [0], 10: [0], 11: [0], 12: [1] }],
    ['roundrobin_prioritized', three.toReversed(), { 9: [0], 10: [1], 11: [0], 12: [1] }],
    ['roundrobin_random', three, { 9: [0], 10: [0], 11: [0], 12: [1] }],
    // A slot of one is offered to whoever is free then, whatever his own slots are.
    ['exclusive', free([[9, 12]], [[9.5, 11.5]]), { 9: [0], 9.5: [0, 1], 10: [0, 1], 10.5: [0, 1], 11: [0] }],
    ['roundrobin_prioritized', free([[9, 10]], [[9.5, 10.5]]), { 9: [0], 9.5: [1] }],
    ['roundrobin_prioritized', free([], [[9, 10]]), { 9: [1] }],
    ['exclusive', free([], []), {}],
  ];
  for (const [mode, calendars, expected] of cases) {
    const slots = slotsOf(mode, calendars, plan, plenty) ?? [];
    const shown = slots.map(({ start, people }) => [start / H, people]);
    assert.deepEqual(
      shown,
      Object.entries(expected)
        .map(([hour, people]) => [Number(hour), people])
        .sort(([a], [b]) => Number(a) - Number(b)),
      mode,
    );
    for (const { start, end } of slots) assert.equal(end - start, H);
  }
});

test('whole stretches', () => {
  const whole = { ...plan, length: null };
  const calendars = free(
    [
      [9, 12],
      [13, 14],
    ],
    [[9, 11]],
    [[9, 12]],
  );
  const shown = (mode: Mode): unknown =>
    slotsOf(mode, calendars, whole, plenty)?.map((slot) => [slot.start / H, slot.end / H, slot.people]);
  assert.deepEqual(shown('mutual'), [[9, 11, [0, 1, 2]]]);
  assert.deepEqual(shown('exclusive'), [
    [9, 11, [0, 1, 2]],
    [9, 12, [0, 2]],
    [13, 14, [0]],
  ]);
  assert.deepEqual(shown('roundrobin_random'), [
    [9, 11, [0]],
    [9, 12, [0]],
    [13, 14, [0]],
  ]);
});

test('more slots or offers than allowed give none', () => {
  const two = free([[0, 10]], [[0, 10]]);
  for (const mode of modes) assert.equal(slotsOf(mode, two, plan, { slots: 9, offers: 1_000 }), undefined, mode);
  for (const [mode, offers] of [
    ['mutual', 20],
    ['exclusive', 20],
    ['roundrobin_random', 10],
    ['roundrobin_prioritized', 10],
  ] as const) {
    assert.equal(slotsOf(mode, two, plan, { slots: 10, offers: offers - 1 }), undefined, mode);
    assert.equal(slotsOf(mode, two, plan, { slots: 10, offers })?.length, 10, mode);
  }
});

test('shuffling keeps everyone and follows the numbers given', () => {
  assert.deepEqual(
    shuffled([1, 2, 3], () => 0),
    [1, 2, 3],
  );
  assert.deepEqual(
    shuffled([1, 2, 3], () => 0.99),
    [3, 2, 1],
  );
  assert.deepEqual(
    shuffled([], () => 0),
    [],
  );
  const firsts = new Set(Array.from({ length: 200 }, () => shuffled([1, 2, 3], Math.random)[0]));
  assert.equal(firsts.size, 3);
});
