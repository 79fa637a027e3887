import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { limits } from '../../src/reports/availability/find.ts';
import type { Json } from '../support/api.ts';
import { type TimekitApp, timekitApp } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { bookable, now } from './availability-support.ts';

/* What one request may cost the server, whoever has a key that every web page shows. */

let world: World;
let company: Company;
let app: TimekitApp;
const people: string[] = [];

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company);
  for (let count = 0; count < 4; count += 1) people.push((await bookable(world, company)).uuid);
});
after(() => world.close());

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** Every other minute of the day. */
const everyOtherMinute = Array.from({ length: 720 }, (_, index) => ({
  allow_hours: { start: clock(2 * index), end: clock(2 * index + 1) },
}));

function refusalOf(answer: { readonly status: number; readonly text: string; readonly body: Json }): Json {
  assert.equal(answer.status, 422, answer.text.slice(0, 200));
  return answer.body.errors as Json;
}

test('a search that would be answered with too many unavailable times is refused', async () => {
  const body = { resources: people.slice(0, 1), to: '6 months', constraints: everyOtherMinute };
  assert.deepEqual(Object.keys(refusalOf(await app.widget.post('/unavailable/slots', body))), ['to']);
});

test('a search that would have to remember too much free time is refused, whatever it would find', async () => {
  const stretches = people.length * everyOtherMinute.length * 180;
  assert.ok(stretches > limits.stretches);
  const body = { resources: people, to: '6 months', length: '1 hour', constraints: everyOtherMinute };
  for (const path of ['/availability', '/availability/dates', '/availability/count', '/unavailable/slots']) {
    assert.deepEqual(Object.keys(refusalOf(await app.widget.post(path, body))), ['to'], path);
  }
});

test('searches that are asked for together have the limit of one', async () => {
  const search = { resource_ids: people.slice(0, 1), start: 'now', future: '1 week', length: '1 minute' };
  assert.equal((await app.api.post('/findtime/bulk', [search])).status, 200);
  assert.deepEqual(Object.keys(refusalOf(await app.api.post('/findtime/bulk', [search, search]))), ['1.future']);
});

test('formats of timestamps have a hundred characters at most', async () => {
  for (const name of ['Timekit-OutputTimestampFormat', 'Timekit-InputTimestampFormat']) {
    const send = (format: string) => app.api.get('/app', { [name]: format });
    assert.equal((await send('Y'.repeat(100))).status, 200);
    assert.deepEqual(Object.keys(refusalOf(await send('Y'.repeat(101)))), [name.slice('Timekit-'.length)]);
  }
});
