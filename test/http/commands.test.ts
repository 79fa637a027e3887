import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { commands } from '../../src/commands/index.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { listening, type Run, runMain } from './process.ts';

let database: FreshDatabase;

before(async () => {
  database = await freshDatabase();
});

after(() => database.drop());

const run = (t: TestContext, words: string[], env: Record<string, string> = {}, input?: string): Run =>
  runMain(t, words, { DATABASE_URL: database.url, ...env }, input);

test('a company, an application and a token are made by commands, and the token works', async (t) => {
  const company = [
    '--name',
    'Acme',
    '--url',
    'acme',
    '--admin-first',
    'Ada',
    '--admin-last',
    'Lovelace',
    '--username',
    'ada',
  ];
  const made = run(t, ['company', 'create', ...company, '--email', 'ada@example.com', '--time-zone', 'America/Denver']);
  assert.equal(await made.ended, 0, made.err());
  assert.match(made.out(), /Company acme has the id \d+.*\nPassword: \S{20}\n$/s);
  const again = run(
    t,
    ['company', 'create', ...company, '--email', 'ada@example.com', '--password', '-'],
    {},
    'correct horse battery\n',
  );
  assert.equal(await again.ended, 1);
  assert.match(again.err(), /address is taken/);

  const app = run(t, [
    'app',
    'create',
    '--company',
    'acme',
    '--name',
    'Kiosk',
    '--redirect-uri',
    'https://kiosk.example/back',
  ]);
  assert.equal(await app.ended, 0, app.err());
  assert.match(app.out(), /^Client id: [0-9a-f]{32}\nClient secret: [0-9a-f]{40}\n$/);

  const token = run(t, ['token', 'create', '--company', 'Acme', '--user', 'ADA', '--expires', '90d']);
  assert.equal(await token.ended, 0, token.err());
  const [bearer = ''] = token.out().trim().split('\n').slice(-1);
  assert.match(bearer, /^S\.\d+__[0-9a-f]{40}$/);

  const server = run(t, ['serve'], { OPENPUNCH_RATE_LIMIT: '3/1m' });
  const url = await listening(server);
  const ask = (headers: Record<string, string>, query = '') => fetch(`${url}/api/v1/timesheets${query}`, { headers });
  assert.equal((await ask({ authorization: 'Bearer wrong-token' })).status, 401);
  const allowed = [
    await ask({ authorization: `bEARER ${bearer}` }),
    await ask({ authorization: bearer }),
    await ask({}, `?oauth_token=${bearer}`),
  ];
  for (const { status } of allowed) assert.ok(status !== 401 && status !== 429, String(status));
  const refused = await ask({ authorization: `Bearer ${bearer}` });
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) > 50);
  assert.equal(((await refused.json()) as { error: { code: number } }).error.code, 429);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0);
  assert.ok(!server.out().includes(bearer) && server.out().includes('"company":'), server.out());
});

test('an empty database gets the demo company, told before the address; one with a company does not', async (t) => {
  const empty = await freshDatabase();
  t.after(() => empty.drop());
  const env = { DATABASE_URL: empty.url, OPENPUNCH_DEMO: '', OPENPUNCH_DEMO_TOKEN: 'token-of-the-demo' };
  const first = run(t, ['serve'], env);
  const url = await listening(first);
  assert.match(first.out(), /^The demo company:[\s\S]*API token: token-of-the-demo\n[\s\S]*listens at/);
  const answer = await fetch(`${url}/api/v1/timesheets`, { headers: { authorization: 'Bearer token-of-the-demo' } });
  assert.notEqual(answer.status, 401);
  first.child.kill('SIGTERM');
  assert.equal(await first.ended, 0, first.err());

  const second = run(t, ['serve'], env);
  await listening(second);
  assert.doesNotMatch(second.out(), /demo/);
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0, second.err());
  const seed = run(t, ['seed'], env);
  assert.equal(await seed.ended, 1);
  assert.match(seed.err(), /has a company already/);
});

test('every command is listed by its name', async () => {
  for (const [name, load] of Object.entries(commands)) assert.equal((await load()).name, name);
});

test('the command line explains itself, and what it does not know ends with 2', async (t) => {
  const help = run(t, ['--help']);
  assert.equal(await help.ended, 0);
  assert.match(help.out(), /serve[\s\S]*token create/);
  const version = run(t, ['--version']);
  assert.equal(await version.ended, 0);
  assert.match(version.out(), /^\d+\.\d+\.\d+\n$/);
  const cases: [words: string[], sentence: RegExp][] = [
    [['dance'], /no command "dance"/],
    [['token', 'create', '--company', 'acme'], /needs --user USER/],
    [['token', 'create', '--company', 'acme', '--user', 'ada', '--expires', 'soon'], /--expires must be/],
    [['serve', '--port', '80'], /Unknown option '--port'/],
  ];
  for (const [words, sentence] of cases) {
    const asked = run(t, words);
    assert.equal(await asked.ended, 2, words.join(' '));
    assert.match(asked.err(), sentence);
    assert.equal(asked.err().trim().split('\n').length, 1);
  }
});

