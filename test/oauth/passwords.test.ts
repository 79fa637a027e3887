import assert from 'node:assert/strict';
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

test('without a hash, or with a foreign one, it answers no and takes as long', async () => {
  const own = await hashPassword('correct horse battery');
  const time = async (stored: string | null): Promise<number> => {
    const start = performance.now();
    for (let round = 0; round < 4; round += 1) assert.equal(await verifyPassword(stored, 'wrong'), false);
    return performance.now() - start;
  };
  const known = await time(own);
  for (const stored of [
    null,
    '',
    'x',
    '$2b$10$abc',
    '$argon2id$v=19$m=9999999,t=99,p=1$c29tc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8',
  ]) {
    assert.ok((await time(stored)) > known / 4, String(stored));
  }
});
