import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { xmlOf } from '../../src/dialects/tsheets-legacy/xml.ts';
import { documentOf, legacyKey, legacyOf, sendLegacy } from '../support/legacy.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;
let key: string;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  key = await legacyKey(world, company);
});
after(() => world.close());

test('parameters come from the query and from bodies of every kind, in any mix', async () => {
  const form = new FormData();
  form.set('action', 'get_token');
  form.set('api_key', key);
  const text = (body: string, type?: string): RequestInit => ({
    body: new Uint8Array(Buffer.from(body)),
    headers: type === undefined ? {} : { 'content-type': type },
  });
  const encoded = `api_key=${key}`;
  const urlEncoded = 'application/x-www-form-urlencoded';
  const cases: [name: string, query: Record<string, string>, init: RequestInit][] = [
    ['query only', { action: 'get_token', api_key: key }, { method: 'GET' }],
    ['POST without a body', { action: 'GET_TOKEN', api_key: key }, {}],
    ['form', {}, text(`action=get_token&${encoded}`, urlEncoded)],
    ['form with a charset', { action: 'get_token' }, text(encoded, `${urlEncoded}; charset=UTF-8`)],
    ['form that says it is text', { action: 'get_token' }, text(encoded, 'text/plain')],
    ['form that says nothing', { action: 'get_token' }, text(encoded)],
    ['form with a nonsensical type', { action: 'get_token' }, text(encoded, ';;')],
    ['multipart', {}, { body: form }],
    ['JSON', { action: 'get_token' }, text(JSON.stringify({ api_key: key, n: 1, no: null }), 'application/json')],
    ['JSON with a mark', { action: 'get_token' }, text(`\uFEFF${JSON.stringify({ api_key: key })}`, 'text/json')],
    ['empty JSON', { action: 'get_token', api_key: key }, text('', 'application/json')],
    ['the body wins', { action: 'get_token', api_key: 'wrong' }, text(encoded, urlEncoded)],
    ['the last wins', { action: 'get_token' }, text(`api_key=wrong&${encoded}`, urlEncoded)],
  ];
  for (const [name, query, init] of cases) {
    const { status, body } = await sendLegacy(world, query, { method: 'POST', ...init });
    assert.deepEqual([status, body.status], [200, 'ok'], name);
  }
});

test('requests that can not be understood are refused in this API’s shape', async () => {
  const post = (body: string, type: string): RequestInit => ({
    method: 'POST',
    body,
    headers: { 'content-type': type },
  });
  const json = { output_format: 'json' };
  const cases: [query: Record<string, string>, init: RequestInit, status: number, code: number][] = [
    [{ ...json }, {}, 200, 7010],
    [{ ...json, action: 'sing' }, {}, 200, 7012],
    [{ ...json, action: '__proto__' }, {}, 200, 7012],
    [{ ...json, action: 'constructor' }, {}, 200, 7012],
    [{ ...json, action: 'clock_in' }, {}, 200, 7010],
    [{ ...json, action: 'clock_in', token: 'no' }, {}, 200, 5002],
    [{ ...json, action: 'clock_in', token: '\0' }, {}, 200, 5002],
    [json, post('{"action":', 'application/json'), 200, 7011],
    [json, post('[1]', 'application/json'), 200, 7011],
    [json, post('{"a":{}}', 'application/json'), 200, 7011],
    [json, post('--x', 'multipart/form-data'), 200, 7011],
    [json, post('--x\r\nnonsense', 'multipart/form-data; boundary=x'), 200, 7011],
    [json, post(`a=${'x'.repeat(3_000_000)}`, 'text/plain'), 413, 7014],
    [json, { method: 'PUT', body: 'action=get_token' }, 405, 7013],
    [json, { method: 'DELETE' }, 405, 7013],
    [json, { method: 'PATCH' }, 405, 7013],
    [json, { method: 'OPTIONS' }, 405, 7013],
  ];
  for (const [query, init, status, code] of cases) {
    const answer = await sendLegacy(world, query, init);
    assert.deepEqual([answer.status, answer.body.status, answer.body.error_code], [status, 'fail', code], answer.text);
    assert.equal(typeof answer.body.last_error, 'string');
    assert.equal(answer.headers.get('allow'), status === 405 ? 'GET, HEAD, POST' : null);
  }
  assert.equal((await sendLegacy(world, { action: 'get_token', api_key: key }, { method: 'HEAD' })).status, 200);
});

test('each session has its own limit', async () => {
  const strict = await openWorld({ shared: true, env: { OPENPUNCH_RATE_LIMIT: '2/5m' } });
  try {
    const own = await strict.company();
    const session = await legacyOf(strict, own, own.admin);
    for (const status of [200, 200, 429]) {
      const answer = await session.call('get', { property: 'username' });
      assert.equal(answer.status, status, answer.text);
      if (status === 429) assert.deepEqual([answer.body.error_code, answer.headers.get('retry-after')], [7031, '300']);
    }
    const other = await legacyOf(strict, own, own.admin);
    await other.ok('get', { property: 'username' });
  } finally {
    await strict.close();
  }
});

test('XML is well-formed whatever a text holds, and gives it back', () => {
  const texts: [text: string, back: string][] = [
    ['plain', 'plain'],
    ['', ''],
    [' blanks at both ends ', ' blanks at both ends '],
    ['<b>&amp;</b> ]]> "quoted" \'too\'', '<b>&amp;</b> ]]> "quoted" \'too\''],
    ['tab\tline\nfeed\r\nreturn\r', 'tab\tline\nfeed\r\nreturn\r'],
    ['żółw 日本 👩‍🔧 \u{85}\u{2028}', 'żółw 日本 👩‍🔧 \u{85}\u{2028}'],
    ['a\u{0}b\u{b}c\u{1f}d', 'a\u{fffd}b\u{fffd}c\u{fffd}d'],
    ['half \ud83d pair \ude00', 'half \u{fffd} pair \u{fffd}'],
    ['\u{fffe}\u{ffff}\u{feff}', '\u{fffd}\u{fffd}\u{feff}'],
    ['<?xml?><!-- --><![CDATA[x]]>&#0;&#x1F;', '<?xml?><!-- --><![CDATA[x]]>&#0;&#x1F;'],
  ];
  for (const [text, back] of texts) {
    const root = documentOf(xmlOf({ notes: text, list: [text, text], record: { inner: text }, byId: { 71: text } }));
    const found = [...root.getElementsByTagName('*')].filter(
      (element) => element.getElementsByTagName('*').length === 0,
    );
    assert.deepEqual(
      found.map((element) => element.textContent),
      [back, back, back, back, back],
    );
  }
});

test('lists and properties that are no names become items', () => {
  const written = xmlOf({
    data: { totals: { 71: 12.5, 'a "b"\n': 1 }, more: true, none: [], empty: {} },
    rows: [{ id: 1 }, { id: 2 }],
  });
  assert.equal(
    written,
    `<?xml version="1.0" encoding="UTF-8"?>
<result>
  <data>
    <totals>
      <item id="71">12.5</item>
      <item id="a &#34;b&#34;&#10;">1</item>
    </totals>
    <more>1</more>
    <none></none>
    <empty></empty>
  </data>
  <rows>
    <item>
      <id>1</id>
    </item>
    <item>
      <id>2</id>
    </item>
  </rows>
</result>
`,
  );
  assert.equal(documentOf(written).getElementsByTagName('item')[1]?.getAttribute('id'), 'a "b"\n');
});
