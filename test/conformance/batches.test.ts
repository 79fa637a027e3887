import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsIn } from '../support/rows.ts';
import { answersById, itemsOf, listAll, makeRows, sampleOf } from '../support/samples.ts';
import { forEach, offering, refusedStatus, sharedWorld } from './battery.ts';

const { world } = sharedWorld();

/** Bodies that are refused as a whole, with the status that each deserves. */
const wrongBodies: readonly [string, string, number][] = [
  ['data that is an object', '{"data":{"name":"x"}}', 417],
  ['data that is null', '{"data":null}', 417],
  ['data that is a text', '{"data":"x"}', 417],
  ['no data', '{"daten":[]}', 417],
  ['an array', '[]', 417],
  ['a number', '7', 417],
  ['a text', '"data"', 417],
  ['null', 'null', 417],
  ['nothing', '', 417],
  ['broken JSON', '{"data":[{"name":"x"}', 400],
  ['JSON with a comment', '{"data":[] /* none */}', 400],
  ['a form', 'data=%5B%5D', 400],
];

forEach(offering('create'), world, (definition, stage) => {
  const path = `/${definition.name}`;
  const { mark, bad, change } = sampleOf(definition);

  test('of fifty new items a bad one in the middle fails alone, and the answers keep the order', async () => {
    const items = await itemsOf(stage(), definition, 50);
    const wrong = await bad?.(stage());
    const answers = rowsIn(await stage().admin.post(path, items.with(25, wrong ?? {})), definition.name);
    assert.equal(answers.length, 50);
    answers.forEach((answer, index) => {
      assert.equal(answer._status_code, index === 25 ? refusedStatus(definition) : 200, JSON.stringify(answer));
      if (index === 25) assert.equal(typeof answer._status_extra, 'string');
      else assert.equal(String(answer[mark]), String(items[index]?.[mark]), 'answers are in the order of the items');
    });
    const ids = answers.filter((_, index) => index !== 25).map(({ id }) => Number(id));
    assert.equal(new Set(ids).size, 49);
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
      'ids are given in the order of the items',
    );
  });

  test('a batch that is sent again under its key writes nothing more', async () => {
    const [first, second] = await itemsOf(stage(), definition, 2);
    const body = JSON.stringify({ data: [first, (await bad?.(stage())) ?? {}, second] });
    const send = () => stage().admin.send('POST', path, body, { 'idempotency-key': `again-${definition.name}` });
    const [answer, again] = [await send(), await send()];
    assert.deepEqual(
      rowsIn(answer, definition.name).map(({ _status_code: status }) => status),
      [200, refusedStatus(definition), 200],
    );
    assert.equal(again.text, answer.text);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
  });

  test('items that are no objects fail alone', async () => {
    const [item] = await itemsOf(stage(), definition, 1);
    const wrong = refusedStatus(definition);
    const answers = rowsIn(await stage().admin.post(path, [null, 7, 'x', [], item, true, {}]), definition.name);
    assert.deepEqual(
      answers.map(({ _status_code }) => _status_code),
      [wrong, wrong, wrong, wrong, 200, wrong, wrong],
    );
  });

  test('fifty-one items are too many, and none of them is written', async () => {
    const before = await listAll(stage(), definition);
    const answer = await stage().admin.post(path, await itemsOf(stage(), definition, 51));
    assert.equal(answer.status, 413, answer.text);
    assert.equal(answer.body.error?.code as unknown, 413);
    assert.match(String(answer.body.error?.message), /^Max Items Exceeded/);
    assert.equal((await listAll(stage(), definition)).length, before.length);
  });

  test('an empty list of items is answered with an empty object', async () => {
    const answer = await stage().admin.post(path, []);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.body.results, { [definition.name]: {} });
  });

  for (const [what, body, status] of wrongBodies) {
    test(`a body of ${what} is refused as a whole and writes nothing`, async () => {
      for (const method of definition.verbs.has('update') ? ['POST', 'PUT'] : ['POST']) {
        const answer = await stage().admin.send(method, path, body);
        assert.equal(answer.status, status, answer.text);
        assert.equal(answer.body.error?.code as unknown, status);
        assert.equal(typeof answer.body.error?.message, 'string');
      }
    });
  }

  if (change === undefined) return;

  test('of fifty changes one of an unknown row fails alone, and the answers keep the order', async () => {
    await makeRows(stage(), definition, 50);
    const rows = (await listAll(stage(), definition)).slice(-50);
    const items = rows.map(({ id }) => ({ id, ...change(stage()) }));
    // JavaScript sorts keys that look like numbers; of the ids that answers may be keyed by, the unknown one is the last.
    const unknown = { id: 2_000_000_000 };
    const answers = rowsIn(await stage().admin.put(path, items.with(25, unknown)), definition.name);
    if (answersById(definition)) answers.splice(25, 0, ...answers.splice(49, 1));
    assert.equal(answers.length, 50);
    answers.forEach((answer, index) => {
      if (index === 25)
        assert.ok([404, refusedStatus(definition)].includes(Number(answer._status_code)), JSON.stringify(answer));
      else assert.deepEqual([answer._status_code, answer.id], [200, rows[index]?.id]);
    });
    assert.equal((await stage().admin.put(path, [...items, {}])).status, 413);
  });

  test('two changes of one row in one request happen one after the other', async () => {
    const row = (await listAll(stage(), definition)).at(-1);
    const [first, second] = [change(stage()), change(stage())];
    const answers = rowsIn(
      await stage().admin.put(
        path,
        [first, second].map((item) => ({ id: row?.id, ...item })),
      ),
      definition.name,
    );
    const [property = ''] = Object.keys(first);
    assert.deepEqual(
      answers.map((answer) => [answer._status_code, answer[property]]),
      [first, second].map((item) => [200, item[property]]),
    );
  });
});

test('bodies of very many or very deep values are refused before they are read', async () => {
  const { admin } = await (await world()).company();
  const cases: readonly [string, number][] = [
    [`{"data":[${'{},'.repeat(60_000)}{}]}`, 413],
    [`{"data":[{"ids":[${'1,'.repeat(120_000)}1]}]}`, 413],
    [`{"data":${'['.repeat(30)}${']'.repeat(30)}}`, 417],
  ];
  for (const [body, status] of cases) {
    const answer = await admin.send('POST', '/groups', body);
    assert.equal(answer.status, status, answer.text.slice(0, 200));
  }
  // Within texts they are nothing.
  const name = `${'[{,'.repeat(20)}\\"]`;
  const [made] = rowsIn(await admin.post('/groups', [{ name }]), 'groups');
  assert.equal(made?.name, name);
});
