import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SMTPServerOptions } from 'smtp-server';
import { enqueue } from '../../src/store/queue.ts';
import { sql } from '../../src/store/sql.ts';
import { listening, type Run, runMain } from '../http/process.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { jobsNamed, message, send, setUser } from './messages-support.ts';
import { mailServer } from './receivers.ts';

let world: World;
let company: Company;
let dataDir: string;

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'worker-'));
  world = await openWorld();
  company = await world.company();
  await setUser(world, company, company.admin.userId, { email: 'ada@example.com' });
});

after(async () => {
  await world.close();
  await rm(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  await world.services.database.system.rows(sql`DELETE FROM jobs`);
  await world.services.database.system.rows(sql`DELETE FROM dashboard_messages`);
});

const run = (t: TestContext, words: string[], env: Record<string, string> = {}): Run =>
  runMain(t, words, { DATABASE_URL: world.fresh.url, OPENPUNCH_DATA_DIR: dataDir, ...env });

async function until(holds: () => boolean | Promise<boolean>, run?: Run): Promise<void> {
  for (let patience = 3_000; !(await holds()); patience -= 1) {
    assert.ok(patience > 0 && (run?.child.exitCode ?? null) === null, run?.err() ?? 'it never came about');
    await sleep(10);
  }
}

const working = (worker: Run): Promise<void> => until(() => worker.out().includes('runs jobs'), worker);
const allDone = async (): Promise<boolean> => (await jobsNamed(world, 'message')).length === 0;

async function subjects(): Promise<number[]> {
  const rows = await world.services.database.system.rows(sql`SELECT subject::int FROM dashboard_messages`);
  return rows.map(([subject]) => Number(subject)).sort((a, b) => a - b);
}

const hundred = Array.from({ length: 100 }, (_, n) => n);
const sendHundred = (): Promise<void> =>
  send(
    world,
    company,
    ...hundred.map((n) => message(company.admin.userId, { method: 'dashboard', subject: String(n) })),
  );

test('two workers share a hundred messages and deliver none twice; one that is killed loses none', async (t) => {
  const { port, mails } = await mailServer(t);
  const env = { OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}`, OPENPUNCH_MAIL_FROM: 'time@example.com' };
  const [first, second] = [run(t, ['worker'], env), run(t, ['worker'], env)];
  await Promise.all([working(first), working(second)]);
  assert.match(first.out(), new RegExp(`Mails go to 127.0.0.1:${port}.`));
  await sendHundred();
  await until(allDone);
  assert.deepEqual(await subjects(), hundred);

  await world.services.database.system.rows(sql`DELETE FROM dashboard_messages`);
  await sendHundred();
  await until(async () => (await subjects()).length >= 20);
  first.child.kill('SIGKILL');
  await until(allDone);
  assert.deepEqual(await subjects(), hundred);

  await send(world, company, message(company.admin.userId, { subject: 'last' }));
  await until(() => mails.length === 1);
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0, second.err());
  assert.match(second.out(), /Stopping\.\n$/);
});

test('SIGTERM lets the running message be delivered, and a mail server that is slow does not lose it', async (t) => {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const { port, mails } = await mailServer(t, {
    onMailFrom: (_address, _session, done) => {
      asked += 1;
      void gate.promise.then(() => done());
    },
  });
  const env = { OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}`, OPENPUNCH_MAIL_FROM: 'time@example.com' };
  const worker = run(t, ['worker'], env);
  await working(worker);
  await send(world, company, message(company.admin.userId, { subject: 'slow' }));
  await until(() => asked === 1);
  worker.child.kill('SIGTERM');
  await until(() => worker.out().includes('Stopping'));
  gate.resolve();
  assert.equal(await worker.ended, 0, worker.err());
  assert.equal(mails.length, 1);
  assert.equal(await allDone(), true);
});

test('the commands about jobs list what waits and what was given up, and let it be tried again or dropped', async (t) => {
  const { id, admin } = company;
  const { system } = world.services.database;
  const link = '/accept?token=abcdef0123456789';
  await send(world, company, message(admin.userId, { path: link, text: 'A very long letter. '.repeat(20) }));
  await enqueue(system, id, [
    { name: 'message', payload: message(admin.userId), due: world.clock.now() + 3_600 },
    { name: 'unheard-of', payload: {}, due: world.clock.now() },
  ]);
  await system.rows(sql`
    UPDATE jobs SET dead_at = now(), attempts = 8, last_error = 'The server said no.'
    WHERE payload->>'path' IS NOT NULL OR name = 'unheard-of'`);

  const told = async (...words: string[]): Promise<{ code: number | null; out: string; err: string }> => {
    const asked = run(t, words);
    return { code: await asked.ended, out: asked.out(), err: asked.err() };
  };
  const list = await told('jobs');
  assert.equal(list.code, 0, list.err);
  assert.match(list.out, /^message +1 waiting +next \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC +delivers one message/m);
  assert.match(list.out, /^unheard-of +0 waiting +is a job of another version$/m);
  assert.match(list.out, /^2 were given up: "openpunch jobs dead" lists them\.$/m);

  const dead = await told('jobs', 'dead');
  const [, number = ''] =
    new RegExp(`^(\\d+)  message of company ${id}, given up .* after 8 attempts$`, 'm').exec(dead.out) ?? [];
  assert.match(dead.out, /The server said no\./);
  assert.match(dead.out, /"text":"A very long letter\. A very long letter\. \u2026"/);
  assert.ok(!dead.out.includes('abcdef0123456789'), dead.out);

  const [, other = ''] = /^(\d+) {2}unheard-of/m.exec(dead.out) ?? [];
  assert.match((await told('jobs', 'drop', other)).out, /^The job was deleted\.$/m);
  const gone = await told('jobs', 'drop', other);
  assert.deepEqual([gone.code, gone.err], [1, `No job ${other} was given up.\n`]);
  assert.match((await told('jobs', 'retry', number)).out, /^1 job waits again\.$/m);
  const waiting = (await jobsNamed(world, 'message')).map(({ dead: given, attempts }) => [given, attempts]);
  assert.deepEqual(waiting, [
    [false, 0],
    [false, 0],
  ]);
  assert.match((await told('jobs', 'retry', 'all')).out, /^0 jobs wait again\.$/m);
  assert.equal((await told('jobs', 'retry')).code, 2);
});

