import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { deliver } from '../../src/channels/deliver.ts';
import { sql } from '../../src/store/sql.ts';
import { openWorld, type World } from '../support/world.ts';
import { counted, jobsNamed, message, now, send, setUser } from './messages-support.ts';
import { mailServer } from './receivers.ts';

async function worldWith(t: TestContext, env: Record<string, string>): Promise<World> {
  const world = await openWorld({ now, env: { OPENPUNCH_MAIL_FROM: 'Time Clock <time@example.com>', ...env } });
  t.after(() => world.close());
  return world;
}

const header = (raw: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(raw)?.[1]?.replace(/\r?\n[ \t]/g, ' ');

/** The text of a header that is written in quoted-printable words (RFC 2047). */
function decoded(text: string): string {
  return text.replace(/=\?UTF-8\?Q\?([^?]*)\?=\s*/g, (_, word: string) =>
    decodeURIComponent(word.replaceAll('_', ' ').replaceAll('%', '%25').replaceAll('=', '%')),
  );
}

test('a mail reaches its person with subject, text, link and everything that mail servers expect', async (t) => {
  const { port, mails } = await mailServer(t);
  const world = await worldWith(t, {
    OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}`,
    OPENPUNCH_PUBLIC_URL: 'https://time.example.com/',
  });
  const company = await world.company();
  const { userId } = await company.person();
  await setUser(world, company, userId, { email: 'ada@example.com', first: 'Jos\u00e9 "Pepe",' });
  await send(
    world,
    company,
    message(userId, { subject: 'Zeit \u00fcber Mitternacht \u23f0', text: 'Bitte pr\u00fcfen.', path: '/time' }),
  );
  assert.equal(await world.runJobs(), 1);
  const [mail] = mails;
  assert.equal(mails.length, 1);
  assert.deepEqual([mail?.from, mail?.to], ['time@example.com', ['ada@example.com']]);
  const raw = mail?.raw ?? '';
  assert.equal(header(raw, 'From'), 'Time Clock <time@example.com>');
  assert.equal(decoded(header(raw, 'Subject') ?? ''), 'Zeit \u00fcber Mitternacht \u23f0');
  assert.match(header(raw, 'Message-ID') ?? '', /^<[0-9a-f-]{36}@example\.com>$/);
  assert.equal(new Date(header(raw, 'Date') ?? '').getTime() / 1000, now);
  assert.equal(header(raw, 'Auto-Submitted'), 'auto-generated');
  assert.match(header(raw, 'Content-Type') ?? '', /^text\/plain; charset=utf-8/i);
  const body = raw.slice(raw.indexOf('\r\n\r\n')).replaceAll('=\r\n', '');
  assert.match(body, /https:\/\/time\.example\.com\/time\r\n/);
  assert.deepEqual(await counted(world, 'email'), { sent: 1, dropped: 0 });
  assert.deepEqual(await jobsNamed(world, 'message'), []);
});

test('what somebody wrote can not add headers or recipients', async (t) => {
  const { port, mails } = await mailServer(t);
  const world = await worldWith(t, { OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}` });
  const company = await world.company();
  const { userId } = await company.person();
  const evil = 'Hi\r\nBcc: eve@example.com\r\n\r\nBody';
  await setUser(world, company, userId, { email: 'ada@example.com', first: evil });
  await send(world, company, message(userId, { subject: evil, text: '.\r\nRCPT TO:<eve@example.com>\r\n..' }));
  assert.equal(await world.runJobs(), 1);
  assert.deepEqual(mails[0]?.to, ['ada@example.com']);
  const head = mails[0]?.raw.split('\r\n\r\n')[0] ?? '';
  assert.doesNotMatch(head, /^bcc/im);
  assert.match(head, /^Subject: Hi Bcc: eve@example.com Body$/m);
  const wicked = ['ada@example.com, eve@example.com', 'ada@example.com\r\nBcc: eve@example.com', '<eve@example.com>'];
  for (const email of wicked) {
    await setUser(world, company, userId, { email });
    await send(world, company, message(userId));
  }
  await world.runJobs();
  assert.equal(mails.length, 1);
  assert.equal((await counted(world, 'email')).dropped, wicked.length);
});

