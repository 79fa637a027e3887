import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { statementsDuring } from './jobs-support.ts';
import { itemOf, type Row } from './users-support.ts';

let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 5, 15, 12) / 1000 });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

const byMail = (userId: number | string, more: Row = {}): Row => ({
  contact_method: 'email',
  contact_info: 'bobsmith@example.com',
  user_id: userId,
  ...more,
});

async function invite(by: Person, ...items: Row[]): Promise<Row[]> {
  const answer = await by.post('/invitations', items);
  assert.equal(answer.status, 200, answer.text);
  return items.map((_, index) => itemOf(answer, 'invites', index + 1));
}

/** What was sent: whom by which way to where. */
async function sent(place: Company): Promise<Row[]> {
  await world.runJobs();
  const rows = await world.services.database.forCompany(place.id).rows(sql`
    WITH taken AS (DELETE FROM outbox WHERE company_id = ${place.id} RETURNING *)
    SELECT user_id, method, recipient, subject, text FROM taken ORDER BY id`);
  return rows.map(([user, method, recipient, subject, text]) => ({
    user: Number(user),
    method,
    recipient,
    subject,
    text,
  }));
}

test('two users are invited as in the reference, and each gets a link', async () => {
  const [one, two] = [await company.person(), await company.person()];
  const answer = await admin.post('/invitations', [
    byMail(String(one.userId)),
    { contact_method: 'sms', contact_info: '2085551234', user_id: String(two.userId) },
  ]);
  const created = { _status_code: 201, _status_message: 'Created' };
  assert.deepEqual(
    [answer.status, answer.body as unknown],
    [200, { results: { invites: { 1: created, 2: created } } }],
  );
  const [mail, text] = await sent(company);
  assert.deepEqual([mail?.user, mail?.method, mail?.recipient], [one.userId, 'email', 'bobsmith@example.com']);
  assert.deepEqual([text?.user, text?.method, text?.recipient], [two.userId, 'sms', '2085551234']);
  assert.equal(mail?.subject, `Your time tracking at ${company.clientUrl}`);
  const link = new RegExp(
    `${world.services.config.publicUrl}/invitation\\?token=(S\\.${company.id}__[0-9a-f]{40})\\s*$`,
  );
  const [token, other] = [mail, text].map((message) => link.exec(String(message?.text))?.[1]);
  assert.ok(token !== undefined && other !== undefined && token !== other, String(mail?.text));
  const stored = await world.services.database.system.rows(sql`SELECT i::text FROM invitations i`);
  assert.equal(stored.length, 2);
  assert.ok(!stored.flat().join().includes(token.slice(-40)), 'only a hash of the secret is kept');
});

test('a bad item does not hinder the others of its batch', async () => {
  const place = await world.company();
  const [one, two, gone] = [await place.person(), await place.person(), await place.person()];
  await place.admin.put('/users', [{ id: gone.userId, active: false }]);
  const sms = (info: unknown): Row => ({ contact_method: 'sms', contact_info: info, user_id: one.userId });
  const cases: [unknown, RegExp | 201][] = [
    [byMail(one.userId), 201],
    [{}, /^Missing required params: contact_method,contact_info,user_id$/],
    [byMail(one.userId, { contact_info: '' }), /^Missing required params: contact_info$/],
    [byMail(one.userId, { contact_method: 'fax' }), /^contact_method must be one of email, sms$/],
    [byMail(one.userId, { contact_info: '2085551234' }), /^contact_info must be an email address/],
    [byMail(one.userId, { contact_info: 'a@example.com, b@example.com' }), /^contact_info must be an email address/],
    [byMail(one.userId, { contact_info: { a: 1 } }), /^contact_info must be a text$/],
    [sms('ada@example.com'), /^contact_info must be a mobile phone number/],
    [sms('911\u0000'), /^contact_info must not hold a NUL/],
    [byMail('x'), /^user_id must be a whole number$/],
    [byMail(0), /^user_id must not be less than 1$/],
    [byMail(99_999_999), /^user_id 99999999 does not exist$/],
    [byMail(gone.userId), /^User \d+ is archived$/],
    [byMail(one.userId), /^User \d+ is invited by this request already$/],
    [byMail(one.userId, { name: 'Bob' }), /^Invalid params: name$/],
    ['nonsense', /^Each item of data must be an object$/],
    [{ contact_method: 'sms', contact_info: 2_085_551_234, user_id: two.userId }, 201],
  ];
  const answer = await place.admin.post(
    '/invitations',
    cases.map(([item]) => item),
  );
  cases.forEach(([item, expected], index) => {
    const result = itemOf(answer, 'invites', index + 1);
    assert.equal(result._status_code, expected === 201 ? 201 : 400, JSON.stringify({ item, result }));
    if (expected === 201) return;
    assert.equal(result._status_message, 'Bad Request');
    assert.match(String(result._status_extra), expected);
  });
  assert.deepEqual(itemOf(answer, 'invites', 5).contact_info, '2085551234', 'what was sent comes back');
  assert.deepEqual(
    (await sent(place)).map(({ recipient }) => recipient),
    ['bobsmith@example.com', '2085551234'],
  );
});

