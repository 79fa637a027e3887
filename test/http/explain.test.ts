import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { explain } from '../../src/commands/explain.ts';
import { openWorld, type World } from '../support/world.ts';
import { runMain } from './process.ts';

let world: World;

before(async () => {
  world = await openWorld({ now: Date.UTC(2018, 2, 20) / 1000 });
});

after(() => world.close());

test('explain tells a week of one person, each part with its pay, its rule and what was counted before', async (t) => {
  const company = await world.company({ timeZone: 'America/Denver' });
  await company.setting('general', 'daily_overtime', '1');
  await company.setting('general', 'lunch_deduct', 1);
  const person = await company.person();
  const job = await company.jobcode({ name: 'Roofing' });
  const vacation = await company.jobcode({ name: 'Garden leave', type: 'pto' });
  const work = (day: string, start: string, end: string) => ({
    user_id: person.userId,
    type: 'regular',
    jobcode_id: job,
    start: `2018-03-${day}T${start}:00-07:00`,
    end: `2018-03-${day}T${end}:00-07:00`,
  });
  const made = await company.admin.post('/timesheets', [
    // Sunday belongs to the workweek, but not to the ISO week.
    work('04', '08:00', '12:00'),
    work('05', '08:00', '18:30'),
    { user_id: person.userId, type: 'manual', jobcode_id: vacation, date: '2018-03-06', duration: 7200 },
    work('07', '06:00', '15:30'),
  ]);
  assert.equal(made.status, 200, made.text);
  // No break is taken off what was changed by hand.
  const id = Number(made.body.results?.timesheets?.['4']?.id);
  const changed = await company.admin.put('/timesheets', [{ ...work('07', '08:00', '18:00'), id }]);
  assert.equal(changed.status, 200, changed.text);
  const words = ['explain', '--company', company.clientUrl, '--user', person.username, '--week', '2018-W10'];
  const run = runMain(t, words, { DATABASE_URL: world.fresh.url });
  assert.equal(await run.ended, 0, run.err());
  const lines = run.out().trimEnd().split('\n');
  assert.match(lines[0] ?? '', / of \S+, 2018-W10: 2018-03-05 to 2018-03-11$/);
  const read = lines.slice(1).map((line) =>
    line
      .trim()
      .replace(/ {2,}/g, ' | ')
      .replace(/\d+ \| America/, 'ID | America'),
  );
  assert.deepEqual(read, [
    'from | to | length | pay | reason | day before | week before | jobcode | timesheet | zone',
    'monday 2018-03-05',
    '08:00:00 | 16:00:00 | 8:00:00 | regular | below every threshold | 0:00:00 | 4:00:00 | Roofing | ID | America/Denver',
    '16:00:00 | 17:00:00 | 1:00:00 | 1.5x | past 8:00:00 of the day | 8:00:00 | 12:00:00 | Roofing | ID | America/Denver',
    '17:00:00 | 18:00:00 | 1:00:00 | taken off | past 9:00:00 of the day: automatic break | 9:00:00 | 12:00:00 | Roofing | ID | America/Denver',
    '18:00:00 | 18:30:00 | 0:30:00 | 1.5x | past 8:00:00 of the day | 9:00:00 | 12:00:00 | Roofing | ID | America/Denver',
    'total: regular 8:00:00, 1.5x 1:30:00, taken off 1:00:00',
    'tuesday 2018-03-06',
    '- | - | 2:00:00 | time off | paid time off | 0:00:00 | 12:00:00 | Garden leave | ID | America/Denver',
    'total: time off 2:00:00',
    'wednesday 2018-03-07',
    '08:00:00 | 16:00:00 | 8:00:00 | regular | below every threshold | 0:00:00 | 12:00:00 | Roofing | ID | America/Denver',
    '16:00:00 | 18:00:00 | 2:00:00 | 1.5x | past 8:00:00 of the day | 8:00:00 | 20:00:00 | Roofing | ID | America/Denver',
    'total: regular 8:00:00, 1.5x 2:00:00',
    'Total: regular 16:00:00, 1.5x 3:30:00, taken off 1:00:00, time off 2:00:00',
  ]);
  const wrong = explain.run({ company: company.clientUrl, user: person.username, week: '2018-W53' });
  await assert.rejects(wrong, /--week must be a week such as 2018-W10/);
});
