import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markOf, seal, unseal } from './sealing.ts';

test('what is sealed is read again with the secret only', () => {
  const sealed = seal('secret', 'äußerst geheim');
  assert.equal(unseal('secret', sealed), 'äußerst geheim');
  assert.equal(unseal('secret', seal('secret', '')), '');
  assert.notEqual(seal('secret', 'twice'), seal('secret', 'twice'));
  assert.ok(!Buffer.from(sealed, 'base64').includes('geheim'));
  assert.throws(() => unseal('another', sealed));
  const changed = Buffer.from(sealed, 'base64');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  assert.throws(() => unseal('secret', changed.toString('base64')));
});

test('marks are equal for equal texts and secrets only', () => {
  assert.equal(markOf('secret', 'text'), markOf('secret', 'text'));
  assert.notEqual(markOf('secret', 'text'), markOf('secret', 'texts'));
  assert.notEqual(markOf('secret', 'text'), markOf('secrets', 'text'));
});
