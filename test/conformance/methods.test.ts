import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actions } from '../../src/dialects/tsheets-rest/actions.ts';
import { putsAsPosts } from '../../src/dialects/tsheets-rest/quirks.ts';
import { apiOf } from '../support/api.ts';
import { sampleOf } from '../support/samples.ts';
import { openStage } from '../support/stage.ts';
import { definitions, forEach, sharedWorld } from './battery.ts';

const { world } = sharedWorld();
const verbOf = { GET: 'list', POST: 'create', PUT: 'update', DELETE: 'remove' } as const;

forEach(definitions, world, (definition, stage) => {
  const { name, verbs } = definition;
  const query = (): string =>
    new URLSearchParams(Object.entries(sampleOf(definition).all(stage())).map(([k, v]) => [k, String(v)])).toString();

  test('PATCH is not allowed', async () => {
    for (const body of [undefined, '{"data":[]}']) {
      const answer = await stage().admin.send('PATCH', `/${name}`, body);
      assert.equal(answer.status, 405, answer.text);
      assert.equal(answer.body.error?.code as unknown, 405);
      assert.match(String(answer.body.error?.message), /^Method Not Allowed: /);
    }
  });

  for (const [method, verb] of Object.entries(verbOf)) {
    if (verbs.has(verb) || (method === 'PUT' && putsAsPosts(name)) || (method === 'POST' && name in actions)) continue;
    test(`${method}, which is not offered, is refused as such`, async () => {
      const answer = await stage().admin.send(
        method,
        `/${name}?ids=1`,
        method === 'DELETE' ? undefined : '{"data":[]}',
      );
      // A resource that can only be read knows no other method; the others lack this one.
      assert.equal(answer.status, verbs.size === 1 && !(name in actions) ? 405 : 501, answer.text);
      assert.equal(answer.body.error?.code as unknown, answer.status);
    });
  }

  test('OPTIONS is answered without a token', async () => {
    const { url } = await world();
    const response = await fetch(`${url}/api/v1/${name}`, { method: 'OPTIONS' });
    assert.ok([200, 204, 401, 405].includes(response.status), String(response.status));
    await response.text();
  });

  test('every method demands a token that is known', async () => {
    const { url } = await world();
    for (const [method, verb] of Object.entries(verbOf)) {
      if (!verbs.has(verb)) continue;
      const body = method === 'POST' || method === 'PUT' ? { body: '{"data":[]}' } : {};
      const without = await fetch(`${url}/api/v1/${name}`, { method, ...body });
      assert.equal(without.status, 401, `${method} without a token`);
      const text = await without.text();
      assert.match(text, /^\{"error":\{"code":401,"message":"Unauthorized: /);
      for (const header of [
        'Bearer S.1__unknown',
        'Bearer',
        'Bearer a b',
        'Basic YTpi',
        `Bearer ${'x'.repeat(5_000)}`,
      ]) {
        const unknown = await apiOf(`${url}/api/v1`, '').send(method, `/${name}`, body.body, { authorization: header });
        assert.equal(unknown.status, 401, `${method} ${header.slice(0, 20)}: ${unknown.text}`);
      }
    }
  });

  test('the token may be a query parameter, or stand bare in the header', async () => {
    const { url } = await world();
    const { token } = stage().admin;
    const usual = await stage().admin.send('GET', `/${name}?${query()}`);
    const answers = [
      await fetch(`${url}/api/v1/${name}?${query()}&oauth_token=${token}`),
      await fetch(`${url}/api/v1/${name}?${query()}`, { headers: { authorization: token } }),
      await fetch(`${url}/api/v1/${name}?${query()}`, { headers: { authorization: `bearer ${token}` } }),
      await fetch(`${url}/api/v1//${name}?${query()}`, { headers: { authorization: `Bearer ${token}` } }),
      await fetch(`${url}/api/v1/${name}/?${query()}`, { headers: { authorization: `Bearer ${token}` } }),
      await fetch(`${url}//api/v1/${name}?${query()}&page=1`, { headers: { authorization: `Bearer ${token}` } }),
    ];
    for (const answer of answers) assert.deepEqual([answer.status, await answer.text()], [200, usual.text]);
  });
});

test('an endpoint that does not exist is answered with a 404 in JSON', async () => {
  const { admin } = await openStage(await world());
  for (const path of ['/nonsense', '/users/7', '/Users', '/', '', '/toString', '/__proto__', '/%2e%2e/users']) {
    const answer = await admin.send('GET', path);
    assert.equal(answer.status, 404, `${path}: ${answer.text}`);
    assert.equal(answer.body.error?.code as unknown, 404);
  }
});

test('a resource of the reference that is not there yet says so', async () => {
  const { admin } = await openStage(await world());
  const answer = await admin.send('GET', '/estimates');
  assert.ok([200, 501].includes(answer.status), answer.text);
});