test('a company is made to manage another one, and no longer', async (t) => {
  const make = async (url: string): Promise<void> => {
    const words = ['company', 'create', '--name', url, '--url', url, '--admin-first', 'A', '--admin-last', 'B'];
    const made = run(t, [
      ...words,
      '--username',
      'boss',
      '--email',
      'boss@example.com',
      '--time-zone',
      'Europe/Vienna',
    ]);
    assert.equal(await made.ended, 0, made.err());
  };
  await make('ledger-firm');
  await make('bakery');
  const link = async (word: string): Promise<[number | null, string]> => {
    const ran = run(t, ['managed-client', word, '--company', 'ledger-firm', '--client', 'bakery']);
    return [await ran.ended, ran.out() + ran.err()];
  };
  const added = await link('add');
  assert.equal(added[0], 0);
  assert.match(added[1], /^ledger-firm manages bakery \(id \d+\)\.\n$/);
  assert.match((await link('remove'))[1], /^ledger-firm no longer manages bakery/);
  assert.deepEqual(await link('remove'), [1, 'bakery is not managed by that company.\n']);
});

test('settings are set for a company, a group and a user, and listed as they hold there', async (t) => {
  const words = ['company', 'create', '--name', 'Settings', '--url', 'settings', '--admin-first', 'A'];
  const more = ['--admin-last', 'B', '--username', 'boss', '--email', 'b@example.com', '--time-zone', 'Europe/Vienna'];
  assert.equal(await run(t, [...words, ...more]).ended, 0);
  const setting = async (...rest: string[]): Promise<[number | null, string]> => {
    const [word = '', ...others] = rest;
    const ran = run(t, ['setting', word, '--company', 'settings', ...others]);
    return [await ran.ended, ran.out() + ran.err()];
  };
  assert.deepEqual(await setting('set', 'general.max_jobcodes=-1'), [0, 'general.max_jobcodes "-1" (default)\n']);
  assert.deepEqual(await setting('set', 'general.week_start=1'), [0, 'general.week_start 1\n']);
  assert.deepEqual(await setting('set', '--user', 'boss', 'general.tz=asia/kathmandu'), [
    0,
    'general.tz "Asia/Kathmandu"\n',
  ]);
  const [code, listed] = await setting('list', '--user', 'boss');
  assert.equal(code, 0);
  const wanted = ['general.tz "Asia/Kathmandu"', 'general.week_start 1', 'approvals.employee_approval 0 (default)'];
  for (const line of wanted) assert.ok(listed.includes(`${line}\n`), line);
  assert.match((await setting('list'))[1], /general\.tz "Europe\/Vienna"\n/);
  assert.deepEqual(await setting('set', '--user', 'boss', 'general.tz=null'), [0, 'general.tz "Europe/Vienna"\n']);
  const refused: [string[], number, RegExp][] = [
    [['set', 'general.colour=red'], 1, /^There is no setting general\.colour\n$/],
    [['set', 'general.week_start=7'], 1, /^general\.week_start must be one of 0, 1, 2, 3, 4, 5, 6\n$/],
    [['set', 'week_start=1'], 2, /by its section, key and value/],
    [['set', 'general.week_start'], 2, /by its section, key and value/],
    [['set'], 2, /needs one SECTION/],
    [['set', '--group', '999999', 'general.week_start=1'], 1, /There is no group 999999/],
    [['list', '--group', '999999'], 1, /There is no group 999999/],
    [['list', '--group', 'x'], 2, /--group must be the id/],
    [['list', '--group', '1', '--user', 'boss'], 2, /not both/],
    [['set', '--user', 'nobody', 'general.week_start=1'], 1, /There is no user/],
  ];
  for (const [line, status, sentence] of refused) {
    const [ended, said] = await setting(...line);
    assert.equal(ended, status, said);
    assert.match(said, sentence);
  }
});

test('custom fields are made for users and jobcodes, and to show with jobcodes, fields and items', async (t) => {
  const words = ['company', 'create', '--name', 'Fields', '--url', 'fields', '--admin-first', 'A', '--admin-last', 'B'];
  const more = ['--username', 'boss', '--email', 'b@example.com', '--time-zone', 'Europe/Vienna'];
  assert.equal(await run(t, [...words, ...more]).ended, 0);
  const refused: [string[], number, RegExp][] = [
    [['--with', 'users', '--id', '1', '--fields', 'none'], 2, /--with must be one of jobcodes, customfields/],
    [['--with', 'jobcodes', '--id', 'x', '--fields', 'none'], 2, /--id must be a number/],
    [['--with', 'jobcodes', '--id', '1', '--fields', 'x'], 2, /--fields must be ids/],
    [['--with', 'customfields', '--id', '999999', '--fields', 'none'], 1, /There is no customfield 999999/],
  ];
  for (const [rest, status, sentence] of refused) {
    const ran = run(t, ['customfield', 'require', '--company', 'fields', ...rest]);
    assert.equal(await ran.ended, status, ran.err());
    assert.match(ran.err(), sentence);
  }

  const made: [string[], number, RegExp][] = [
    [['--of', 'users', '--name', ' Phone [home] '], 0, /^\d+\n$/],
    [['--of', 'jobcodes', '--name', 'Phone [home]', '--type', 'managed-list'], 0, /^\d+\n$/],
    [['--of', 'users', '--name', 'phone [HOME]'], 1, /^There is a custom field called phone \[HOME\] already\.$/m],
    [['--of', 'timesheets', '--name', 'Mood'], 2, /--of must be users or jobcodes/],
    [['--of', 'users', '--name', 'Mood', '--type', 'number'], 2, /--type must be one of free-form, managed-list/],
    [['--of', 'users', '--name', 'x'.repeat(256)], 2, /--name has at most 255 characters/],
  ];
  for (const [rest, status, says] of made) {
    const ran = run(t, ['customfield', 'create', '--company', 'fields', ...rest]);
    assert.equal(await ran.ended, status, ran.err());
    assert.match(status === 0 ? ran.out() : ran.err(), says);
  }
});
