import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { turnsWhile } from '../../test/support/turns.ts';
import { decodeBase64 } from './base64.ts';

const text = (bytes: Buffer | string): string => (typeof bytes === 'string' ? bytes : bytes.toString('latin1'));

test('decodeBase64', async () => {
  const cases: readonly [string, string][] = [
    ['', ''],
    ['QQ==', 'A'],
    ['QQ', 'A'],
    ['QUI=', 'AB'],
    ['QUI', 'AB'],
    ['QUJD', 'ABC'],
    [' Q\tU\r\nJ\fD ', 'ABC'],
    ['Q Q = =', 'A'],
    ['Q', 'invalid'],
    ['QUJDQ', 'invalid'],
    ['QQ=', 'A'],
    ['Q=', 'invalid'],
    ['=', 'invalid'],
    ['QUJD=', 'invalid'],
    ['QUJD==', 'invalid'],
    ['QQ===', 'invalid'],
    ['QQ==QQ==', 'invalid'],
    ['QQ=Q', 'invalid'],
    // The alphabet for addresses is another one.
    ['-_-_', 'invalid'],
    ['QUJD.', 'invalid'],
    ['QUJDé', 'invalid'],
    ['QUJD\0', 'invalid'],
  ];
  for (const [sent, expected] of cases)
    assert.equal(text(await decodeBase64(sent, 0, 100)), expected, JSON.stringify(sent));
  assert.equal(text(await decodeBase64('data:,QUJD', 6, 100)), 'ABC');
});

test('the limit counts decoded bytes, blanks not included', async () => {
  const bytes = Buffer.alloc(300_000, 7);
  const lines = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  assert.deepEqual(await decodeBase64(lines, 0, 300_000), bytes);
  assert.equal(await decodeBase64(lines, 0, 299_999), 'too-large');
  assert.equal(await decodeBase64(lines, 0, 3), 'too-large');
  assert.equal(await decodeBase64('QUJD'.repeat(100_000), 0, 10), 'too-large');
});

test('padding and blanks may lie anywhere, also where the text is cut into pieces', async () => {
  for (let blanks = 65_530; blanks < 65_541; blanks += 1) {
    assert.equal(text(await decodeBase64(`${' '.repeat(blanks)}QUJDQQ==`, 0, 9)), 'ABCA', String(blanks));
    assert.equal(text(await decodeBase64(`${' '.repeat(blanks)}QQ==QQ==`, 0, 9)), 'invalid', String(blanks));
  }
});

test('any bytes come back, however their text is broken into lines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.integer({ min: 1, max: 90 }),
      fc.boolean(),
      async (raw, width, bare) => {
        const bytes = Buffer.from(raw);
        const plain = bytes.toString('base64').replace(new RegExp(`.{${width}}`, 'g'), '$&\n');
        assert.deepEqual(await decodeBase64(bare ? plain.replaceAll('=', '') : plain, 0, 2_000), bytes);
      },
    ),
  );
});

test('others have their turn while a large text is decoded', async () => {
  const lines = Buffer.alloc(6_000_000).toString('base64');
  assert.ok((await turnsWhile(() => decodeBase64(lines, 0, 20_000_000))) >= 6);
});
