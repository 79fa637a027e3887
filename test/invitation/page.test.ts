import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkPassword } from '../../src/operations/sign-in.ts';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { webOf } from '../support/web.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { goodPassword, linkFor } from './support.ts';

const week = 7 * 86_400;
let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 5, 15, 12) / 1000 });
  company = await world.company();
});
after(() => world.close());

interface Page {
  status: number;
  text: string;
  headers: Headers;
}

async function page(path: string, form?: Record<string, string>): Promise<Page> {
  const body = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const answer = await fetch(`${world.url}${path}`, body);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

/** Sends the form that a link leads to. */
function take(link: string, password = goodPassword, repeat = password): Promise<Page> {
  return page('/invitation', { token: new URL(link, world.url).searchParams.get('token') ?? '', password, repeat });
}

function signIn({ username }: Person, password = goodPassword): Promise<unknown> {
  const now = world.clock.now();
  return checkPassword(world.services, {
    companyUrl: company.clientUrl,
    username,
    password,
    address: '192.0.2.1',
    now,
  });
}

async function userOf({ userId }: Person): Promise<Row> {
  return rowsIn(await company.admin.get('/users', { ids: userId, active: 'both' }), 'users')[0] ?? {};
}

function demandBroken({ status, text }: Page, what: string): void {
  assert.equal(status, 404, what);
  assert.match(text, /<h1>This invitation does not work<\/h1>/, what);
}

test('whoever was invited chooses a password, once, and signs in with it', async () => {
  const pat = await company.person();
  await company.admin.put('/users', [{ id: pat.userId, require_password_change: true }]);
  const link = await linkFor(world, company, pat);
  for (let look = 0; look < 2; look += 1) {
    const shown = await page(link);
    assert.equal(shown.status, 200, 'looking uses nothing up');
    assert.match(shown.text, new RegExp(`${pat.username} · ${company.clientUrl}`));
  }
  const before = await webOf(world, company, pat);
  const done = await take(link);
  assert.equal(done.status, 200, done.text);
  assert.equal((await before.get('/session')).body.session, null, 'who signed in before is signed out');
  for (const fact of [company.clientUrl, pat.username]) assert.match(done.text, new RegExp(`<dd>${fact}</dd>`));
  await signIn(pat);
  const user = await userOf(pat);
  assert.deepEqual(
    [user.email, user.email_verified, user.require_password_change, user.last_active],
    ['pat@example.com', true, false, '2026-06-15T12:00:00+00:00'],
  );
  demandBroken(await page(link), 'opened again');
  demandBroken(await take(link, 'quite another phrase'), 'used again');
  await signIn(pat);
  const [entry] = await world.services.database.system.rows(sql`
    SELECT actor_user_id, via FROM history WHERE resource = 'users' AND row_id = ${pat.userId} ORDER BY id DESC LIMIT 1`);
  assert.deepEqual(entry, [String(pat.userId), 'invitation']);
});

test('an address that the user has already is verified only by itself, and nothing of his is replaced', async () => {
  const cases: [Row, { contact_method: string; contact_info: string }, Row][] = [
    [
      { email: 'Pat@Example.com' },
      { contact_method: 'email', contact_info: 'pat@example.com' },
      { email: 'Pat@Example.com', email_verified: true, mobile_number: '' },
    ],
    [
      { email: 'other@example.com' },
      { contact_method: 'email', contact_info: 'pat@example.com' },
      { email: 'other@example.com', email_verified: false, mobile_number: '' },
    ],
    [
      { email: 'other@example.com' },
      { contact_method: 'sms', contact_info: '(208) 555-1234' },
      { email: 'other@example.com', email_verified: false, mobile_number: '(208) 555-1234' },
    ],
    [
      { mobile_number: '2085550000' },
      { contact_method: 'sms', contact_info: '2085551234' },
      { email: '', email_verified: false, mobile_number: '2085550000' },
    ],
  ];
  for (const [before, contact, expected] of cases) {
    const pat = await company.person();
    await company.admin.put('/users', [{ id: pat.userId, ...before }]);
    assert.equal((await take(await linkFor(world, company, pat, contact))).status, 200);
    const { email, email_verified, mobile_number } = await userOf(pat);
    assert.deepEqual({ email, email_verified, mobile_number }, expected, JSON.stringify(contact));
  }
});

test('a link works for seven days, until a newer one is sent or the user is archived', async () => {
  const [late, twice, gone] = [await company.person(), await company.person(), await company.person()];
  const [old, newer] = [await linkFor(world, company, twice), await linkFor(world, company, twice)];
  demandBroken(await page(old), 'an older one');
  demandBroken(await take(old), 'an older one, taken');
  assert.equal((await page(newer)).status, 200);
  const archived = await linkFor(world, company, gone);
  for (const active of [false, true]) {
    await company.admin.put('/users', [{ id: gone.userId, active }]);
    demandBroken(await page(archived), `active ${active}`);
    demandBroken(await take(archived), `active ${active}, taken`);
  }
  const link = await linkFor(world, company, late);
  world.clock.set(world.clock.now() + week - 1);
  assert.equal((await page(link)).status, 200);
  world.clock.set(world.clock.now() + 1);
  demandBroken(await page(link), 'after a week');
  demandBroken(await take(link), 'after a week, taken');
});

test('a wrong secret opens nothing', async () => {
  const link = await linkFor(world, company, await company.person());
  const other = await world.company();
  const secret = link.slice(-40);
  const wrong = [
    '/invitation',
    '/invitation?token=',
    '/invitation?token=S.1__x',
    `/invitation?token=S.${company.id}__${'0'.repeat(40)}`,
    `/invitation?token=S.${other.id}__${secret}`,
    `/invitation?token=S.999999999__${secret}`,
    `/invitation?token=S.9999999999__${secret}`,
    `/invitation?token=${secret}`,
    `${link}%00`,
    `/invitation?token=${encodeURIComponent("' OR true --")}`,
  ];
  for (const path of wrong) {
    demandBroken(await page(path), path);
    demandBroken(await take(path), `${path}, taken`);
  }
  demandBroken(await page('/invitation', {}), 'an empty form');
  assert.equal((await page(link)).status, 200);
});

test('a password that is too weak is refused in words, and the link still works', async () => {
  const pat = await company.person();
  const link = await linkFor(world, company, pat);
  const cases: [string, string, RegExp][] = [
    ['short', 'short', /at least 10 characters/],
    ['aaaaaaaaaaaa', 'aaaaaaaaaaaa', /harder to guess/],
    [pat.username, pat.username, /not your name, user name, email or company/],
    ['x'.repeat(257), 'x'.repeat(257), /at most 256 characters/],
    [goodPassword, `${goodPassword}!`, /The two passwords differ/],
    ['', '', /at least 10 characters/],
  ];
  for (const [password, repeat, expected] of cases) {
    const refused = await take(link, password, repeat);
    assert.equal(refused.status, 422, password);
    assert.match(refused.text, expected);
    assert.doesNotMatch(refused.text, /type="password"[^>]* value=/, 'a password is never sent back');
  }
  assert.equal((await take(link)).status, 200);
});

test('of two who use one link at the same moment, one gets in', async () => {
  const pat = await company.person();
  const link = await linkFor(world, company, pat);
  const passwords = ['the first of two phrases', 'the second of two phrases'];
  const answers = await Promise.all(passwords.map((password) => take(link, password)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 404]);
  await signIn(pat, passwords[answers.findIndex(({ status }) => status === 200)]);
});

test('names are escaped, no script runs, nobody keeps the page, and no other page may show it', async () => {
  const pat = await company.person();
  await company.admin.put('/users', [{ id: pat.userId, first_name: '<b>"Pat\'' }]);
  const { text, headers } = await page(await linkFor(world, company, pat));
  assert.match(text, /&lt;b&gt;&quot;Pat&#39;/);
  assert.doesNotMatch(text, /<b>/);
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/);
  assert.deepEqual(
    [headers.get('cache-control'), headers.get('referrer-policy'), headers.get('x-frame-options')],
    ['no-store', 'no-referrer', 'DENY'],
  );
});
