import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConstraints } from './constraints.ts';

const H = 3600;

test('constraints as clients write them', () => {
  const cases: [entry: unknown, expected: unknown][] = [
    [{ allow_day: { day: 'Monday' } }, { kind: 'days', allows: true, days: [0], hours: { start: 0, end: 24 * H } }],
    [{ block_day: { day: ' sUNDAY' } }, { kind: 'days', allows: false, days: [6], hours: { start: 0, end: 24 * H } }],
    [{ allow_hours: { start: 9, end: 17 } }, hours(true, 9 * H, 17 * H)],
    [{ block_hours: { start: '12:15', end: '24' } }, hours(false, 12.25 * H, 24 * H)],
    [{ allow_hours: { start: '9:00', end: '24:00' } }, hours(true, 9 * H, 24 * H)],
    [{ allow_hours: { start: '09:00:00', end: '17:30:00' } }, hours(true, 9 * H, 17.5 * H)],
    [
      { allow_day_and_time: { day: 'friday', start: 0, end: 24 } },
      { kind: 'days', allows: true, days: [4], hours: { start: 0, end: 24 * H } },
    ],
    [
      { specific_day_and_time: { day: 'Saturday', start: 10, end: 12 } },
      { kind: 'days', allows: true, days: [5], hours: { start: 10 * H, end: 12 * H } },
    ],
    [{ allow_weekdays: {} }, { kind: 'days', allows: true, days: [0, 1, 2, 3, 4], hours: { start: 0, end: 24 * H } }],
    [{ block_weekends: [] }, { kind: 'days', allows: false, days: [5, 6], hours: { start: 0, end: 24 * H } }],
    [
      { block_period: { start: '1970-01-02', end: '1970-01-03T01:00:00+01:00' } },
      { kind: 'period', allows: false, start: { local: 86_400 }, end: { instant: 172_800 } },
    ],
    [
      { allow_period: { start: '1970-01-02T00:00:00Z', end: '1970-01-03 00:00' } },
      { kind: 'period', allows: true, start: { instant: 86_400 }, end: { local: 172_800 } },
    ],
  ];
  for (const [entry, expected] of cases)
    assert.deepEqual(readConstraints([entry]), { constraints: [expected], refusals: [] }, JSON.stringify(entry));
});

function hours(allows: boolean, start: number, end: number): unknown {
  return { kind: 'hours', allows, days: [0, 1, 2, 3, 4, 5, 6], hours: { start, end } };
}

test('what is no constraint, and why', () => {
  const cases: [entry: unknown, why: RegExp][] = [
    ['allow_weekdays', /must be an object with one key/],
    [null, /must be an object with one key/],
    [[], /must be an object with one key/],
    [{}, /must have one key/],
    [{ allow_weekdays: {}, block_weekends: {} }, /must have one key/],
    [{ allow_dya: { day: 'Monday' } }, /unknown constraint "allow_dya"/],
    [{ allow_toString: {} }, /unknown constraint/],
    [{ __proto__x: {} }, /unknown constraint/],
    [{ toString: {} }, /unknown constraint/],
    [{ allow_day: 'Monday' }, /\(allow_day\) must be an object/],
    [{ allow_day: { day: 'Mon' } }, /must have a day/],
    [{ allow_day: { day: 1 } }, /must have a day/],
    [{ allow_hours: {} }, /must have a start and an end/],
    [{ allow_hours: { start: 9, end: 25 } }, /must have a start and an end/],
    [{ allow_hours: { start: -1, end: 17 } }, /must have a start and an end/],
    [{ allow_hours: { start: 9.5, end: 17 } }, /must have a start and an end/],
    [{ allow_hours: { start: '24:01', end: 24 } }, /must have a start and an end/],
    [{ allow_hours: { start: '09:60', end: 24 } }, /must have a start and an end/],
    [{ allow_hours: { start: 17, end: 9 } }, /must start before it ends/],
    [{ allow_hours: { start: 22, end: 6 } }, /must start before it ends/],
    [{ allow_hours: { start: 9, end: 9 } }, /must start before it ends/],
    [{ block_day_and_time: { day: 'x', start: 9, end: 10 } }, /must have a day/],
    [{ block_day_and_time: { day: 'Monday', start: 9 } }, /must have a start and an end/],
    [{ block_period: { start: '2026-13-01', end: '2026-12-02' } }, /timestamps or dates/],
    [{ block_period: { start: 1, end: 2 } }, /timestamps or dates/],
    [{ block_period: { start: '2026-12-02', end: '2026-12-02' } }, /must start before it ends/],
    [{ block_period: { start: '2026-12-02T10:00:00Z', end: '2026-12-02T10:30:00+01:00' } }, /must start before/],
    [{ block_weekends: true }, /must be an empty object/],
    [{ allow_weekdays: [1] }, /must be an empty object/],
  ];
  for (const [entry, why] of cases) {
    const { refusals } = readConstraints([{ allow_weekdays: {} }, entry]);
    assert.equal(refusals.length, 1, JSON.stringify(entry));
    assert.match(String(refusals[0]), /^Entry 2 .*\.$/);
    assert.match(String(refusals[0]), why);
  }
  for (const list of [undefined, null, {}, 'x', 1])
    assert.deepEqual(readConstraints(list).refusals, ['Must be a list of constraints.']);
});
