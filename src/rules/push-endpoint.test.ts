import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointFault, isPrivateAddress } from './push-endpoint.ts';

test('addresses of the own network are told from public ones', () => {
  const own = [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
  ];
  own.push(
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '::ffff:0:10.0.0.1',
    '2001:0:a00::1',
    '192.88.99.1',
    'x',
  );
  for (const address of own) assert.equal(isPrivateAddress(address), true, address);
  for (const address of ['1.1.1.1', '172.32.0.1', '172.15.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:1.1.1.1']) {
    assert.equal(isPrivateAddress(address), false, address);
  }
});

test('an endpoint is an https URL of a public host, unless private ones are allowed', () => {
  const cases: [url: string, fault: RegExp | undefined, faultWhereAllowed: RegExp | undefined][] = [
    ['https://push.example.com/abc', undefined, undefined],
    ['https://push.example.com:8443/abc?x=1', undefined, undefined],
    ['http://push.example.com/abc', /https/, /https/],
    ['http://10.0.0.1/abc', /https/, /https/],
    ['ftp://127.0.0.1/abc', /https/, /https/],
    ['http://127.0.0.1:9/abc', /https/, undefined],
    ['http://localhost/abc', /https/, undefined],
    ['http://[::1]/abc', /https/, undefined],
    ['https://127.0.0.1/abc', /private/, undefined],
    ['https://2130706433/abc', /private/, undefined],
    ['https://0x7f.1/abc', /private/, undefined],
    ['https://10.0.0.1/abc', /private/, undefined],
    ['https://[::ffff:10.0.0.1]/abc', /private/, undefined],
    ['https://a.localhost/abc', /private/, undefined],
    ['https://user:pass@push.example.com/abc', /URL/, /URL/],
    ['https://push.example.com/#a', /URL/, /URL/],
    ['push.example.com/abc', /URL/, /URL/],
    ['', /URL/, /URL/],
  ];
  for (const [url, fault, faultWhereAllowed] of cases) {
    for (const [allowed, expected] of [
      [false, fault],
      [true, faultWhereAllowed],
    ] as const) {
      const found = endpointFault(url, allowed);
      if (expected === undefined) assert.equal(found, undefined, `${url} ${allowed}`);
      else assert.match(found ?? '', expected, `${url} ${allowed}`);
    }
  }
});
