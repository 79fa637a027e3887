import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isoLocal } from '../../src/lib/time.ts';
import { sql } from '../../src/store/sql.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { assertDenied, idsIn, instant, itemOf, type Row, rowsOf } from './users-support.ts';

const now = Date.UTC(2018, 5, 19, 12) / 1000;
let world: World;
let company: Company;
let admin: Person;

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

/** The properties in the order of the reference's example. */
const keys = ['id', 'msg_tracking_id', 'user_id', 'message', 'method', 'delivery_time', 'created', 'precheck'];

const clockIn = {
  method: 'push',
  delivery_time: '2018-06-19T14:00:00+00:00',
  precheck: 'off_the_clock',
  message: 'Please clock in!',
};
const clockOut = { ...clockIn, delivery_time: '2018-06-19T23:00:00+00:00', precheck: 'on_the_clock' };

async function post(by: Person, item: Row): Promise<Row> {
  return itemOf(await by.post('/notifications', [item]), 'notifications');
}

async function waiting(id: unknown): Promise<number> {
  const rows = await world.services.database.system.rows(
    sql`SELECT 1 FROM jobs WHERE name = 'notification' AND key = ${String(id)}`,
  );
  return rows.length;
}

test('notifications are created, read and deleted as in the reference', async () => {
  const { userId } = await company.person();
  const made = await admin.post('/notifications', [
    { user_id: userId, ...clockIn },
    { user_id: userId, ...clockOut },
  ]);
  const [one, two] = [itemOf(made, 'notifications', 1), itemOf(made, 'notifications', 2)];
  assert.deepEqual(Object.keys(one), ['_status_code', '_status_message', ...keys]);
  const { id, msg_tracking_id: tracking, created, ...rest } = one;
  assert.match(String(tracking), /^[0-9a-f]{16}$/);
  assert.notEqual(tracking, two.msg_tracking_id);
  assert.match(String(created), instant);
  assert.deepEqual(rest, { _status_code: 200, _status_message: 'Created', user_id: userId, ...clockIn });
  const read = await admin.get('/notifications', { user_id: userId });
  assert.deepEqual(Object.keys(rowsOf(read, 'notifications')), [String(id), String(two.id)]);
  assert.deepEqual(Object.keys(rowsOf(read, 'notifications')[String(id)] ?? {}), keys);
  assert.equal(read.body.more as unknown, false);
  const removed = await admin.delete('/notifications', [Number(id), 135_694_294]);
  assert.deepEqual(rowsOf(removed, 'notifications')[String(id)], {
    _status_code: 200,
    _status_message: 'OK, deleted',
    id: String(id),
  });
  const missing = rowsOf(removed, 'notifications')['135694294'] ?? {};
  assert.deepEqual([missing._status_code, missing._status_message, missing.id], [404, 'Not Found', '135694294']);
  assert.deepEqual([await waiting(id), await waiting(two.id)], [0, 1]);
  const again = rowsOf(await admin.delete('/notifications', [Number(id)]), 'notifications')[String(id)];
  assert.equal(again?._status_code, 404);
});

test('what is not said: oneself, by push, now, without a check', async () => {
  const item = await post(admin, { message: 'Later' });
  const { user_id, method, precheck, delivery_time } = item;
  assert.deepEqual(
    { user_id, method, precheck, delivery_time },
    { user_id: admin.userId, method: 'push', precheck: 'none', delivery_time: isoLocal(now, 0) },
  );
  const blank = await post(admin, { message: 'B', user_id: '', method: '', precheck: null, delivery_time: '' });
  assert.deepEqual([blank.user_id, blank.method, blank.delivery_time], [admin.userId, 'push', isoLocal(now, 0)]);
});

