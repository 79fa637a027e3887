import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Parameter } from '../../../src/http/openapi/types.ts';
import { keyWayOf, withKey } from './keys.ts';
import { type Endpoint, pagesOf, readApi } from './model.ts';
import { constantOf, draftOf, requestOf } from './request.ts';
import { sampleDocument } from './sample-document.ts';

const { schemas } = sampleDocument.components;
const endpoints = readApi(sampleDocument)
  .dialects.flatMap(pagesOf)
  .flatMap((page) => page.endpoints);

function endpointOf(id: string): Endpoint {
  const found = endpoints.find((endpoint) => endpoint.id === id);
  assert.ok(found);
  return found;
}

const first = (id: string) => requestOf(endpointOf(id), draftOf(endpointOf(id), schemas), 'https://time.test');

test('a draft begins with what must be given and what has an example', () => {
  assert.deepEqual(draftOf(endpointOf('listJobcodes'), schemas).values, { 'query:ids': '1,2' });
  assert.equal(first('listJobcodes').url, 'https://time.test/api/v1/jobcodes?ids=1,2');
  assert.equal(first('deleteJobcode').url, 'https://time.test/api/v1/jobcodes/1');
});

test('a draft asks for what the example answers', () => {
  assert.equal(first('timekitListBookings').url, 'https://time.test/v2/bookings?search=two%20words');
});

test('a body is sent as its type asks', () => {
  const { headers, body } = first('createJobcodes');
  assert.deepEqual(headers, [['Content-Type', 'application/json']]);
  assert.deepEqual(JSON.parse(body?.text ?? ''), { data: [{ name: 'Roofing' }] });
  const form = first('legacyJobcodeEdit');
  assert.equal(form.url, 'https://time.test/api.php?action=jobcode_edit');
  assert.equal(form.body?.text, 'name=Bob%E2%80%99s+%26+Co&active=1');
});

test('constants of addresses can not be chosen', () => {
  const [action] = endpointOf('legacyJobcodeEdit').parameters;
  assert.ok(action);
  assert.equal(constantOf(action, schemas), 'jobcode_edit');
});

test('parameters are written in the style that they ask for', () => {
  const endpoint = (parameter: Omit<Parameter, 'description'>): Endpoint => ({
    ...endpointOf('timekitListBookings'),
    parameters: [{ description: '', ...parameter }],
  });
  const cases: [Omit<Parameter, 'description'>, string, string][] = [
    [{ name: 'a', in: 'query', schema: { type: 'array' } }, '1, 2', '?a=1&a=2'],
    [{ name: 'a', in: 'query', schema: { type: 'array' }, explode: false }, '1,2', '?a=1,2'],
    [{ name: 'a', in: 'query', schema: { type: 'object' }, style: 'deepObject' }, '{"b":1}', '?a[b]=1'],
    [{ name: 'a', in: 'query', schema: { type: 'object' }, style: 'deepObject' }, 'no json', '?a=no%20json'],
    [{ name: 'a', in: 'query', schema: { type: 'string' } }, 'x&y', '?a=x%26y'],
    [{ name: 'a', in: 'query', schema: { type: 'string' } }, '', ''],
  ];
  for (const [parameter, value, query] of cases) {
    const { url } = requestOf(endpoint(parameter), { values: { 'query:a': value }, body: '' }, '');
    assert.equal(url, `/v2/bookings${query}`);
  }
  const header = requestOf(
    endpoint({ name: 'X', in: 'header', schema: {} }),
    { values: { 'header:X': 'y' }, body: '' },
    '',
  );
  assert.deepEqual(header.headers, [['X', 'y']]);
});

test('the key goes where the dialect wants it', () => {
  const keyed = (id: string) => withKey(first(id), keyWayOf(endpointOf(id), sampleDocument), 'K&');
  assert.deepEqual(keyed('listJobcodes').headers[0], ['Authorization', 'Bearer K&']);
  assert.match(keyed('legacyJobcodeEdit').url, /\?action=jobcode_edit&token=K%26$/);
  assert.deepEqual(keyed('timekitListBookings').basic, { user: '', password: 'K&' });
  const open = { ...endpointOf('listJobcodes'), operation: { ...endpointOf('listJobcodes').operation, security: [] } };
  assert.deepEqual(keyWayOf(open, sampleDocument), { kind: 'none' });
});