test('an archived user, one without an address and one of another company get nothing', async (t) => {
  const { port, mails } = await mailServer(t);
  const world = await worldWith(t, { OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}` });
  const [company, other] = [await world.company(), await world.company()];
  const [archived, silent, foreign] = [await company.person(), await company.person(), await other.person()];
  await setUser(world, company, archived.userId, { email: 'archived@example.com', active: false });
  await setUser(world, other, foreign.userId, { email: 'foreign@example.com' });
  await send(world, company, ...[archived, silent, foreign].map(({ userId }) => message(userId)));
  assert.equal(await world.runJobs(), 3);
  assert.deepEqual(mails, []);
  assert.deepEqual(await counted(world, 'email'), { sent: 0, dropped: 3 });
  await send(world, company, message(silent.userId, { to: 'new@example.com' }));
  await world.runJobs();
  assert.deepEqual(
    mails.map(({ to }) => to),
    [['new@example.com']],
  );
});

test('a server may ask for a login, and a wrong password shows nowhere', async (t) => {
  const onAuth: NonNullable<Parameters<typeof mailServer>[1]>['onAuth'] = (auth, _session, done) =>
    auth.password === 'p@ss word' ? done(null, { user: auth.username ?? '' }) : done(new Error(`bad ${auth.password}`));
  const { port, mails } = await mailServer(t, {
    authOptional: false,
    onAuth,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
  });
  const world = await worldWith(t, { OPENPUNCH_SMTP_URL: `smtp://ada:p%40ss%20word@127.0.0.1:${port}` });
  const company = await world.company();
  await setUser(world, company, company.admin.userId, { email: 'ada@example.com' });
  await send(world, company, message(company.admin.userId));
  await world.runJobs();
  assert.equal(mails[0]?.user, 'ada');

  const wrong = await worldWith(t, { OPENPUNCH_SMTP_URL: `smtp://ada:hunter2hunter@127.0.0.1:${port}` });
  const own = await wrong.company();
  await setUser(wrong, own, own.admin.userId, { email: 'ada@example.com' });
  await send(wrong, own, message(own.admin.userId));
  await wrong.runJobs();
  const [job] = await jobsNamed(wrong, 'message');
  assert.match(job?.error ?? '', /did not take the mail: .*bad \[redacted\]/);
});

test('a server that refuses is asked again, later each time, until the message is given up', async (t) => {
  let busy = true;
  const { port, mails } = await mailServer(t, {
    onRcptTo: (_address, _session, done) =>
      busy ? done(Object.assign(new Error('busy'), { responseCode: 451 })) : done(),
  });
  const world = await worldWith(t, { OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}` });
  const company = await world.company();
  const { userId } = await company.person();
  await setUser(world, company, userId, { email: 'ada@example.com' });
  await send(world, company, message(userId));
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 7; attempt += 1) {
    await world.runJobs();
    const [job] = await jobsNamed(world, 'message');
    assert.equal(job?.attempts, attempt);
    assert.match(job?.error ?? '', /busy/);
    waits.push(job?.dueIn ?? 0);
    world.clock.set(world.clock.now() + (job?.dueIn ?? 0));
  }
  assert.deepEqual(waits, [10, 40, 160, 640, 2_560, 10_240, 10_800]);
  await world.runJobs();
  assert.equal((await jobsNamed(world, 'message'))[0]?.dead, true);
  await world.runJobs(world.clock.now() + 3_600);
  assert.deepEqual(
    (await jobsNamed(world, 'message')).map(({ attempts, dead }) => [attempts, dead]),
    [[8, true]],
  );

  busy = false;
  await send(world, company, message(userId, { subject: 'Better' }));
  busy = true;
  await world.runJobs();
  busy = false;
  await world.runJobs(world.clock.now() + 60);
  assert.equal(mails.length, 1);
});

test('without a mail server mails land in the outbox: in the database and as files', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'outbox-'));
  const world = await worldWith(t, { OPENPUNCH_DATA_DIR: dataDir, PORT: '8123' });
  const company = await world.company();
  const { userId } = await company.person();
  await setUser(world, company, userId, { email: 'ada@example.com', mobile: '+1 (208) 555-0100' });
  await send(
    world,
    company,
    message(userId, { subject: 'Gr\u00fc\u00dfe', path: '/sign-in' }),
    message(userId, { method: 'sms', text: 'Clock in, please.' }),
  );
  assert.equal(await world.runJobs(), 2);
  const folder = join(dataDir, 'outbox');
  const files = (await readdir(folder)).sort();
  assert.equal(files.length, 2);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  for (const file of files) assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
  const mail = await readFile(join(folder, files.find((name) => name.endsWith('.eml')) ?? ''), 'utf8');
  assert.match(mail, /^To: .*<ada@example\.com>$/m);
  assert.match(mail, /http:\/\/127\.0\.0\.1:8123\/sign-in$/m);
  const sms = await readFile(join(folder, files.find((name) => name.endsWith('.txt')) ?? ''), 'utf8');
  assert.equal(sms, 'To: +12085550100\n\nClock in, please.\n');
  const rows = await world.services.database.system.rows(
    sql`SELECT company_id, user_id, method, recipient, subject FROM outbox ORDER BY method`,
  );
  assert.deepEqual(rows, [
    [String(company.id), String(userId), 'email', 'ada@example.com', 'Gr\u00fc\u00dfe'],
    [String(company.id), String(userId), 'sms', '+12085550100', 'Hello'],
  ]);
});

test('a server that says nothing is left alone when the time is up', async (t) => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => silent.close());
  const sockets: Socket[] = [];
  silent.on('connection', (socket) => sockets.push(socket));
  t.after(() => sockets.forEach((socket) => void socket.destroy()));
  const { port } = silent.address() as AddressInfo;
  const world = await worldWith(t, { OPENPUNCH_SMTP_URL: `smtp://127.0.0.1:${port}` });
  const company = await world.company();
  const { services, clock } = world;
  const delivery = { db: services.database.system, now: clock.now(), signal: AbortSignal.timeout(200), services };
  const mail = message(company.admin.userId, { to: 'ada@example.com' });
  await assert.rejects(deliver(delivery, company.id, mail), /did not take the mail: it took too long/);
});
