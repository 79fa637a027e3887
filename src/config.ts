import { isIP } from 'node:net';
import { resolve } from 'node:path';
import {
  addressOf,
  type MailAddress,
  type MailServer,
  mailAddress,
  mailServerAt,
  namedAddress,
  webAddress,
} from './lib/addresses.ts';
import { DomainError } from './lib/errors.ts';

/** At most so many requests of one access token in any stretch of so many milliseconds. */
export interface RateLimit {
  readonly requests: number;
  readonly milliseconds: number;
}

/** Everything that the environment decides, read and checked once at start. */
export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Undefined: the embedded database in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  /** Undefined: a demo company is made when the database has no company. */
  readonly demo: boolean | undefined;
  readonly demoToken: string | undefined;
  /** Undefined: no limit. */
  readonly rateLimit: RateLimit | undefined;
  readonly testClock: boolean;
  readonly rowSecurity: boolean;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Proxies whose X-Forwarded-* headers count: all, some addresses and networks, or none. */
  readonly trustProxy: true | readonly string[] | undefined;
  /** 'off' writes no line per request; failures are written all the same. */
  readonly log: 'json' | 'off';
  /** Whether `serve` does the work in the background too. */
  readonly jobs: boolean;
  /** Where people reach this server, without a slash at the end: the start of links in messages. */
  readonly publicUrl: string;
  /** Undefined: mails are kept in the outbox. */
  readonly mailServer: MailServer | undefined;
  readonly mailFrom: MailAddress;
  /** The web service that sends text messages; undefined: they are kept in the outbox. */
  readonly smsGateway: { readonly url: string; readonly authorization: string | undefined } | undefined;
  /** Push messages may go to addresses inside the own network. */
  readonly privatePush: boolean;
  /** The server that looks up coordinates of addresses, by Nominatim's search API; undefined: nothing is looked up. */
  readonly geocoder:
    | {
        readonly url: string;
        /** Whom its operators may write to. */
        readonly email: string | undefined;
        readonly userAgent: string | undefined;
        /** Between two requests at least. */
        readonly pauseMilliseconds: number;
      }
    | undefined;
  /** Days for which positions of devices are kept; undefined: for good. */
  readonly locationDays: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment; throws DomainError with a sentence that names the variable at fault. A blank one counts as not given. */
export function readConfig(env: Environment = process.env): Config {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined;
  const pick = <T>(name: string, values: Readonly<Record<string, T>>): T | undefined => {
    const text = read(name);
    if (text === undefined) return undefined;
    const value = Object.hasOwn(values, text.toLowerCase()) ? values[text.toLowerCase()] : undefined;
    if (value === undefined) throw refusal(name, `must be ${Object.keys(values).join(' or ')}`);
    return value;
  };
  const yesOrNo = { yes: true, no: false };

  const testClock = pick('OPENPUNCH_TEST_CLOCK', yesOrNo) ?? false;
  if (testClock && env.NODE_ENV === 'production') {
    throw refusal('OPENPUNCH_TEST_CLOCK', 'must not be yes where NODE_ENV is production');
  }
  const host = readHost(read('HOST'));
  const port = readNumber('PORT', read('PORT'), 8080, 0, 65_535);
  const tls = readTlsFiles(read('OPENPUNCH_TLS_CERT'), read('OPENPUNCH_TLS_KEY'));
  const mailServer = readMailServer(read('OPENPUNCH_SMTP_URL'));
  const publicUrl = readPublicUrl(read('OPENPUNCH_PUBLIC_URL') ?? addressOf(host, port, tls !== undefined));
  return {
    host,
    port,
    dataDir: resolve(read('OPENPUNCH_DATA_DIR') ?? 'data'),
    databaseUrl: readDatabaseUrl(read('DATABASE_URL')),
    databasePool: readNumber('OPENPUNCH_DB_POOL', read('OPENPUNCH_DB_POOL'), 8, 1, 500),
    demo: pick('OPENPUNCH_DEMO', yesOrNo),
    demoToken: readDemoToken(read('OPENPUNCH_DEMO_TOKEN')),
    rateLimit: readRateLimit(read('OPENPUNCH_RATE_LIMIT') ?? '300/5m'),
    testClock,
    rowSecurity: pick('OPENPUNCH_RLS', { on: true, off: false }) ?? false,
    tls,
    trustProxy: readProxies(read('OPENPUNCH_TRUST_PROXY')),
    log: pick('OPENPUNCH_LOG', { json: 'json', off: 'off' } as const) ?? 'json',
    jobs: pick('OPENPUNCH_JOBS', { on: true, off: false }) ?? true,
    publicUrl,
    mailServer,
    mailFrom: readMailFrom(read('OPENPUNCH_MAIL_FROM'), mailServer, publicUrl),
    smsGateway: readSmsGateway(read('OPENPUNCH_SMS_URL'), read('OPENPUNCH_SMS_AUTHORIZATION')),
    privatePush: pick('OPENPUNCH_PUSH_ALLOW_PRIVATE', yesOrNo) ?? false,
    geocoder: readGeocoder(read),
    locationDays: readLocationDays(read('OPENPUNCH_LOCATION_DAYS')),
  };
}

function refusal(name: string, rule: string): DomainError {
  return new DomainError('invalid', `${name} ${rule}.`, { field: name });
}

function readHost(text = '127.0.0.1'): string {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host)) {
    throw refusal('HOST', 'must be an IP address or a host name, such as 127.0.0.1');
  }
  return host;
}

