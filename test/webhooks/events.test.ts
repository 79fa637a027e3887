import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Hub } from '../../src/dialects/tsheets-rest/events/hub.ts';
import { EventStream } from '../../src/dialects/tsheets-rest/events/stream.ts';
import { revokeToken } from '../../src/operations/tokens.ts';
import { eventfulTables } from '../../src/resources/history/eventful.ts';
import { resources } from '../../src/resources/index.ts';
import { actorOf } from '../../src/resources/users/actor.ts';
import { sql } from '../../src/store/sql.ts';
import type { Api } from '../support/api.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

interface Listening {
  readonly events: Row[];
  /** Ends when the server ended the stream. */
  readonly ended: Promise<void>;
  until(holds: () => boolean): Promise<void>;
  close(): void;
}

/** Listens to the server-sent events of somebody, as a browser does. */
async function listen(who: Api, query = '', headers: Record<string, string> = {}): Promise<Listening> {
  const away = new AbortController();
  const response = await fetch(`${world.url}/api/v1/events?${query}`, {
    headers: { authorization: `Bearer ${who.token}`, accept: 'text/event-stream', ...headers },
    signal: away.signal,
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const events: Row[] = [];
  let text = '';
  const read = async (): Promise<void> => {
    assert.ok(response.body);
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const messages = text.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) {
        const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(message) ?? [];
        if (id === undefined || data === undefined) assert.match(message, /^(retry: 3000|: still here)$/);
        else events.push({ ...(JSON.parse(data) as Row), id });
      }
    }
  };
  const ended = read();
  ended.catch(() => undefined);
  return {
    events,
    ended,
    close: () => away.abort(),
    until: async (holds) => {
      for (let patience = 1_000; !holds(); patience -= 1) {
        assert.ok(patience > 0, `only ${JSON.stringify(events)} came`);
        await sleep(10);
      }
    },
  };
}

const names = (events: readonly Row[]): unknown[] => events.map(({ object }) => (object as Row | undefined)?.name);
const page = async (
  who: Api,
  query: Record<string, string | number>,
): Promise<{ events: Row[]; since: string; more: boolean }> => {
  const { status, text, body } = await who.get('/events', query);
  assert.equal(status, 200, text);
  const { results, since, more } = body as unknown as { results: { events: Row[] }; since: string; more: boolean };
  return { events: results.events, since, more };
};

test('the resources whose changes are events are those that the history keeps', async () => {
  const rows = await world.services.database.system.rows(
    sql`SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'history_insert'`,
  );
  const kept = new Set(rows.map(([table]) => String(table)));
  const tables = [...resources.values()].map(({ table }) => table).filter((table) => kept.has(table));
  assert.deepEqual([...eventfulTables(resources).keys()].sort(), [...new Set(tables)].sort());
});

test('a stream tells what happens from now on, and goes on behind an event without gap or double', async () => {
  await company.admin.post('/groups', [{ name: 'Before' }]);
  const first = await listen(company.admin, 'resources=groups,users');
  const other = await world.company();
  await other.admin.post('/groups', [{ name: 'Elsewhere' }]);
  const [made] = rowsIn(await company.admin.post('/groups', [{ name: 'One' }]), 'groups');
  await company.jobcode();
  await first.until(() => first.events.length === 1);
  const [one] = first.events;
  const { occurred_at, id, object, ...rest } = one ?? {};
  assert.match(String(occurred_at), /\+00:00$/);
  assert.match(String(id), /^\d+$/);
  assert.equal((object as Row).name, 'One');
  assert.deepEqual(rest, {
    resource: 'groups',
    action: 'created',
    object_id: Number(made?.id),
    via: 'tsheets-rest',
    user_id: company.admin.userId,
  });
  first.close();
  await company.admin.post('/groups', [{ name: 'Two' }, { name: 'Three' }]);
  const again = await listen(company.admin, 'resources=groups', { 'last-event-id': String(id) });
  await company.admin.post('/groups', [{ name: 'Four' }]);
  await again.until(() => again.events.length >= 3);
  assert.deepEqual(names(again.events), ['Two', 'Three', 'Four']);
  again.close();
  const polled = await page(company.admin, { resources: 'groups', since: String(id), limit: 2 });
  assert.deepEqual([names(polled.events), polled.more], [['Two', 'Three'], true]);
  const rest2 = await page(company.admin, { resources: 'groups', since: polled.since, limit: 2 });
  assert.deepEqual([names(rest2.events), rest2.more], [['Four'], false]);
  assert.deepEqual((await page(company.admin, { since: rest2.since })).events, []);
  const now = await page(company.admin, {});
  assert.deepEqual([now.events, now.more], [[], false]);
  assert.ok(Number(now.since) >= Number(rest2.since));
});

