import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeUsername, shownName, splitName, usernameBase } from './person-names.ts';

test('a name is split at its last blank, and comes back as it was', () => {
  const cases: [name: string, first: string, last: string, shown: string][] = [
    ['Angela Martin', 'Angela', 'Martin', ''],
    ['Mary Ann Lee', 'Mary Ann', 'Lee', ''],
    ['Madonna', 'Madonna', '-', 'Madonna'],
    ['Ada  Lovelace', 'Ada', 'Lovelace', 'Ada  Lovelace'],
    ['Ada\u00a0Lovelace', 'Ada', 'Lovelace', 'Ada\u00a0Lovelace'],
    ['山田太郎', '山田太郎', '-', '山田太郎'],
    ['A -', 'A', '-', ''],
  ];
  for (const [name, first, last, shown] of cases) {
    const parts = splitName(name);
    assert.deepEqual(parts, { first_name: first, last_name: last, display_name: shown });
    assert.equal(shownName(parts), name);
  }
  assert.equal(shownName({ first_name: 'Robert', last_name: 'Kim', display_name: 'Bob' }), 'Bob');
});

test('user names are made of letters and digits, and are new', () => {
  assert.equal(usernameBase('Angela Martin'), 'angela.martin');
  assert.equal(usernameBase('Zoë O’Neil-Đ'), 'zoe.o.neil');
  assert.equal(usernameBase('山田'), 'employee');
  assert.equal(usernameBase(`${'x'.repeat(59)} yz`), 'x'.repeat(59));
  assert.equal(freeUsername('ada', new Set()), 'ada');
  assert.equal(freeUsername('ada', new Set(['ada', 'ada2', 'ada4'])), 'ada3');
});
