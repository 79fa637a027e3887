import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailAddress, namedAddress, phoneNumber } from './addresses.ts';

test('one bare address is an address, everything else is none', () => {
  for (const text of ['a@b', 'ada.lovelace+x@example.com', "o'hara@example.com", 'jos\u00e9@ex\u00e4mple.com']) {
    assert.equal(mailAddress(text), text);
  }
  const none = [
    '',
    'ada',
    '@b',
    'a@',
    'a@b@c',
    'a b@c',
    'a@b,c@d',
    'a@b;c@d',
    '<a@b>',
    'a@b\r\nBcc: c@d',
    'a@b\0',
    'a@[1.2.3.4]',
  ];
  for (const text of none) assert.equal(mailAddress(text), undefined, JSON.stringify(text));
});

test('an address may carry a name', () => {
  assert.deepEqual(namedAddress('a@b.c'), { name: '', address: 'a@b.c' });
  assert.deepEqual(namedAddress('Ada Lovelace <a@b.c>'), { name: 'Ada Lovelace', address: 'a@b.c' });
  assert.deepEqual(namedAddress('"Acme, Inc." <a@b.c>'), { name: 'Acme, Inc.', address: 'a@b.c' });
  for (const text of [
    '',
    'Ada',
    'Ada <>',
    'Ada <a@b.c> x',
    'Ada\r\nBcc: x@y <a@b.c>',
    '<a@b.c',
    'A <a@b.c>, B <b@b.c>',
  ]) {
    assert.equal(namedAddress(text), undefined, JSON.stringify(text));
  }
});

test('a telephone number is left with its digits', () => {
  assert.equal(phoneNumber('+1 (208) 555-0100'), '+12085550100');
  assert.equal(phoneNumber('208.555.0100'), '2085550100');
  for (const text of ['', '123', 'call me', '+1 208 555 0100 ext 7', '++12085550100']) {
    assert.equal(phoneNumber(text), undefined, JSON.stringify(text));
  }
});