test('whoever may manage somebody may invite him, but nobody with more rights than his own', async () => {
  const place = await world.company();
  const chief = await place.person();
  const groupId = await place.group([chief]);
  const member = await place.person({ groupId });
  const strong = await place.person({ groupId, permissions: ['approve_timesheets'] });
  const other = await place.person();
  const boss = await place.person({ permissions: ['manage_users'] });
  const cases: [string, Person, Person, number][] = [
    ['an admin, himself', place.admin, place.admin, 201],
    ['manage_users', boss, other, 201],
    ['manage_users, an admin', boss, place.admin, 400],
    ['a manager, a member', chief, member, 201],
    ['a manager, a member who may do more', chief, strong, 400],
    ['a manager, somebody else', chief, other, 400],
    ['oneself', other, other, 400],
    ['a colleague', member, other, 400],
    ['manage_timesheets', await place.person({ permissions: ['manage_timesheets'] }), other, 400],
  ];
  for (const [what, by, whom, expected] of cases) {
    const [item] = await invite(by, byMail(whom.userId));
    assert.equal(item?._status_code, expected, `${what}: ${item?._status_extra}`);
  }
  const [refused] = await invite(other, byMail(other.userId));
  assert.equal(refused?._status_extra, "Oops! You don't have permission to invite that user");
  const [stranger] = await invite(admin, byMail(other.userId));
  assert.equal(stranger?._status_extra, `user_id ${other.userId} does not exist`);
});

test('an invitation ends when its user gets farther than whoever invited him', async () => {
  const place = await world.company();
  const chief = await place.person();
  const groupId = await place.group([chief]);
  const open = async (userId: number): Promise<boolean> =>
    (await world.services.database.system.rows(sql`SELECT 1 FROM invitations WHERE user_id = ${userId}`)).length > 0;
  const cases: [Person, Row, boolean][] = [
    [chief, { permissions: { admin: true } }, false],
    [chief, { permissions: { approve_timesheets: true } }, false],
    [chief, { permissions: { manage_my_timesheets: true }, first_name: 'New' }, true],
    [place.admin, { permissions: { admin: true } }, true],
  ];
  for (const [by, change, stays] of cases) {
    const { userId } = await place.person({ groupId });
    assert.equal((await invite(by, byMail(userId)))[0]?._status_code, 201);
    await place.admin.put('/users', [{ id: userId, ...change }]);
    assert.equal(await open(userId), stays, JSON.stringify(change));
  }
});

test('requests that are wrong as a whole, and other methods', async () => {
  assert.equal((await admin.post('/invitations', Array(51).fill({}))).status, 413);
  assert.deepEqual((await admin.post('/invitations', [])).body as unknown, { results: { invites: {} } });
  for (const [body, status] of [
    ['{"data":{}}', 417],
    ['', 417],
    ['{"data":[', 400],
  ] as const)
    assert.equal((await admin.send('POST', '/invitations', body)).status, status, body);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await admin.send(method, '/invitations', method === 'PUT' ? '{"data":[]}' : undefined);
    assert.deepEqual([answer.status, answer.body.error?.code as unknown], [501, 501]);
  }
  assert.equal((await admin.send('PATCH', '/invitations')).status, 405);
  assert.equal((await fetch(`${world.url}/api/v1/invitations`, { method: 'POST', body: '{"data":[]}' })).status, 401);
});

test('fifty invitations cost as many statements as one', async () => {
  const people: Person[] = [];
  for (let count = 0; count < 50; count += 1) people.push(await company.person());
  const items = people.map(({ userId }) => byMail(userId));
  const statements = async (count: number): Promise<number> => {
    await admin.get('/users', { active: 'both' });
    return statementsDuring(async () => {
      for (const item of await invite(admin, ...items.slice(0, count))) assert.equal(item._status_code, 201);
    });
  };
  await statements(50);
  const one = await statements(1);
  assert.ok((await statements(50)) <= one + 6);
});
