import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifyPassword } from '../../src/lib/passwords.ts';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { idsIn, itemOf, type Row, type Users, usersOf } from './users-support.ts';

let world: World;
let company: Company;
let users: Users;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
  users = usersOf(company);
});
after(() => world.close());

test('a new email address is not verified', async () => {
  const { id } = await users.create({ email: 'one@example.com' });
  const db = world.services.database.forCompany(company.id);
  await db.rows(sql`UPDATE users SET email_verified = true WHERE company_id = ${company.id} AND id = ${Number(id)}`);
  assert.equal((await users.update({ id, email: 'one@example.com' })).email_verified, true);
  assert.equal((await users.update({ id, email: 'two@example.com' })).email_verified, false);
});

test('passwords and PINs are kept as hashes, are never shown, and a password is only for oneself', async () => {
  const person = await company.person();
  await users.update({ id: person.userId, require_password_change: true });
  const put = await person.put('/users', [{ id: person.userId, password: 'a quite long one', login_pin: 4711 }]);
  const item = itemOf(put, 'users');
  assert.deepEqual([item._status_code, item.require_password_change], [200, false]);
  assert.ok(!put.text.includes('quite long') && !put.text.includes('4711'));
  const db = world.services.database.forCompany(company.id);
  const hashes = () =>
    db.rows(
      sql`SELECT password_hash, login_pin_hash FROM credentials WHERE company_id = ${company.id} AND user_id = ${person.userId}`,
    );
  const [[password = null, pin = null] = []] = await hashes();
  assert.ok(await verifyPassword(password, 'a quite long one'));
  assert.ok(await verifyPassword(pin, '4711'));
  const [history] = await db.rows(
    sql`SELECT count(*) FROM history WHERE after::text LIKE '%4711%' OR after::text LIKE '%argon2%'`,
  );
  assert.equal(history?.[0], '0');
  assert.equal((await users.update({ id: person.userId, login_pin: '001234' }))._status_code, 200);
  const [[kept, newPin = null] = []] = await hashes();
  assert.equal(kept, password);
  assert.ok(await verifyPassword(newPin, '001234'));
  const others = await users.update({ id: person.userId, password: 'another long one' });
  assert.match(String(others._status_extra), /Oops! You don't have permission to set the password of somebody else/);
  for (const weak of ['short', '1234567890', person.username]) {
    const refused = itemOf(await person.put('/users', [{ id: person.userId, password: weak }]), 'users');
    assert.match(String(refused._status_extra), /Choose a password/);
    assert.ok(!JSON.stringify(refused).includes(`"${weak}"`));
  }
});

test('custom fields of users', async () => {
  const place = await world.company();
  const db = world.services.database.forCompany(place.id);
  const [size = 0, colour = 0] = await insertFields(db, place.id, [
    { name: 'Size', appliesTo: 'user', type: 'free-form', regexFilter: '^[SML]$' },
    { name: 'Colour', appliesTo: 'user', type: 'free-form' },
  ]);
  const [foreign = 0] = await insertFields(db, place.id, [
    { name: 'Of time', appliesTo: 'timesheet', type: 'free-form' },
  ]);
  const put = async (customfields: unknown): Promise<Row> =>
    itemOf(await place.admin.put('/users', [{ id: place.admin.userId, customfields }]), 'users');
  assert.deepEqual((await put({ [size]: 'M', [colour]: 5 })).customfields, { [size]: 'M', [colour]: '5' });
  assert.deepEqual((await put({ [size]: 'L' })).customfields, { [size]: 'L', [colour]: '5' });
  assert.deepEqual((await put('')).customfields, { [size]: 'L', [colour]: '5' });
  assert.deepEqual((await put({ [size]: '', [colour]: '' })).customfields, '');
  assert.match(String((await put({ [size]: 'XXL' }))._status_extra), /Size/);
  assert.match(String((await put({ [foreign]: 'x' }))._status_extra), /no custom field/);
  assert.match(String((await put([1]))._status_extra), /customfields must be an object/);
});

test('at most 50 items, and data must be a list', async () => {
  const many = await company.admin.post(
    '/users',
    Array.from({ length: 51 }, () => users.someone()),
  );
  assert.equal(many.status, 413);
  const fifty = await company.admin.post(
    '/users',
    Array.from({ length: 50 }, () => users.someone()),
  );
  assert.equal(idsIn(fifty, 'users').length, 50);
  assert.equal((await company.admin.send('POST', '/users', '{"data":{}}')).status, 417);
});

test('the history knows who changed a user, and how', async () => {
  const { id } = await users.create();
  await users.update({ id, first_name: 'Later' });
  const rows = await world.services.database.forCompany(company.id).rows(sql`
    SELECT actor_user_id, via, before->>'first_name', after->>'first_name' FROM history
    WHERE company_id = ${company.id} AND resource = 'users' AND row_id = ${Number(id)} ORDER BY id`);
  const actor = String(company.admin.userId);
  assert.deepEqual(rows, [
    [actor, 'tsheets-rest', null, 'Some'],
    [actor, 'tsheets-rest', 'Some', 'Later'],
  ]);
});
