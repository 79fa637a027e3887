import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInstant } from '../lib/time.ts';
import { dueTimes } from './due-times.ts';

function at(text: string): number {
  const moment = parseInstant(text);
  assert.ok(moment !== undefined, text);
  return moment;
}

function spoken(zone: string, after: string, until: string): string[] {
  return dueTimes(zone, at(after), at(until)).map(({ time, day, weekday }) => `${weekday} ${day} ${time.slice(0, 5)}`);
}

test('the local times between two moments, the first excluded and the last included', () => {
  const cases: [string, string, string, string[]][] = [
    ['UTC', '2026-06-15T08:00:00Z', '2026-06-15T08:05:00Z', ['Mon 2026-06-15 08:05']],
    ['UTC', '2026-06-15T08:00:01Z', '2026-06-15T08:04:59Z', []],
    ['UTC', '2026-06-15T07:59:59Z', '2026-06-15T08:00:00Z', ['Mon 2026-06-15 08:00']],
    ['UTC', '2026-06-15T08:00:00Z', '2026-06-15T08:00:00Z', []],
    ['UTC', '2026-06-15T08:00:00Z', '2026-06-15T07:00:00Z', []],
    // Half hours and quarters, and days that differ from UTC's.
    ['Asia/Kolkata', '2026-06-15T02:30:00Z', '2026-06-15T02:35:00Z', ['Mon 2026-06-15 08:05']],
    ['Asia/Kathmandu', '2026-06-14T18:10:00Z', '2026-06-14T18:15:00Z', ['Mon 2026-06-15 00:00']],
    ['Australia/Eucla', '2026-06-14T15:10:00Z', '2026-06-14T15:15:00Z', ['Mon 2026-06-15 00:00']],
    ['Pacific/Kiritimati', '2026-06-14T10:00:00Z', '2026-06-14T10:05:00Z', ['Mon 2026-06-15 00:05']],
    ['America/Denver', '2026-01-01T06:55:00Z', '2026-01-01T07:00:00Z', ['Thu 2026-01-01 00:00']],
  ];
  for (const [zone, after, until, expected] of cases) {
    assert.deepEqual(spoken(zone, after, until), expected, `${zone} ${until}`);
  }
});

test('a skipped hour is due right after the gap', () => {
  // Denver, 8 March 2026: 01:59:59 is followed by 03:00:00, at 09:00 UTC.
  const due = spoken('America/Denver', '2026-03-08T08:55:00Z', '2026-03-08T09:00:00Z');
  assert.equal(due.length, 13);
  assert.deepEqual([due[0], due[6], due[12]], ['Sun 2026-03-08 02:00', 'Sun 2026-03-08 02:30', 'Sun 2026-03-08 03:00']);
  assert.deepEqual(spoken('America/Denver', '2026-03-08T09:00:00Z', '2026-03-08T09:05:00Z'), ['Sun 2026-03-08 03:05']);
  // Cairo, 24 April 2026: midnight itself is skipped, half of the grid belongs to the new day all the same.
  assert.equal(spoken('Africa/Cairo', '2026-04-23T21:55:00Z', '2026-04-23T22:00:00Z')[0], 'Fri 2026-04-24 00:00');
});

test('a doubled hour is due the first time only', () => {
  // Denver, 1 November 2026: 01:00 to 02:00 comes twice; the second time begins at 08:00 UTC.
  const whole = spoken('America/Denver', '2026-11-01T06:55:00Z', '2026-11-01T09:00:00Z');
  assert.equal(whole.length, new Set(whole).size);
  assert.equal(whole.length, 13);
  assert.deepEqual(spoken('America/Denver', '2026-11-01T07:25:00Z', '2026-11-01T07:30:00Z'), ['Sun 2026-11-01 01:30']);
  assert.deepEqual(spoken('America/Denver', '2026-11-01T07:55:00Z', '2026-11-01T08:55:00Z'), []);
  assert.deepEqual(spoken('America/Denver', '2026-11-01T08:55:00Z', '2026-11-01T09:00:00Z'), ['Sun 2026-11-01 02:00']);
  // Lord Howe goes back by half an hour only.
  const half = spoken('Australia/Lord_Howe', '2026-04-04T14:25:00Z', '2026-04-04T15:35:00Z');
  assert.equal(half.length, new Set(half).size);
});

test('every time of a year is due exactly once, on every zone that changes its clocks', () => {
  const [from, to] = [at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z')];
  for (const zone of ['Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Chatham']) {
    const seen = new Set<string>();
    for (const { day, time } of dueTimes(zone, from, to)) {
      assert.ok(!seen.has(`${day} ${time}`), `${zone} ${day} ${time} twice`);
      seen.add(`${day} ${time}`);
    }
    // Skipped times are due, doubled ones once: each local day has all of its 288.
    assert.equal(seen.size, 365 * 288, zone);
  }
});
