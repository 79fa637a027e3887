import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as floor from '../bench/floor-statements.ts';
import { readOptions, workloadNames } from '../bench/options.ts';
import { type CpuProfile, summarise } from '../bench/profile-summary.ts';
import { deepPage, shapeOf } from '../bench/shape.ts';
import { median, orderOfRound, percentile, ratios } from '../bench/statistics.ts';
import { missed } from '../bench/targets.ts';
import { clockInAt, clockOutAt, entryAt } from '../bench/work.ts';

test('the median is the middle value, or the mean of the middle two', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.ok(Number.isNaN(median([])));
});

test('a percentile is a measured value', () => {
  const sorted = Array.from({ length: 200 }, (_, index) => index + 1);
  assert.equal(percentile(sorted, 0.5), 100);
  assert.equal(percentile(sorted, 0.99), 198);
  assert.equal(percentile([7], 0.99), 7);
});

test('ratios pair the runs of a round, and rounds turn the order', () => {
  assert.deepEqual(ratios([10, 30], [5, 10]), [2, 3]);
  assert.deepEqual(orderOfRound(['a', 'b'], 0), ['a', 'b']);
  assert.deepEqual(orderOfRound(['a', 'b'], 1), ['b', 'a']);
});

test('arguments have defaults, and mistakes are named', () => {
  const standard = readOptions([]);
  assert.deepEqual([standard.rows, standard.companies, standard.rounds], [1_000_000, 50, 5]);
  assert.deepEqual(standard.only, workloadNames);
  const quick = readOptions(['--quick', '--rounds', '7', '--only', 'clock,page', '--json', 'x.json']);
  assert.deepEqual([quick.rows, quick.companies, quick.rounds], [60_000, 5, 7]);
  assert.deepEqual(quick.only, ['page', 'clock']);
  assert.throws(() => readOptions(['--only', 'pages']), /no workload "pages"/);
  assert.throws(() => readOptions(['--rows', '10']), /at least 30000/);
  assert.throws(() => readOptions(['--rounds', '1.5']), /--rounds/);
});

test('page 501 exists in the biggest company, at every size', () => {
  for (const [rows, companies] of [
    [30_000, 3],
    [60_000, 5],
    [1_000_000, 50],
  ] as const) {
    const shape = shapeOf(rows, companies);
    assert.ok(shape.bigRows > deepPage * shape.deepLimit);
    assert.ok(shape.ordinaryRows > 0);
    assert.ok(shape.bigRows + shape.ordinaryRows * (companies - 1) >= rows);
  }
  assert.equal(shapeOf(1_000_000, 50).deepLimit, 200);
});

test('the floor finds each of its statements among those of the product', async () => {
  const company = 7;
  const ids = [1, 2];
  for (const resource of ['timesheets', 'users', 'jobcodes', 'customfields']) {
    assert.deepEqual((await floor.byIdStatement(resource)).bind({ company, ids }), [company, ids]);
  }
  const paged = { company, from: '2026-01-05', to: '2026-01-18', take: 21, offset: 400 };
  assert.ok((await floor.pageStatement(false)).bind(paged).includes(21));
  assert.ok((await floor.pageStatement(true)).bind(paged).includes(400));
  assert.deepEqual((await floor.idsStatement()).bind({ company, ids, take: 3 }), [company, ids, 3]);
  assert.match((await floor.neighboursStatement()).text, /FROM timesheets t.*tstzrange/s);
  assert.match((await floor.insertStatement()).text, /INSERT INTO timesheets/);
  assert.match((await floor.updateStatement()).text, /UPDATE timesheets/);
});

test('no two generated entries of a person overlap', () => {
  const people = [1, 2, 3];
  const seen = new Map<unknown, string>();
  for (let place = 0; place < 12; place += 1) {
    const entry = entryAt(place, people, [9]) as { user_id: number; start: string; end: string };
    assert.ok((seen.get(entry.user_id) ?? '') <= entry.start);
    seen.set(entry.user_id, entry.end);
  }
  const first = clockOutAt(1_000, 0, 5) as { end: string };
  const second = clockInAt(1_000, 1, 5, [9]) as { start: string };
  assert.ok(first.end <= second.start);
});

test('targets that were missed are named', () => {
  const result = { name: 'post', says: '', connections: 8, medians: {}, ratio: 0.5, ratios: [], runs: {} };
  const sentences = missed([{ ...result, ratioInsertOnly: null, ratioCpu: null }], 12);
  assert.equal(sentences.length, 2);
  assert.match(sentences.join(' '), /post reaches 0.5.*Page 501 takes 12/);
});

test('a profile is summed up by function, without what was idle or came first', () => {
  const frame = (functionName: string) => ({ functionName, url: 'file:///x/src/engine/list.ts', lineNumber: 9 });
  const profile: CpuProfile = {
    nodes: [
      { id: 1, callFrame: { ...frame('(root)'), url: '' }, children: [2, 4] },
      { id: 2, callFrame: frame('outer'), children: [3] },
      { id: 3, callFrame: frame('inner') },
      { id: 4, callFrame: { ...frame('(idle)'), url: '' } },
    ],
    samples: [3, 2, 3, 3, 4],
    timeDeltas: [0, 1_000, 1_000, 1_000, 1_000, 1_000],
  };
  const summary = summarise(profile, 1.5);
  assert.equal(summary.busyMilliseconds, 3);
  assert.deepEqual(summary.self[0], { what: 'inner src/engine/list.ts:10', percent: 66.7 });
  assert.deepEqual(summary.withCallees[0], { what: 'outer src/engine/list.ts:10', percent: 100 });
  assert.deepEqual(summary.places, [{ what: 'src/engine/list', percent: 100 }]);
});
