import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { test } from 'node:test';
import { hashPassword, needsRehash, verifyPassword } from '../../src/lib/passwords.ts';

// From the tests of the reference implementation: password, somesalt, argon2id, t=2, m=65536, p=1.
const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

test('a hash is verified, whatever its cost, and made anew when the cost is another', async () => {
  const own = await hashPassword('correct horse battery');
  assert.match(own, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(own, await hashPassword('correct horse battery'));
  assert.equal(await verifyPassword(own, 'correct horse battery'), true);
  assert.equal(await verifyPassword(own, 'correct horse batter'), false);
  assert.equal(await verifyPassword(reference, 'password'), true);
  assert.deepEqual([needsRehash(own), needsRehash(reference), needsRehash('')], [false, true, true]);
});

test('letters that are composed differently are the same', async () => {
  assert.equal(
    await verifyPassword(await hashPassword('caf\u00e9 caf\u00e9 caf\u00e9'), 'cafe\u0301 cafe\u0301 cafe\u0301'),
    true,
  );
});

test('without a hash, or with a foreign one, it answers no after the same work', async () => {
  let derivations = 0;
  const counter = createHook({
    init: (_id, type) => {
      if (/argon2/i.test(type)) derivations += 1;
    },
  }).enable();
  const workFor = async (stored: string | null): Promise<number> => {
    derivations = 0;
    assert.equal(await verifyPassword(stored, 'wrong'), false);
    return derivations;
  };
  assert.equal(await workFor(await hashPassword('correct horse battery')), 1);
  for (const stored of [
    null,
    '',
    'x',
    '$2b$10$abc',
    '$argon2id$v=19$m=9999999,t=99,p=1$c29tc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8',
  ]) {
    assert.equal(await workFor(stored), 1, String(stored));
  }
  counter.disable();
});
