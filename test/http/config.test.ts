import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { DomainError } from '../../src/lib/errors.ts';

test('an empty environment gives the defaults, and a blank variable counts as not given', () => {
  const { dataDir, ...rest } = readConfig({});
  assert.ok(dataDir.endsWith('/data') && dataDir.startsWith('/'));
  assert.deepEqual(rest, {
    host: '127.0.0.1',
    port: 8080,
    databaseUrl: undefined,
    databasePool: 8,
    demo: undefined,
    demoToken: undefined,
    rateLimit: { requests: 300, milliseconds: 300_000 },
    testClock: false,
    rowSecurity: false,
    tls: undefined,
    trustProxy: undefined,
    log: 'json',
    jobs: true,
    publicUrl: 'http://127.0.0.1:8080',
    mailServer: undefined,
    mailFrom: { name: 'OpenPunch', address: 'openpunch@localhost' },
    smsGateway: undefined,
    privatePush: false,
    privateWebhooks: false,
    geocoder: undefined,
    locationDays: 730,
  });
  assert.deepEqual(readConfig({ PORT: ' ', HOST: '', DATABASE_URL: '' }), readConfig({}));
});

test('what may be said', () => {
  assert.equal(readConfig({ PORT: '0' }).port, 0);
  assert.equal(readConfig({ HOST: '[::1]' }).host, '::1');
  assert.equal(readConfig({ OPENPUNCH_RATE_LIMIT: 'off' }).rateLimit, undefined);
  assert.deepEqual(readConfig({ OPENPUNCH_RATE_LIMIT: '5/2s' }).rateLimit, { requests: 5, milliseconds: 2_000 });
  assert.deepEqual(readConfig({ OPENPUNCH_RATE_LIMIT: '5/1h' }).rateLimit, { requests: 5, milliseconds: 3_600_000 });
  assert.equal(readConfig({ OPENPUNCH_DEMO: 'No' }).demo, false);
  assert.equal(readConfig({ OPENPUNCH_RLS: 'on' }).rowSecurity, true);
  assert.equal(readConfig({ OPENPUNCH_TRUST_PROXY: 'yes' }).trustProxy, true);
  const geocoder = { OPENPUNCH_GEOCODER_URL: 'https://geo.example.com/v1?key=k' };
  assert.deepEqual(readConfig(geocoder).geocoder, {
    url: 'https://geo.example.com/v1?key=k',
    email: undefined,
    userAgent: undefined,
    pauseMilliseconds: 1_000,
  });
  const more = { OPENPUNCH_GEOCODER_EMAIL: 'a@b.example', OPENPUNCH_GEOCODER_USER_AGENT: 'Acme time/1' };
  assert.deepEqual(readConfig({ ...geocoder, ...more, OPENPUNCH_GEOCODER_PAUSE: '0' }).geocoder, {
    url: 'https://geo.example.com/v1?key=k',
    email: 'a@b.example',
    userAgent: 'Acme time/1',
    pauseMilliseconds: 0,
  });
  assert.equal(readConfig({ OPENPUNCH_LOCATION_DAYS: 'off' }).locationDays, undefined);
  assert.equal(readConfig({ OPENPUNCH_LOCATION_DAYS: '30' }).locationDays, 30);
  const networks = ['10.0.0.0/8', '::1', 'loopback'];
  assert.deepEqual(readConfig({ OPENPUNCH_TRUST_PROXY: networks.join(', ') }).trustProxy, networks);
  for (const url of ['postgres://a:b@h:1/d', 'postgresql:///d?host=/run/pg&user=a', 'postgresql://a@%2Ftmp%2Fpg/d']) {
    assert.equal(readConfig({ DATABASE_URL: url }).databaseUrl, url);
  }
});

test('where messages go and come from', () => {
  const from = { OPENPUNCH_MAIL_FROM: 'Time <time@example.com>' };
  const server = (url: string) => readConfig({ OPENPUNCH_SMTP_URL: url, ...from }).mailServer;
  assert.deepEqual(server('smtps://ada%40example.com:p%3Aq@mail.example.com'), {
    host: 'mail.example.com',
    port: 465,
    secure: true,
    login: { user: 'ada@example.com', pass: 'p:q' },
  });
  assert.deepEqual(server('smtp://[::1]:2525'), { host: '::1', port: 2525, secure: false, login: undefined });
  assert.equal(server('smtp://mail.example.com/')?.port, 587);
  const sender = (env: Record<string, string>): string => readConfig(env).mailFrom.address;
  assert.deepEqual(readConfig(from).mailFrom, { name: 'Time', address: 'time@example.com' });
  assert.equal(sender({ OPENPUNCH_SMTP_URL: 'smtp://mail.example.com' }), 'openpunch@localhost');
  assert.equal(sender({ OPENPUNCH_PUBLIC_URL: 'https://time.example.com' }), 'openpunch@time.example.com');
  assert.equal(sender({ OPENPUNCH_SMTP_URL: 'smtp://ada%40example.com:p@mail.example.com' }), 'ada@example.com');

  const links: [env: Record<string, string>, url: string][] = [
    [{ HOST: '0.0.0.0', PORT: '81' }, 'http://localhost:81'],
    [{ HOST: '::1', OPENPUNCH_TLS_CERT: '/c', OPENPUNCH_TLS_KEY: '/k' }, 'https://[::1]:8080'],
    [{ OPENPUNCH_PUBLIC_URL: 'https://time.example.com/' }, 'https://time.example.com'],
    [{ OPENPUNCH_PUBLIC_URL: 'https://example.com/time//' }, 'https://example.com/time'],
  ];
  for (const [env, url] of links) assert.equal(readConfig(env).publicUrl, url);
  const gateway = { url: 'https://sms.example.com/send?account=1', authorization: 'Bearer x' };
  const sms = { OPENPUNCH_SMS_URL: gateway.url, OPENPUNCH_SMS_AUTHORIZATION: gateway.authorization };
  assert.deepEqual(readConfig(sms).smsGateway, gateway);
  assert.equal(readConfig({ OPENPUNCH_JOBS: 'off' }).jobs, false);
  assert.equal(readConfig({ OPENPUNCH_PUSH_ALLOW_PRIVATE: 'yes' }).privatePush, true);
  assert.equal(readConfig({ OPENPUNCH_WEBHOOKS_ALLOW_PRIVATE: 'yes' }).privateWebhooks, true);
});

