import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { watchContract } from '../support/contract.ts';

/** What the contract says of one answer to a GET. */
async function complaintsAbout(path: string, answer: RequestListener): Promise<string[]> {
  const server = createServer(answer);
  const { violations } = watchContract(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  await response.text();
  await new Promise((closed) => server.close(closed));
  return [...violations];
}

const group = {
  id: 31,
  active: true,
  name: 'Field Service',
  last_modified: '2026-06-15T18:00:00+00:00',
  created: '2026-06-15T18:00:00+00:00',
  manager_ids: ['11'],
};
const list = (row: object, more: unknown = false): unknown => ({ results: { groups: { 31: row } }, more });

function json(body: unknown, status = 200, type = 'application/json; charset=utf-8'): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

const { name: _, ...nameless } = group;

for (const [title, path, answer, complaint] of [
  ['an answer as described', '/api/v1/groups?page=1', json(list(group)), undefined],
  ['an address with a slash at its end', '/api/v1/groups/', json(list({})), /must have required property/],
  ['a path that nobody describes', '/api/v1/nothing', json('?'), undefined],
  ['a property that is missing', '/api/v1/groups', json(list(nameless)), /required property 'name'/],
  ['a property too many', '/api/v1/groups', json(list({ ...group, color: 'red' })), /additional properties.*color/],
  [
    'a value of another type',
    '/api/v1/groups',
    json(list({ ...group, manager_ids: [11] })),
    /manager_ids.*must be string/,
  ],
  ['a moment that is none', '/api/v1/groups', json(list({ ...group, created: 'today' })), /created must match format/],
  [
    'a key that is no id',
    '/api/v1/groups',
    json({ results: { groups: { x: group } }, more: false }),
    /groups must match pattern/,
  ],
  ['an envelope without its half', '/api/v1/groups', json({ results: { groups: {} } }), /required property 'more'/],
  ['a status that is not described', '/api/v1/groups', json(list(group), 418), /418: the status is not described/],
  ['an error in another shape', '/api/v1/groups', json({ error: 'no' }, 417), /417: .*error must be object/],
  [
    'another type of content',
    '/api/v1/groups',
    json(list(group), 200, 'text/html'),
    /the type text\/html is not described/,
  ],
  ['no JSON', '/api/v1/groups', json('{'), /is no JSON/],
] as const) {
  test(`${title}: ${complaint === undefined ? 'nothing to complain about' : 'noticed'}`, async () => {
    const said = await complaintsAbout(path, answer);
    assert.equal(said.length, complaint === undefined ? 0 : 1, said.join('\n'));
    if (complaint !== undefined) assert.match(said.join(), complaint);
  });
}

test('an answer in pieces is read as a whole', async () => {
  const text = JSON.stringify(list(nameless));
  const said = await complaintsAbout('/api/v1/groups', (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.write(text.slice(0, 20));
    response.end(Buffer.from(text.slice(20)));
  });
  assert.match(said.join(), /required property 'name'/);
});
