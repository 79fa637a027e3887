import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Address, addressLine, formattedAddress, sameAddress } from './postal-addresses.ts';

const nothing: Address = { addr1: '', addr2: '', city: '', state: '', zip: '', country: '' };

// The first three are examples of 18-locations.md.
const cases: [Partial<Address>, formatted: string, line: string][] = [
  [
    { addr1: '235 E Colchester Dr', addr2: '101', city: 'Eagle', state: 'ID', zip: '83616', country: 'US' },
    '235 E Colchester Dr 101, Eagle, ID 83616',
    '235 E Colchester Dr 101, Eagle, ID 83616, US',
  ],
  [
    { addr1: 'Hollywood Blvd', city: 'Los Angeles', state: 'CA', country: 'US' },
    'Hollywood Blvd, Los Angeles, CA',
    'Hollywood Blvd, Los Angeles, CA, US',
  ],
  [
    { addr1: '7 Any Street', city: 'Meridian', state: 'ID', zip: '83646' },
    '7 Any Street, Meridian, ID 83646',
    '7 Any Street, Meridian, ID 83646',
  ],
  [{ city: 'Bern' }, 'Bern', 'Bern'],
  [{ addr2: ' Hall 3 ', zip: '83646' }, 'Hall 3, 83646', 'Hall 3, 83646'],
  [{ state: 'ID', zip: '83646', country: 'US' }, 'Head office', 'ID 83646, US'],
  [{ addr1: '  ', country: 'US' }, 'Head office', 'US'],
  [{}, 'Head office', ''],
];

for (const [parts, formatted, line] of cases) {
  test(`${JSON.stringify(parts)} reads "${formatted}", in full "${line}"`, () => {
    const address = { ...nothing, ...parts };
    assert.equal(formattedAddress(address, 'Head office'), formatted);
    assert.equal(addressLine(address), line);
  });
}

test('addresses are the same when every part is', () => {
  const address = { ...nothing, addr1: '7 Any Street', city: 'Meridian' };
  assert.ok(sameAddress(address, { ...address }));
  for (const part of Object.keys(nothing)) assert.ok(!sameAddress(address, { ...address, [part]: 'other' }), part);
});
