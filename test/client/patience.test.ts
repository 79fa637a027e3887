import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiError, createClient, createTimekitClient, type RestClient, written } from '../../client/src/index.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

type Step = 'answer' | 'lose the answer' | 'say to wait' | 'name a moment' | 'say to wait long';

/** A client whose requests meet this, one after the other; gives the requests too. */
function clientThatMeets(...steps: readonly Step[]): { api: RestClient; sent: Request[] } {
  const sent: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const step = steps[sent.length];
    sent.push(request);
    if (step === 'say to wait') return new Response('{}', { status: 429, headers: { 'retry-after': '0' } });
    if (step === 'name a moment') {
      const moment = new Date(Date.now() - 1000).toUTCString();
      return new Response('{}', { status: 503, headers: { 'retry-after': moment } });
    }
    if (step === 'say to wait long') return new Response('{}', { status: 503, headers: { 'retry-after': '120' } });
    const response = await globalThis.fetch(request);
    if (step === 'lose the answer') throw new TypeError('fetch failed');
    return response;
  };
  return { api: createClient({ baseUrl: world.url, token: company.admin.token, fetch, attempts: 3 }), sent };
}

test('a client waits as long as it is told, and asks again', async () => {
  const { api, sent } = clientThatMeets('say to wait', 'name a moment', 'answer');
  await api.get('/users');
  assert.equal(sent.length, 3);
});

test('it gives up after its attempts, and where the wait is too long', async () => {
  for (const [steps, count, status] of [
    [['say to wait', 'say to wait', 'say to wait', 'answer'], 3, 429],
    [['say to wait long', 'answer'], 1, 503],
  ] as const) {
    const { api, sent } = clientThatMeets(...steps);
    await assert.rejects(api.get('/users'), (error) => error instanceof ApiError && error.status === status);
    assert.equal(sent.length, count);
  }
});

test('a write whose answer was lost is sent again, and done once', async () => {
  const { api, sent } = clientThatMeets('lose the answer', 'answer', 'answer');
  const [group] = written(await api.post('/groups', { body: { data: [{ name: 'Day crew' }] } }));
  assert.equal(group?.name, 'Day crew');
  assert.equal(sent.length, 2);
  const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
  assert.ok(keys[0]);
  assert.equal(keys[0], keys[1]);
  const { results } = await api.get('/groups');
  assert.equal(Object.values(results.groups).length, 1);
});

test('a key that is given is kept', async () => {
  const { api, sent } = clientThatMeets('answer');
  await api.post('/groups', {
    body: { data: [{ name: 'Night crew' }] },
    headers: { 'Idempotency-Key': 'my-own-key' },
  });
  assert.equal(sent[0]?.headers.get('idempotency-key'), 'my-own-key');
});

test('two writes have two keys, and what only reads has none', async () => {
  const { api, sent } = clientThatMeets('answer', 'answer', 'answer', 'answer');
  for (const name of ['Early crew', 'Late crew']) written(await api.post('/groups', { body: { data: [{ name }] } }));
  await api.get('/groups');
  await api.post('/reports/current_totals', { body: { data: { on_the_clock: 'both' } } });
  const keys = sent.map(({ headers }) => headers.get('idempotency-key'));
  assert.ok(keys[0] && keys[1]);
  assert.notEqual(keys[0], keys[1]);
  assert.deepEqual(keys.slice(2), [null, null]);
});

test('a report whose answer was lost is asked for again, a sign-in is not', async () => {
  const { api, sent } = clientThatMeets('lose the answer', 'answer');
  await api.post('/reports/current_totals', { body: { data: { on_the_clock: 'both' } } });
  assert.equal(sent.length, 2);
  let count = 0;
  const fetch = async (): Promise<Response> => {
    count += 1;
    throw new TypeError('fetch failed');
  };
  const timekit = createTimekitClient({ baseUrl: world.url, key: 'key', fetch });
  const params = { header: { 'Timekit-App': 'front-desk' } };
  const body = { email: 'ola@example.com', password: 'password' };
  await assert.rejects(timekit.post('/auth', { params, body }), TypeError);
  assert.equal(count, 1);
});

test('who stops waiting gets the reason', async () => {
  const reason = new Error('The page was left');
  const stop = new AbortController();
  let count = 0;
  const fetch = async (): Promise<Response> => {
    count += 1;
    setImmediate(() => stop.abort(reason));
    return new Response('{}', { status: 429, headers: { 'retry-after': '30' } });
  };
  const api = createClient({ baseUrl: world.url, token: company.admin.token, fetch });
  await assert.rejects(api.get('/users', { signal: stop.signal }), (error) => error === reason);
  assert.equal(count, 1);
});

test('a list is read no further once its signal says so', async () => {
  const { api, sent } = clientThatMeets('answer', 'answer', 'answer');
  await company.person();
  await company.person();
  const stop = new AbortController();
  const reason = new Error('The page was left');
  const read = async (): Promise<void> => {
    for await (const _ of api.rows('/users', { limit: 1 }, { signal: stop.signal })) stop.abort(reason);
  };
  await assert.rejects(read(), (error) => error === reason);
  assert.equal(sent.length, 1);
});