test('every filter; without any only the own ones', async () => {
  const place = await world.company();
  const [one, two] = [await place.person(), await place.person()];
  const at = (hour: number): string => `2018-07-01T${String(hour).padStart(2, '0')}:00:00+00:00`;
  const made = await place.admin.post('/notifications', [
    { message: 'a', user_id: one.userId, delivery_time: at(8) },
    { message: 'b', user_id: two.userId, delivery_time: at(9) },
    { message: 'c', delivery_time: at(10) },
  ]);
  const [a = 0, b = 0, c = 0] = idsIn(made, 'notifications');
  const tracking = String(itemOf(made, 'notifications', 2).msg_tracking_id);
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, [c]],
    [{ limit: 5, page: 1 }, [c]],
    [{ ids: '' }, [c]],
    [{ ids: `${a},${b}` }, [a, b]],
    [{ user_id: one.userId }, [a]],
    [{ user_id: 99_999_999 }, []],
    [{ msg_tracking_id: tracking }, [b]],
    [{ msg_tracking_id: 'ffff' }, []],
    [{ delivery_before: at(9) }, [a]],
    [{ delivery_after: at(9) }, [c]],
    [{ delivery_after: '2018-07-01T08:59:59 00:00', delivery_before: at(10) }, [b]],
    [{ delivery_after: '2018-07-01', limit: 1, page: 2 }, [b]],
  ];
  for (const [query, expected] of cases) {
    assert.deepEqual(
      idsIn(await place.admin.get('/notifications', query), 'notifications'),
      expected,
      JSON.stringify(query),
    );
  }
  for (const query of [{ ids: 'x' }, { user_id: 'x' }, { delivery_before: 'x' }, { delivery_after: 'soon' }]) {
    const answer = await place.admin.get('/notifications', query as Record<string, string>);
    assert.equal(answer.status, 417, JSON.stringify(query));
    assert.match(answer.text, new RegExp(Object.keys(query)[0] ?? ''));
  }
});

test('a bad item does not hinder the others of its batch', async () => {
  const gone = await company.person();
  await admin.put('/users', [{ id: gone.userId, active: false }]);
  const cases: [Row, RegExp | 200][] = [
    [{ message: 'x'.repeat(2_000) }, 200],
    [{ message: '\u{1f600}'.repeat(2_000) }, 200],
    [{ message: 'x'.repeat(2_001) }, /^message must not be longer than 2000 characters$/],
    [{}, /^Missing required params: message$/],
    [{ message: ' ' }, /^message must not be blank$/],
    [{ message: 7 }, /^message must be a text$/],
    [{ message: 'm', method: 'sms' }, /^method must be one of push, email, dashboard$/],
    [{ message: 'm', precheck: 'asleep' }, /^precheck must be one of none, on_the_clock, off_the_clock$/],
    [{ message: 'm', delivery_time: 'tomorrow' }, /^delivery_time must be a date and time/],
    [{ message: 'm', user_id: 99_999_999 }, /^user_id 99999999 does not exist$/],
    [{ message: 'm', user_id: gone.userId }, /^User \d+ is archived$/],
    [{ message: 'm', msg_tracking_id: 'abc' }, /^Invalid params: msg_tracking_id$/],
    [{ message: 'm', created: '2018-06-19T14:00:00+00:00' }, /^Invalid params: created$/],
    [{ message: 'm', subject: 'Hello' }, /^Invalid params: subject$/],
    [{ message: 'm', msg_tracking_id: '' }, 200],
  ];
  const answer = await admin.post(
    '/notifications',
    cases.map(([item]) => item),
  );
  cases.forEach(([sent, expected], index) => {
    const item = itemOf(answer, 'notifications', index + 1);
    assert.equal(item._status_code, expected === 200 ? 200 : 417, JSON.stringify({ sent, item }));
    if (expected !== 200) assert.match(String(item._status_extra), expected);
  });
});

test('everyone leaves messages for himself, managers for their people, manage_users for all', async () => {
  const place = await world.company();
  const chief = await place.person();
  const group = await place.group([chief]);
  const member = await place.person({ groupId: group });
  const other = await place.person();
  const cases: [string, Person, number, boolean][] = [
    ['oneself', member, member.userId, true],
    ['a colleague', member, other.userId, false],
    ['the manager', chief, member.userId, true],
    ['the manager for a stranger', chief, other.userId, false],
    ['manage_users', await place.person({ permissions: ['manage_users'] }), other.userId, true],
  ];
  for (const [what, by, userId, allowed] of cases)
    assert.equal((await post(by, { user_id: userId, ...clockIn }))._status_code, allowed ? 200 : 417, what);
  const [mine = 0] = idsIn(await place.admin.get('/notifications', { user_id: other.userId }), 'notifications');
  const seesAll = await place.person({ permissions: ['reports'] });
  assertDenied(await post(seesAll, { user_id: other.userId, ...clockIn }), 'seeing somebody is not enough');
  assert.deepEqual(idsIn(await seesAll.get('/notifications', { user_id: other.userId }), 'notifications'), []);
  const refused = rowsOf(await seesAll.delete('/notifications', [mine]), 'notifications')[String(mine)];
  assert.equal(refused?._status_code, 404);
  const removed = rowsOf(await other.delete('/notifications', [mine]), 'notifications')[String(mine)];
  assert.equal(removed?._status_code, 200);
  assert.equal((await place.admin.put('/notifications', [{ id: mine, message: 'x' }])).status, 501);
});