test('serve runs jobs too, unless it is told not to', async (t) => {
  const served = async (env: Record<string, string>): Promise<Run> => {
    const server = run(t, ['serve'], env);
    await until(() => server.out().includes('Stop it'), server);
    return server;
  };
  const idle = await served({ OPENPUNCH_JOBS: 'off' });
  await sendHundred();
  await sleep(1_200);
  assert.deepEqual(await subjects(), []);
  const busy = await served({});
  assert.match(busy.out(), new RegExp(`^Mails are kept in ${dataDir}/outbox; `, 'm'));
  await until(allDone);
  assert.deepEqual(await subjects(), hundred);
  for (const server of [idle, busy]) {
    server.child.kill('SIGTERM');
    assert.equal(await server.ended, 0, server.err());
  }
});

test('mails go over TLS from the start or by STARTTLS, and a certificate that nobody vouches for is refused', async (t) => {
  const file = (name: string): string => fileURLToPath(new URL(`../http/tls/${name}.pem`, import.meta.url));
  const [cert, key] = [readFileSync(file('cert')), readFileSync(file('key'))];
  const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) =>
    password === 'p@ss word' ? done(null, { user: username ?? '' }) : done(new Error('No.'));
  const login = { cert, key, authOptional: false, onAuth };
  const fromStart = await mailServer(t, { ...login, secure: true });
  const upgraded = await mailServer(t, { ...login, disabledCommands: [] });
  const from = { OPENPUNCH_MAIL_FROM: 'time@example.com' };
  for (const [{ port, mails }, scheme] of [
    [fromStart, 'smtps'],
    [upgraded, 'smtp'],
  ] as const) {
    const url = `${scheme}://ada:p%40ss%20word@localhost:${port}`;
    const worker = run(t, ['worker'], { ...from, OPENPUNCH_SMTP_URL: url, NODE_EXTRA_CA_CERTS: file('cert') });
    await working(worker);
    await send(world, company, message(company.admin.userId));
    await until(allDone);
    assert.deepEqual(
      mails.map(({ secure, user }) => [secure, user]),
      [[true, 'ada']],
    );
    worker.child.kill('SIGTERM');
    assert.equal(await worker.ended, 0, worker.err());
    assert.ok(!worker.out().includes('ss word'), worker.out());
  }
  const trusting = run(t, ['worker'], { ...from, OPENPUNCH_SMTP_URL: `smtps://localhost:${fromStart.port}` });
  await working(trusting);
  await send(world, company, message(company.admin.userId));
  await until(async () => (await jobsNamed(world, 'message'))[0]?.attempts === 1);
  assert.match((await jobsNamed(world, 'message'))[0]?.error ?? '', /self-signed certificate/);
  assert.equal(fromStart.mails.length, 1);
});

test('advancing /test-clock does what falls due on the way, in order', async (t) => {
  const server = run(t, ['serve'], { OPENPUNCH_TEST_CLOCK: 'yes' });
  const url = await listening(server);
  const clock = async (body: object): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/test-clock`, { method: 'PUT', headers, body: JSON.stringify(body) });
    assert.equal(answer.status, 200, await answer.clone().text());
    return Date.parse(((await answer.json()) as { now: string }).now) / 1000;
  };
  const start = await clock({ set: '2026-06-15T12:00:00Z' });
  const { userId } = await company.person();
  const { system } = world.services.database;
  await company.setting('general', 'clockout_override_hours', 1);
  await system.rows(sql`
    INSERT INTO timesheets (company_id, user_id, type, start_at, start_offset, date, duration, tz_str, created_by_user_id)
    VALUES (${company.id}, ${userId}, 'regular', to_timestamp(${start}::float8), 0, '2026-06-15', 0, 'UTC', ${userId})`);
  await enqueue(
    system,
    company.id,
    [7_200, 1_800].map((later) => ({
      name: 'message',
      payload: message(userId, { method: 'dashboard', subject: String(later) }),
      due: start + later,
    })),
  );
  assert.equal(await clock({ advance: 10_800 }), start + 10_800);
  const rows = await system.rows(sql`
    SELECT subject, extract(epoch FROM created)::int - ${start}::int FROM dashboard_messages WHERE user_id = ${userId} ORDER BY id`);
  assert.deepEqual(rows, [
    ['1800', '1800'],
    ['You were clocked out automatically', '3600'],
    ['7200', '7200'],
  ]);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.err());
});
