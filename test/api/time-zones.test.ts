import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type World } from '../support/world.ts';

const now = Date.UTC(2026, 11, 1) / 1000;
let world: World;
let company: Company;
let job: number;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company({ timeZone: 'America/New_York' });
  job = await company.jobcode();
});
after(() => world.close());

interface Case {
  what: string;
  zone?: string;
  sent: [start: string, end: string];
  read: [start: string, end: string];
  seconds: number;
  date: string;
  tz: number;
}

const cases: Case[] = [
  {
    what: 'a night over the spring change is an hour shorter',
    sent: ['2026-03-07T22:00:00-05:00', '2026-03-08T06:00:00-04:00'],
    read: ['2026-03-07T22:00:00-05:00', '2026-03-08T06:00:00-04:00'],
    seconds: 7 * 3600,
    date: '2026-03-07',
    tz: -5,
  },
  {
    what: 'a night over the autumn change is an hour longer',
    sent: ['2026-10-31T22:00:00-04:00', '2026-11-01T06:00:00-05:00'],
    read: ['2026-10-31T22:00:00-04:00', '2026-11-01T06:00:00-05:00'],
    seconds: 9 * 3600,
    date: '2026-10-31',
    tz: -4,
  },
  {
    what: 'the repeated hour is told apart by its offset: the first pass',
    sent: ['2026-11-01T01:15:00-04:00', '2026-11-01T01:45:00-04:00'],
    read: ['2026-11-01T01:15:00-04:00', '2026-11-01T01:45:00-04:00'],
    seconds: 1800,
    date: '2026-11-01',
    tz: -4,
  },
  {
    what: 'the repeated hour is told apart by its offset: from the first pass into the second',
    sent: ['2026-11-01T01:45:00-04:00', '2026-11-01T01:15:00-05:00'],
    read: ['2026-11-01T01:45:00-04:00', '2026-11-01T01:15:00-05:00'],
    seconds: 1800,
    date: '2026-11-01',
    tz: -4,
  },
  {
    what: 'times sent in another offset are read in the offset of the user',
    sent: ['2026-06-10T23:30:00Z', '2026-06-11T04:30:00+00:00'],
    read: ['2026-06-10T19:30:00-04:00', '2026-06-11T00:30:00-04:00'],
    seconds: 5 * 3600,
    date: '2026-06-10',
    tz: -4,
  },
  {
    what: 'a zone of half an hour',
    zone: 'Asia/Kolkata',
    sent: ['2026-06-10T20:00:00+00:00', '2026-06-10T21:00:00+00:00'],
    read: ['2026-06-11T01:30:00+05:30', '2026-06-11T02:30:00+05:30'],
    seconds: 3600,
    date: '2026-06-11',
    tz: 5.5,
  },
  {
    what: 'a zone of 45 minutes',
    zone: 'Asia/Kathmandu',
    sent: ['2026-06-10T18:15:00+00:00', '2026-06-10T19:00:00+00:00'],
    read: ['2026-06-11T00:00:00+05:45', '2026-06-11T00:45:00+05:45'],
    seconds: 2700,
    date: '2026-06-11',
    tz: 5.75,
  },
  {
    what: 'a zone of 12 hours and 45 minutes in its summer',
    zone: 'Pacific/Chatham',
    sent: ['2026-11-10T10:00:00+00:00', '2026-11-10T11:00:00+00:00'],
    read: ['2026-11-10T23:45:00+13:45', '2026-11-11T00:45:00+13:45'],
    seconds: 3600,
    date: '2026-11-10',
    tz: 13.75,
  },
  {
    what: 'a zone whose clocks change by half an hour',
    zone: 'Australia/Lord_Howe',
    sent: ['2026-04-04T14:00:00+00:00', '2026-04-04T16:00:00+00:00'],
    read: ['2026-04-05T01:00:00+11:00', '2026-04-05T02:30:00+10:30'],
    seconds: 7200,
    date: '2026-04-05',
    tz: 11,
  },
];

for (const { what, zone, sent, read, seconds, date, tz } of cases) {
  test(what, async () => {
    const person = await company.person(zone === undefined ? {} : { timeZone: zone });
    const item = { user_id: person.userId, jobcode_id: job, type: 'regular', start: sent[0], end: sent[1] };
    const { body } = await company.admin.post('/timesheets', [item]);
    const made = body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
    assert.equal(made._status_code, 200, JSON.stringify(made));
    assert.deepEqual([made.start, made.end, made.duration, made.date, made.tz], [...read, seconds, date, tz]);
    const day = await company.admin.get('/timesheets', { start_date: date, end_date: date, user_ids: person.userId });
    assert.deepEqual(Object.keys(day.body.results?.timesheets ?? {}), [String(made.id)]);
  });
}

test('a user who moved keeps the times of before, and records in the new zone from then on', async () => {
  const person = await company.person({ timeZone: 'America/New_York' });
  const post = async (start: string, end: string) => {
    const item = { user_id: person.userId, jobcode_id: job, type: 'regular', start, end };
    const { body } = await company.admin.post('/timesheets', [item]);
    return body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  };
  const before = await post('2026-06-10T09:00:00-04:00', '2026-06-10T10:00:00-04:00');
  await company.setting('general', 'tz', 'Asia/Kolkata', { userId: person.userId });
  const after = await post('2026-06-11T09:00:00+05:30', '2026-06-11T10:00:00+05:30');
  assert.deepEqual([after.tz, after.tz_str, after.start], [5.5, 'Asia/Kolkata', '2026-06-11T09:00:00+05:30']);
  const noted = await company.admin.put('/timesheets', [{ id: before.id, notes: 'moved' }]);
  const kept = noted.body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  assert.deepEqual([kept.tz, kept.tz_str, kept.start], [-4, 'America/New_York', '2026-06-10T09:00:00-04:00']);
});

test('a user without a zone of his own is in that of his group, else in that of the company', async () => {
  const groupId = await company.group();
  await company.setting('general', 'tz', 'Europe/Berlin', { groupId });
  const person = await company.person({ groupId });
  const item = { user_id: person.userId, jobcode_id: job, type: 'manual', date: '2026-06-10', duration: 3600 };
  const { body } = await company.admin.post('/timesheets', [item]);
  const made = body.results?.timesheets?.['1'] as unknown as Record<string, unknown>;
  assert.deepEqual([made.tz, made.tz_str, made.date], [2, 'Europe/Berlin', '2026-06-10']);
});
