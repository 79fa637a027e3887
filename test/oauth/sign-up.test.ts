import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { proposedAddress } from '../../src/operations/sign-up.ts';
import { authorizePath, credentials, locationOf, requestIdOf, startWorld, type World } from './support.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.stop());

const form = (changes: Record<string, string> = {}): Record<string, string> => ({
  step: 'sign-up',
  name: 'Blake Moving',
  clientUrl: '',
  timeZone: 'America/Denver',
  firstName: 'Mary',
  lastName: 'Samsonite',
  email: 'mary@example.com',
  username: '',
  password: 'a suitcase of bills',
  repeat: 'a suitcase of bills',
  ...changes,
});
let address = 0;
const signUp = (changes: Record<string, string> = {}) => {
  address += 1;
  return world.post(authorizePath(world, { display_mode: 'create' }), form(changes), { ip: `192.0.2.${address}` });
};

test('signing up makes a company that can be used at once', async () => {
  const page = await signUp();
  assert.equal(page.statusCode, 200, page.body);
  assert.match(page.body, /company address is blake-moving/);
  const answer = { step: 'consent', request_id: requestIdOf(page), answer: 'allow' };
  assert.ok(locationOf(await world.post(authorizePath(world), answer)).searchParams.get('code'));
  const [company] = await world.rows(`
    SELECT u.username, u.permissions, s.value FROM companies c JOIN users u ON u.company_id = c.id
    JOIN settings s ON s.company_id = c.id AND s.section = 'general' AND s.key = 'tz' WHERE c.client_url = 'blake-moving'`);
  assert.deepEqual(company, ['mary@example.com', '{admin,mobile,time_tracking}', '"America/Denver"']);
  const jobcodes = await world.rows(`
    SELECT j.name, j.type, j.assigned_to_all, a.user_id FROM jobcodes j JOIN jobcode_assignments a ON a.jobcode_id = j.id
    AND a.company_id = j.company_id JOIN companies c ON c.id = j.company_id WHERE c.client_url = 'blake-moving' ORDER BY j.id`);
  assert.deepEqual(jobcodes, [
    ['Sick', 'pto', 't', null],
    ['Vacation', 'pto', 't', null],
    ['Holiday', 'pto', 't', null],
  ]);
  const again = credentials({ company: 'blake-moving', username: 'MARY@example.com', password: 'a suitcase of bills' });
  assert.equal((await world.post(authorizePath(world), again)).statusCode, 200);
});

test('every mistake is shown at its field, and nothing is made', async () => {
  const before = await world.rows('SELECT count(*) FROM companies');
  const cases: [Record<string, string>, string][] = [
    [{ name: '' }, 'name'],
    [{ clientUrl: 'a b' }, 'clientUrl'],
    [{ clientUrl: 'ab' }, 'clientUrl'],
    [{ clientUrl: 'acme' }, 'clientUrl'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ firstName: ' ' }, 'firstName'],
    [{ lastName: 'x'.repeat(65) }, 'lastName'],
    [{ email: 'mary' }, 'email'],
    [{ email: '' }, 'email'],
    [{ password: 'short', repeat: 'short' }, 'password'],
    [{ password: '1234567890', repeat: '1234567890' }, 'password'],
    [{ password: 'mary@example.com', repeat: 'mary@example.com' }, 'password'],
    [{ repeat: 'something else' }, 'repeat'],
    [{ firstName: 'a\0b' }, 'firstName'],
  ];
  for (const [changes, field] of cases) {
    const page = await signUp({ name: 'Other', ...changes });
    assert.equal(page.statusCode, 422, JSON.stringify(changes));
    assert.match(page.body, new RegExp(`<a href="#${field}">`), JSON.stringify(changes));
    assert.match(page.body, new RegExp(`id="${field}-wrong"`), JSON.stringify(changes));
    assert.ok(!page.body.includes('suitcase'), 'a password is never sent back');
  }
  assert.deepEqual(await world.rows('SELECT count(*) FROM companies'), before);
});

test('a company address is made from the name, and numbered when it is taken', async () => {
  assert.equal(proposedAddress('Müller & Söhne GmbH'), 'muller-sohne-gmbh');
  assert.equal(proposedAddress('株式会社'), 'company');
  assert.equal(proposedAddress('A'), 'company-a');
  assert.match((await signUp({ name: 'ACME' })).body, /company address is acme-2/);
});

test('a flood of new companies from one address is slowed down', async () => {
  const statuses = [];
  for (let index = 0; index < 11; index += 1) {
    const page = await world.post(authorizePath(world), form({ clientUrl: `flood-${index}` }), { ip: '203.0.113.5' });
    statuses.push(page.statusCode);
  }
  assert.deepEqual(statuses, [...Array(10).fill(200), 429]);
});
