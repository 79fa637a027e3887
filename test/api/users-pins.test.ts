import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { verifyPassword } from '../../src/lib/passwords.ts';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

async function put(by: Person, ...items: readonly Row[]): Promise<Row[]> {
  return rowsIn(await by.put('/users', items), 'users');
}

/** The PIN that kiosks read, and whether this text signs in. */
async function pinOf({ userId }: Person, text: string): Promise<[readable: string | null, signsIn: boolean]> {
  const [row] = await world.services.database.forCompany(company.id).rows(sql`
    SELECT k.pin, c.login_pin_hash FROM kiosk_access k
    LEFT JOIN credentials c ON c.company_id = k.company_id AND c.user_id = k.user_id
    WHERE k.company_id = ${company.id} AND k.user_id = ${userId}`);
  const [pin = null, hash = null] = row ?? [];
  return [pin, hash !== null && (await verifyPassword(hash, text))];
}

test('a person has one PIN, readable where it is 4 digits that nobody else has', async () => {
  const [ann, bob] = [await company.person(), await company.person()];
  const set = async (person: Person, fields: Row): Promise<unknown> =>
    (await put(company.admin, { id: person.userId, ...fields }))[0]?._status_code;
  assert.equal(await set(ann, { pin: '1234' }), 200);
  assert.deepEqual(await pinOf(ann, '1234'), ['1234', true]);
  assert.equal(await set(bob, { login_pin: '1234' }), 200, 'a login PIN may be anybody’s');
  assert.deepEqual(await pinOf(bob, '1234'), [null, true]);
  assert.equal(await set(bob, { login_pin: '4321' }), 200);
  assert.deepEqual(await pinOf(bob, '4321'), ['4321', true]);
  assert.equal(await set(bob, { login_pin: '123456' }), 200);
  assert.deepEqual(await pinOf(bob, '123456'), [null, true]);
  assert.equal(await set(ann, { pin: 'none' }), 200);
  assert.deepEqual(await pinOf(ann, '1234'), [null, false]);
  assert.equal(await set(bob, { pin: '1234' }), 200, 'it is free again');
  assert.equal(await set(bob, { active: false }), 200);
  assert.deepEqual(await pinOf(bob, '1234'), [null, false], 'whoever is archived has none');
  assert.equal(await set(ann, { pin: '1234' }), 200);
});

test('a PIN that is taken, or no PIN at all, is refused; people of one batch see each other', async () => {
  const [ann, bob, cid] = [await company.person(), await company.person(), await company.person()];
  const items = await put(
    company.admin,
    { id: ann.userId, pin: '5000' },
    { id: bob.userId, pin: '5000' },
    { id: cid.userId, login_pin: '5000' },
  );
  assert.deepEqual(
    items.map(({ _status_code }) => _status_code),
    [200, 417, 200],
  );
  assert.match(String(items[1]?._status_extra), /Oops! That pin is already in use/);
  assert.deepEqual(
    [await pinOf(ann, '5000'), await pinOf(bob, ''), await pinOf(cid, '5000')],
    [
      ['5000', true],
      [null, false],
      [null, true],
    ],
  );
  for (const pin of ['500', '50000', 'abcd', ' 500', 'None']) {
    const [refused = {}] = await put(company.admin, { id: bob.userId, pin });
    assert.match(String(refused._status_extra), /pin must be 4 digits/, pin);
  }
  assert.equal((await put(company.admin, { id: ann.userId, pin: '5000' }))[0]?._status_code, 200, 'his own');
});

test('who may set a login PIN may set a PIN, and neither is ever shown', async () => {
  const worker = await company.person();
  const other = await company.person();
  const hr = await company.person({ permissions: ['manage_users'] });
  assert.equal((await put(worker, { id: worker.userId, pin: '6001' }))[0]?._status_code, 200, 'his own');
  assert.equal((await put(hr, { id: worker.userId, pin: '6002' }))[0]?._status_code, 200);
  assert.match(String((await put(hr, { id: company.admin.userId, pin: '6003' }))[0]?._status_extra), /permission/);
  assert.notEqual((await put(worker, { id: other.userId, pin: '6004' }))[0]?._status_code, 200);
  const boss = await company.person();
  const groupId = await company.group([boss]);
  const member = await company.person({ groupId });
  const mighty = await company.person({ groupId, permissions: ['manage_timesheets'] });
  assert.equal((await put(boss, { id: member.userId, pin: '6005' }))[0]?._status_code, 200);
  assert.match(String((await put(boss, { id: mighty.userId, pin: '6006' }))[0]?._status_extra), /permission/);
  assert.ok(!(await company.admin.get('/users', { employment: 'yes' })).text.includes('6002'));
  const [seen] = await world.services.database.forCompany(company.id).rows(sql`SELECT count(*) FROM history
      WHERE company_id = ${company.id} AND resource = 'users' AND (after::text LIKE '%"6002"%' OR after::text LIKE '%card%')`);
  assert.equal(seen?.[0], '0');
});
