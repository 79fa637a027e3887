import { version } from '../http/version.ts';
import type { Command } from './command.ts';

/** What src/config.ts reads, in the words of whoever runs the server. */
const environment: readonly (readonly [name: string, means: string])[] = [
  ['HOST, PORT', 'where it listens (127.0.0.1, 8080)'],
  ['OPENPUNCH_PUBLIC_URL', 'where people reach it, for links in messages'],
  ['OPENPUNCH_DATA_DIR', 'where its own database and outbox live (./data)'],
  ['DATABASE_URL', 'a PostgreSQL 15 or newer to use instead'],
  ['OPENPUNCH_DB_POOL', 'connections to the database (8)'],
  ['OPENPUNCH_RLS', 'on: row-level security between companies (off)'],
  ['OPENPUNCH_TLS_CERT, OPENPUNCH_TLS_KEY', 'files, to speak HTTPS'],
  ['OPENPUNCH_TRUST_PROXY', 'yes, or addresses, of a proxy that speaks HTTPS (no)'],
  ['OPENPUNCH_RATE_LIMIT', 'requests per access token (300/5m), or off'],
  ['OPENPUNCH_JOBS', 'off: serve leaves the background work to workers (on)'],
  ['OPENPUNCH_SMTP_URL, OPENPUNCH_MAIL_FROM', 'mail server and sender (mails go to the outbox)'],
  ['OPENPUNCH_SMS_URL', 'web service for text messages (the outbox)'],
  ['OPENPUNCH_SMS_AUTHORIZATION', 'its Authorization header'],
  ['OPENPUNCH_PUSH_ALLOW_PRIVATE', 'yes: push messages into private networks (no)'],
  ['OPENPUNCH_WEBHOOKS_ALLOW_PRIVATE', 'yes: webhooks into private networks (no)'],
  ['OPENPUNCH_GEOCODER_URL', 'server that looks addresses up (none)'],
  ['OPENPUNCH_GEOCODER_EMAIL', 'whom its operators may write to'],
  ['OPENPUNCH_GEOCODER_USER_AGENT', 'how it knows this server (OpenPunch)'],
  ['OPENPUNCH_GEOCODER_PAUSE', 'milliseconds between two requests (1000)'],
  ['OPENPUNCH_LOCATION_DAYS', 'days that positions of devices are kept (730), or off'],
  ['OPENPUNCH_LOG', 'off: no line per request (json)'],
  ['OPENPUNCH_DEMO', 'no: an empty database stays empty'],
  ['OPENPUNCH_DEMO_TOKEN', "the demo administrator's API token (a random one)"],
  ['OPENPUNCH_TEST_CLOCK', 'yes: /test-clock sets the time, for tests only (no)'],
];

function table(rows: readonly (readonly [left: string, right: string])[], width: number): string {
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
}

/** The help of the whole command line. */
export function helpOfAll(commands: readonly Command[]): string {
  const rows = commands.map(({ name, means }) => [name, means] as const);
  return [
    `OpenPunch ${version}, the time-tracking server.`,
    'Usage: openpunch <command> [options]; openpunch <command> --help tells the options.',
    table(rows, Math.max(...rows.map(([name]) => name.length)) + 3),
    'Environment:',
    table(environment, 40),
  ].join('\n\n');
}

/** The help of one command. */
export function helpOf({ name, means, options, operand }: Command): string {
  const usage = operand?.value === undefined ? [] : [[operand.value, operand.means] as const];
  const rows = Object.entries(options).map(([option, { value, means: sense, required }]) => {
    return [
      value === undefined ? `--${option}` : `--${option} ${value}`,
      `${sense}${required ? '' : ' (optional)'}`,
    ] as const;
  });
  return [
    `openpunch ${name}: ${means}`,
    ...(usage.length + rows.length > 0 ? [table([...usage, ...rows], 26)] : []),
  ].join('\n\n');
}