test('what is being written when somebody asks where the present is, he sees or is told of', async () => {
  const place = await world.company();
  const [group] = rowsIn(await place.admin.post('/groups', [{ name: 'First' }]), 'groups');
  const writer = new pg.Client(world.fresh.connection);
  await writer.connect();
  try {
    await writer.query('BEGIN');
    await writer.query(`SELECT set_config('openpunch.company_id', '${place.id}', true)`);
    await writer.query("UPDATE groups SET name = 'Slow' WHERE id = $1", [group?.id]);
    await place.admin.post('/groups', [{ name: 'Quick' }]);
    const busy = await place.admin.get('/events', {});
    assert.equal(busy.status, 503, busy.text);
    let written = false;
    const asked = page(place.admin, {}).finally(() => assert.ok(written));
    const listening = listen(place.admin).finally(() => assert.ok(written));
    await place.admin.get('/groups');
    written = true;
    await writer.query('COMMIT');
    const [{ since }, stream] = await Promise.all([asked, listening]);
    stream.close();
    assert.deepEqual((await page(place.admin, { since })).events, []);
    const groups = rowsIn(await place.admin.get('/groups'), 'groups').map(({ name }) => name);
    assert.deepEqual(groups.sort(), ['Quick', 'Slow']);
  } finally {
    await writer.end();
  }
});

test('everybody hears of what he may see, also of what is gone', async () => {
  const [one, two] = [await company.person(), await company.person()];
  const job = await company.jobcode();
  const { since } = await page(company.admin, {});
  const sheets: number[] = [];
  for (const { userId } of [one, two]) {
    const item = { user_id: userId, jobcode_id: job, type: 'manual', date: '2026-11-20', duration: 60 };
    sheets.push(Number(rowsIn(await company.admin.post('/timesheets', [item]), 'timesheets')[0]?.id));
  }
  await company.admin.delete('/timesheets', [sheets[1] ?? 0]);
  const told = async (who: Person): Promise<unknown[]> =>
    (await page(who, { since, resources: 'timesheets' })).events.map((event) => [
      event.action,
      event.object_id,
      'object' in event,
    ]);
  const [kept, gone] = sheets;
  const ofOne = [['created', kept, true]];
  const ofTwo = [
    ['created', gone, false],
    ['deleted', gone, false],
  ];
  assert.deepEqual(await told(one), ofOne);
  assert.deepEqual(await told(two), ofTwo);
  assert.deepEqual(await told(company.admin), [...ofOne, ...ofTwo]);
});

test('a stream ends when its token is revoked, and a token has five at most', async () => {
  const person = await company.person();
  const streams: Listening[] = [];
  for (let n = 0; n < 5; n += 1) streams.push(await listen(person));
  const headers = { accept: 'text/event-stream' };
  const sixth = await person.send('GET', '/events', undefined, headers);
  assert.deepEqual([sixth.status, sixth.headers.get('retry-after')], [429, '15']);
  await revokeToken(world.services, person.token, world.clock.now());
  // The next change that he might hear of tells the server to look.
  await company.admin.post('/groups', [{ name: 'After' }]);
  await Promise.all(streams.map(({ ended }) => ended));
  assert.ok(streams.every(({ events }) => events.length === 0));
});

test('a slow reader gets all, and one who does not read is dropped', async () => {
  const place = await world.company();
  const [group] = rowsIn(await place.admin.post('/groups', [{ name: 'x'.repeat(64) }]), 'groups');
  const { since } = await page(place.admin, {});
  const count = 2_000;
  const { services } = world;
  const db = services.database.forCompany(place.id);
  await db.rows(sql`
    INSERT INTO history (company_id, resource, row_id, via, request_id, after)
    SELECT ${place.id}, 'groups', ${Number(group?.id)}, 'test', '', '{}' FROM generate_series(1, ${count}::int)`);
  const reading = await listen(place.admin, `since=${since}`);
  await reading.until(() => reading.events.length === count);
  assert.equal(new Set(reading.events.map(({ id }) => id)).size, count);
  reading.close();
  const { cache, config } = services;
  const actor = await actorOf(services, place.id, place.admin.userId);
  assert.ok(actor);
  const ctx = { actor, db, cache, config, resources, now: world.clock.now(), via: 'test', requestId: '' };
  const source = { hub: new Hub(services.database), identify: async () => ctx, patience: 50 };
  const idle = new EventStream(place.id, source, { since: Number(since), wants: () => true });
  await once(idle, 'close');
  assert.ok(idle.readableLength < 1_000_000, 'no more is kept for him than he can take soon');
});

test('what can not be asked for is refused', async () => {
  const cases: [query: Record<string, string>, status: number][] = [
    [{ since: 'yesterday' }, 417],
    [{ resources: 'tokens' }, 417],
    [{ resources: 'geolocations' }, 417],
    [{ limit: '0' }, 417],
  ];
  for (const [query, status] of cases)
    assert.equal((await company.admin.get('/events', query)).status, status, JSON.stringify(query));
  assert.equal((await company.admin.send('POST', '/events', '{}')).status, 405);
  assert.equal((await fetch(`${world.url}/api/v1/events`, { headers: { accept: 'text/event-stream' } })).status, 401);
});
