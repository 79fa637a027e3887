import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planYear } from '../../src/commands/seed/year.ts';
import { localDay } from '../../src/lib/time.ts';
import { sql } from '../../src/store/sql.ts';
import { at, closeWorld, openDemo, overlaps } from './support.ts';

const moments: Readonly<Record<string, string>> = {
  '29 February': '2028-02-29T09:00:00-05:00',
  'the night on which clocks go forward': '2026-03-08T04:30:00-04:00',
  'the hour that comes twice': '2026-11-01T01:30:00-05:00',
  'just after midnight on 1 January': '2027-01-01T00:00:30-05:00',
};

for (const [name, text] of Object.entries(moments)) {
  test(`a demo is made on ${name}`, async () => {
    const now = at(text);
    const { rows, world } = await openDemo(now);
    try {
      const [count, open, late] =
        (
          await rows(sql`SELECT count(*), count(*) FILTER (WHERE type = 'regular' AND end_at IS NULL),
          count(*) FILTER (WHERE coalesce(end_at, start_at) > to_timestamp(${now}) OR start_at >= to_timestamp(${now}))
          FROM timesheets`)
        )[0] ?? [];
      assert.ok(Number(count) > 2_300 && Number(count) < 3_000, `${count} timesheets`);
      assert.deepEqual([open, late], ['2', '0']);
      assert.deepEqual(await rows(overlaps(now)), []);
    } finally {
      await closeWorld(world);
    }
  });
}

test('at any moment two are on the clock, nothing overlaps and nothing lies ahead', () => {
  const [first, last] = [at('2023-12-24T00:00:00Z'), at('2029-04-01T00:00:00Z')];
  // A step that meets every weekday and every hour.
  for (let now = first; now < last; now += 41 * 86_400 + 5 * 3_600 + 1_379) check(now);
});

test('around midnight and when people stop, two are on the clock', () => {
  for (const day of ['2026-06-15', '2026-06-20', '2026-12-25']) {
    for (const time of ['00:00:00', '00:00:01', '00:02:00', '06:00:00', '12:00:00', '16:00:00', '22:00:00']) {
      check(at(`${day}T${time}${day < '2026-11' ? '-04:00' : '-05:00'}`));
    }
  }
});

function check(now: number): void {
  const { sheets } = planYear(now);
  const name = `at ${now}`;
  assert.equal(sheets.filter((sheet) => sheet.kind === 'work' && sheet.end === null).length, 2, name);
  const busy = new Map<string, number>();
  const work = sheets.flatMap((sheet) => (sheet.kind === 'work' ? [sheet] : []));
  for (const { username, start, end } of work.sort((a, b) => a.start - b.start)) {
    assert.ok(start >= (busy.get(username) ?? 0), `${username} is at two places ${name}`);
    assert.ok(start < now && (end ?? now) <= now && (end ?? now) > start, `${username} works ahead ${name}`);
    busy.set(username, end ?? now);
  }
  for (const sheet of sheets) {
    if (sheet.kind === 'off') assert.ok(sheet.day <= localDay('Asia/Kolkata', now), name);
  }
}