test('nonsense about the geocoder is refused where there is one', () => {
  const nonsense = {
    OPENPUNCH_GEOCODER_EMAIL: ['nobody', 'a@b, c@d'],
    OPENPUNCH_GEOCODER_USER_AGENT: ['caf\u00e9', 'x'.repeat(201)],
    OPENPUNCH_GEOCODER_PAUSE: ['-1', '30001', 'soon'],
  };
  for (const [name, values] of Object.entries(nonsense)) {
    for (const value of values) {
      const env = { OPENPUNCH_GEOCODER_URL: 'https://geo.example.com', [name]: value };
      assert.throws(() => readConfig(env), new RegExp(`^DomainError: ${name} must `));
    }
  }
});

test('nonsense is refused in one sentence that names the variable and never repeats a secret', () => {
  const nonsense: Record<string, string[]> = {
    HOST: ['a b', 'http://x', '-'],
    PORT: ['http', '-1', '65536', '80.5', '1e3'],
    DATABASE_URL: ['mysql://u:hunter2@h/d', 'hunter2', 'postgres//u:hunter2@h'],
    OPENPUNCH_DB_POOL: ['0', '501', 'many'],
    OPENPUNCH_DEMO: ['maybe', 'toString'],
    OPENPUNCH_DEMO_TOKEN: ['hunter2 hunter2', 'hunter2\u00e9'],
    OPENPUNCH_RATE_LIMIT: ['0/5m', '300', '300/5d', '300/0m', '-1/5m', 'on'],
    OPENPUNCH_TEST_CLOCK: ['1'],
    OPENPUNCH_RLS: ['yes'],
    OPENPUNCH_LOG: ['debug'],
    OPENPUNCH_TRUST_PROXY: ['10.0.0.0/33', 'proxy.example', '10.0.0.1,,'],
    OPENPUNCH_JOBS: ['no'],
    OPENPUNCH_PUBLIC_URL: ['time.example.com', 'ftp://a', 'https://u:hunter2@a', 'https://a/?b=1', 'https://a/#b'],
    OPENPUNCH_SMTP_URL: ['mail', 'http://u:hunter2@a', 'smtp://', 'smtp://u:hunter2%@a', 'smtp://a/?x=hunter2'],
    OPENPUNCH_MAIL_FROM: ['nobody', 'A <a@b>, B <b@b>', 'a@b\r\nBcc: c@d'],
    OPENPUNCH_GEOCODER_URL: ['geo.example.com', 'https://u:hunter2@a', 'ftp://a'],
    OPENPUNCH_LOCATION_DAYS: ['0', '-1', '36501', 'never', '1.5'],
    OPENPUNCH_SMS_URL: ['sms.example.com', 'https://u:hunter2@a', 'sftp://a'],
    OPENPUNCH_SMS_AUTHORIZATION: ['Bearer hunter2'],
    OPENPUNCH_PUSH_ALLOW_PRIVATE: ['on'],
    OPENPUNCH_WEBHOOKS_ALLOW_PRIVATE: ['on'],
    OPENPUNCH_TLS_KEY: ['/key.pem'],
    OPENPUNCH_TLS_CERT: ['/cert.pem'],
  };
  for (const [name, values] of Object.entries(nonsense)) {
    for (const value of values) {
      assert.throws(
        () => readConfig({ [name]: value }),
        (error) =>
          error instanceof DomainError &&
          error.kind === 'invalid' &&
          (error.detail.includes(name) || /^OPENPUNCH_(TLS|SMS)/.test(name)) &&
          !error.detail.includes('hunter2') &&
          !error.detail.includes('\n'),
        `${name}=${value}`,
      );
    }
  }
  assert.throws(() => readConfig({ OPENPUNCH_TEST_CLOCK: 'yes', NODE_ENV: 'production' }), /OPENPUNCH_TEST_CLOCK/);
});
