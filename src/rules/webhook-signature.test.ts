import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { secretBytes, secretOf, signatureOf } from './webhook-signature.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };

test('a signature is the one that the published libraries of the specification make', () => {
  const known = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  assert.equal(signatureOf(message, [secret]), known);
  const other = secretOf(randomBytes(32));
  assert.deepEqual(signatureOf(message, [other, secret]).split(' ').slice(1), [known]);
  for (const change of [{ body: '{"test": 2432232315}' }, { timestamp: 1_614_265_331 }, { id: 'msg_1' }])
    assert.notEqual(signatureOf({ ...message, ...change }, [secret]), known);
});

test('a secret is whsec_ and 24 to 64 bytes in base64', () => {
  for (const length of [24, 32, 64]) {
    const bytes = randomBytes(length);
    assert.deepEqual(secretBytes(secretOf(bytes)), bytes);
  }
  for (const text of [
    '',
    'whsec_',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_short',
    `${secret}!`,
    secretOf(randomBytes(65)),
  ])
    assert.equal(secretBytes(text), undefined, text);
});
