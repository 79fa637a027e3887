import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, numberOf } from './ids.ts';

const largest = 2 ** 31 - 1;

test('every number has an id of its kind, ten characters long, and every id its number', () => {
  for (const kind of ['emp', 'dpt', 'shft'] as const) {
    const seen = new Set<string>();
    for (const number of [...Array(500).keys()].flatMap((n) => [n + 1, largest - n, (n + 1) * 4_000_037])) {
      const id = idOf(kind, number);
      assert.match(id, new RegExp(`^${kind}_[a-z0-9]{10}$`));
      assert.equal(numberOf(kind, id), number);
      seen.add(id);
    }
    assert.equal(seen.size, 1500);
  }
});

test('ids stay what clients have stored', () => {
  assert.deepEqual(
    [idOf('emp', 1), idOf('emp', 2), idOf('dpt', 1), 'shft_zqh4t3hkve', 'shft_0zvuhhmrxj'],
    ['emp_kgn4e5b8ta', 'emp_5kq7livopm', 'dpt_sj9ce29yjr', 'shft_zqh4t3hkve', 'shft_0zvuhhmrxj'],
  );
  assert.notEqual(idOf('emp', 7).slice(-10), idOf('dpt', 7).slice(-10));
});

test('whatever is no id of its kind is not found', () => {
  const id = idOf('emp', 42);
  const word = id.slice(4);
  // Other words that lead to the same number are no ids.
  const others = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((last) => `emp_${word.slice(0, -1)}${last}`);
  const wrong = [
    ...others.filter((other) => other !== id),
    '',
    '42',
    word,
    `emp_${word}a`,
    id.toUpperCase(),
    ` ${id}`,
    `dpt_${word}`,
    idOf('dpt', 42),
    'emp_',
    `emp_${'0'.repeat(10)}`,
    'emp_ümlautäöüß',
  ];
  for (const text of wrong)
    assert.throws(() => numberOf('emp', text), { kind: 'not-found', detail: 'The employee does not exist' }, text);
});