function readNumber(name: string, text: string | undefined, otherwise: number, least: number, most: number): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw refusal(name, `must be a whole number from ${least} to ${most}`);
  return value;
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The value is not repeated in the sentence: it may hold a password.
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw refusal('DATABASE_URL', 'must be an address such as postgresql://user:password@host:5432/database');
  }
  return text;
}

function readDemoToken(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[\x21-\x7e]{1,200}$/.test(text)) {
    throw refusal('OPENPUNCH_DEMO_TOKEN', 'must be 1 to 200 ASCII characters without blanks');
  }
  return text;
}

function readPublicUrl(text: string): string {
  const url = webAddress(text);
  if (url === undefined || url.search !== '') {
    throw refusal('OPENPUNCH_PUBLIC_URL', 'must be an address such as https://time.example.com');
  }
  return url.href.replace(/\/+$/, '');
}

function readMailServer(text: string | undefined): MailServer | undefined {
  if (text === undefined) return undefined;
  const server = mailServerAt(text);
  if (server !== undefined) return server;
  // The value is not repeated in the sentence: it may hold a password.
  throw refusal('OPENPUNCH_SMTP_URL', 'must be an address such as smtps://user:password@mail.example.com:465');
}

/** Without one: the account at the mail server where it is an address, else openpunch at the server's own name. */
function readMailFrom(text: string | undefined, server: MailServer | undefined, publicUrl: string): MailAddress {
  const account = mailAddress(server?.login?.user ?? '');
  const { hostname } = new URL(publicUrl);
  const own = `openpunch@${isIP(hostname.replace(/[[\]]/g, '')) === 0 ? hostname : 'localhost'}`;
  const from = text === undefined ? { name: 'OpenPunch', address: account ?? own } : namedAddress(text);
  if (from === undefined) {
    throw refusal('OPENPUNCH_MAIL_FROM', 'must be a mail address such as OpenPunch <time@example.com>');
  }
  return from;
}

function readSmsGateway(url: string | undefined, authorization: string | undefined): Config['smsGateway'] {
  if (url === undefined) {
    if (authorization === undefined) return undefined;
    throw refusal('OPENPUNCH_SMS_URL', 'must be given together with OPENPUNCH_SMS_AUTHORIZATION');
  }
  if (webAddress(url) === undefined) {
    throw refusal('OPENPUNCH_SMS_URL', 'must be an http or https address without user and password');
  }
  if (authorization !== undefined && !/^[\x20-\x7e]{1,2000}$/.test(authorization)) {
    throw refusal('OPENPUNCH_SMS_AUTHORIZATION', 'must be the ASCII text of an Authorization header');
  }
  return { url, authorization };
}

function readGeocoder(read: (name: string) => string | undefined): Config['geocoder'] {
  const url = read('OPENPUNCH_GEOCODER_URL');
  if (url === undefined) return undefined;
  // The value is not repeated in the sentence: it may hold a key.
  if (webAddress(url) === undefined) {
    throw refusal('OPENPUNCH_GEOCODER_URL', 'must be an http or https address without user and password');
  }
  const email = read('OPENPUNCH_GEOCODER_EMAIL');
  if (email !== undefined && mailAddress(email) === undefined) {
    throw refusal('OPENPUNCH_GEOCODER_EMAIL', 'must be a mail address such as time@example.com');
  }
  const userAgent = read('OPENPUNCH_GEOCODER_USER_AGENT');
  if (userAgent !== undefined && !/^[\x20-\x7e]{1,200}$/.test(userAgent)) {
    throw refusal('OPENPUNCH_GEOCODER_USER_AGENT', 'must be 1 to 200 ASCII characters');
  }
  const pause = read('OPENPUNCH_GEOCODER_PAUSE');
  return {
    url,
    email,
    userAgent,
    pauseMilliseconds: readNumber('OPENPUNCH_GEOCODER_PAUSE', pause, 1_000, 0, 30_000),
  };
}

function readLocationDays(text: string | undefined): number | undefined {
  if (text?.toLowerCase() === 'off') return undefined;
  return readNumber('OPENPUNCH_LOCATION_DAYS', text, 730, 1, 36_500);
}

const unitMilliseconds: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

function readRateLimit(text: string): RateLimit | undefined {
  if (text.toLowerCase() === 'off') return undefined;
  const [, count = '', length = '', unit = ''] = /^(\d{1,6})\/(\d{1,4})([smh])$/i.exec(text) ?? [];
  const requests = Number(count);
  const milliseconds = Number(length) * (unitMilliseconds[unit.toLowerCase()] ?? 0);
  if (!(requests > 0 && milliseconds > 0)) {
    throw refusal('OPENPUNCH_RATE_LIMIT', 'must be off, or requests per time such as 300/5m (s, m or h)');
  }
  return { requests, milliseconds };
}

function readTlsFiles(cert: string | undefined, key: string | undefined): Config['tls'] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined) throw refusal('OPENPUNCH_TLS_CERT', 'must be given together with OPENPUNCH_TLS_KEY');
  if (key === undefined) throw refusal('OPENPUNCH_TLS_KEY', 'must be given together with OPENPUNCH_TLS_CERT');
  return { certFile: resolve(cert), keyFile: resolve(key) };
}

function readProxies(text: string | undefined): Config['trustProxy'] {
  if (text === undefined || ['no', 'off'].includes(text.toLowerCase())) return undefined;
  if (text.toLowerCase() === 'yes') return true;
  const proxies = text.split(',').map((part) => part.trim());
  if (!proxies.every(isAddressOrNetwork)) {
    throw refusal('OPENPUNCH_TRUST_PROXY', 'must be yes, no, or IP addresses and networks separated by commas');
  }
  return proxies;
}

function isAddressOrNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
