import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { idOf } from '../../src/dialects/timestation/ids.ts';
import { timestationOf } from '../support/timestation.ts';
import { openWorld } from '../support/world.ts';

const world = await openWorld();
after(() => world.close());
const company = await world.company();
const api = await timestationOf(world, company);
const sales = await company.jobcode({ name: 'Sales' });

const basic = (text: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});
const refusal = (code: string, text: string): object => ({ error: { error_code: code, error_text: text } });

test('a key opens the door as the user name of Basic with any password, and as a bearer token', async () => {
  for (const headers of [
    basic(`${api.key}:`),
    basic(api.key),
    basic(`${api.key}:a:password`),
    { authorization: `Bearer ${api.key}` },
    { authorization: `bearer  ${api.key}` },
  ]) {
    const { status, body } = await api.send('GET', '/departments', undefined, headers);
    assert.equal(status, 200, headers.authorization);
    assert.equal(body.departments?.[0]?.department_id, idOf('dpt', sales));
  }
});

test('everything else is an invalid key, whatever is asked for', async () => {
  for (const authorization of [
    '',
    'Basic',
    'Basic %%%',
    'Bearer',
    'Bearer nobody',
    `Digest ${api.key}`,
    api.key,
    `Bearer ${company.admin.token}`,
  ]) {
    for (const [method, path] of [
      ['GET', '/departments'],
      ['PATCH', '/departments'],
      ['POST', '/departments'],
    ] as const) {
      const { status, body, headers } = await api.send(method, path, method === 'POST' ? '{' : undefined, {
        authorization,
        'content-type': 'application/json',
      });
      assert.equal(status, 401, authorization);
      assert.deepEqual(body, refusal('401', 'Invalid API Key'));
      assert.match(headers.get('www-authenticate') ?? '', /^Basic realm=/);
    }
  }
  const inAddress = await api.send('GET', `/departments?oauth_token=${api.key}`, undefined, { authorization: '' });
  assert.equal(inAddress.status, 401);
});

test('a key of this door opens no other', async () => {
  const response = await fetch(`${world.url}/api/v1/current_user`, { headers: { authorization: `Bearer ${api.key}` } });
  assert.equal(response.status, 401);
});
