import { resolve } from 'node:path';
import {
  type Geocoder,
  readGeocoder,
  readMailFrom,
  readMailServer,
  readPublicUrl,
  readSmsGateway,
  type SmsGateway,
} from './config/outside.ts';
import {
  type Proxies,
  type RateLimit,
  readDatabaseUrl,
  readDemoToken,
  readHost,
  readLocationDays,
  readNumber,
  readProxies,
  readRateLimit,
  readTlsFiles,
  refusal,
  type TlsFiles,
} from './config/server.ts';
import { addressOf, type MailAddress, type MailServer } from './lib/addresses.ts';

export type { RateLimit } from './config/server.ts';

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
  readonly tls: TlsFiles | undefined;
  readonly trustProxy: Proxies;
  /** 'off' writes no line per request; failures are written all the same. */
  readonly log: 'json' | 'off';
  /** Whether `serve` does the work in the background too. */
  readonly jobs: boolean;
  /** Where people reach this server, without a slash at the end: the start of links in messages. */
  readonly publicUrl: string;
  /** Undefined: mails are kept in the outbox. */
  readonly mailServer: MailServer | undefined;
  readonly mailFrom: MailAddress;
  /** Undefined: text messages are kept in the outbox. */
  readonly smsGateway: SmsGateway | undefined;
  /** Push messages may go to addresses inside the own network. */
  readonly privatePush: boolean;
  /** Whether webhooks may lead into private networks, and to this machine over http too. */
  readonly privateWebhooks: boolean;
  /** Undefined: no coordinates of addresses are looked up. */
  readonly geocoder: Geocoder | undefined;
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
    privateWebhooks: pick('OPENPUNCH_WEBHOOKS_ALLOW_PRIVATE', yesOrNo) ?? false,
    geocoder: readGeocoder(read),
    locationDays: readLocationDays(read('OPENPUNCH_LOCATION_DAYS')),
  };
}
