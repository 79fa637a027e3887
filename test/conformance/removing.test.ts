import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsIn } from '../support/rows.ts';
import { listAll, makeRows } from '../support/samples.ts';
import { forEach, notFoundStatus, offering, sharedWorld } from './battery.ts';

const { world } = sharedWorld();

forEach(offering('create', 'remove'), world, (definition, stage) => {
  const { name } = definition;
  const path = `/${name}`;
  const missing = notFoundStatus(definition, 'remove');
  const newest = async (count: number): Promise<number[]> => {
    const known = new Set((await listAll(stage(), definition)).map(({ id }) => Number(id)));
    await makeRows(stage(), definition, count);
    return (await listAll(stage(), definition)).map(({ id }) => Number(id)).filter((id) => !known.has(id));
  };

  test('rows are removed by id, each with its own answer, in the order asked', async () => {
    const [one = 0, two = 0] = await newest(2);
    const answer = await stage().admin.delete(path, [two, 2_000_000_000, one]);
    assert.equal(answer.status, 200, answer.text);
    const order = [...answer.text.matchAll(/"(\d+)":\{"_status_code":(\d+)/g)].map(([, id, code]) => [id, code]);
    assert.deepEqual(order, [
      [String(two), '200'],
      ['2000000000', String(missing)],
      [String(one), '200'],
    ]);
    assert.deepEqual(Object.keys(answer.body), ['results']);
    const result = answer.body.results?.[name]?.[String(one)];
    assert.deepEqual([result?._status_message as unknown, String(result?.id)], ['OK, deleted', String(one)]);
  });

  test('an id that is named twice is removed once, and what was removed can not be removed again', async () => {
    const [one = 0] = await newest(1);
    const first = rowsIn(await stage().admin.delete(path, [one, one]), name);
    assert.deepEqual(
      first.map(({ _status_code }) => _status_code),
      [200],
    );
    const [again] = rowsIn(await stage().admin.delete(path, [one]), name);
    assert.equal(again?._status_code, missing);
    assert.equal(typeof again?._status_extra, 'string');
  });

  test('without ids nothing happens', async () => {
    await newest(1);
    const before = await listAll(stage(), definition);
    for (const query of ['', '?', '?ids=', '?ids=%20', '?limit=5', '?user_ids=1']) {
      const answer = await stage().admin.send('DELETE', `${path}${query}`);
      assert.deepEqual([answer.status, answer.text], [200, `{"results":{"${name}":{}}}`]);
    }
    assert.deepEqual(await listAll(stage(), definition), before);
  });

  test('two hundred ids may be named, one more is too many, and what is no id is refused', async () => {
    const [one = 0] = await newest(1);
    const ids = Array.from({ length: 200 }, (_, index) => 1_900_000_000 + index);
    assert.equal(rowsIn(await stage().admin.delete(path, ids), name).length, 200);
    const tooMany = await stage().admin.delete(path, [one, ...ids]);
    assert.deepEqual([tooMany.status, tooMany.body.error?.code as unknown], [413, 413]);
    for (const wrong of ['x', '1.5', '99999999999', `${one},x`]) {
      const refused = await stage().admin.delete(path, [wrong]);
      assert.equal(refused.status, 417, refused.text);
      assert.match(refused.text, /\bids\b/);
    }
    const [removed] = rowsIn(await stage().admin.delete(path, [one]), name);
    assert.equal(removed?._status_code, 200, 'none of the refused requests removed it');
  });

  test('fifty rows that two people remove at the same moment are each removed once', async () => {
    const ids = await newest(50);
    const answers = await Promise.all([stage().admin.delete(path, ids), stage().admin.delete(path, ids.toReversed())]);
    const codes = answers.flatMap((answer) => rowsIn(answer, name)).map(({ _status_code }) => _status_code);
    assert.deepEqual(
      [codes.filter((code) => code === 200).length, codes.filter((code) => code === missing).length],
      [50, 50],
    );
  });
});
