import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { authorizePath, credentials, startWorld, type World } from './support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const attempt = (changes: Record<string, string> = {}, ip = '192.0.2.1') =>
  world.post(authorizePath(world), credentials(changes), { ip });
const statuses = async (count: number, changes: Record<string, string>, ip?: string): Promise<number[]> => {
  const all = [];
  for (let index = 0; index < count; index += 1) all.push((await attempt(changes, ip)).statusCode);
  return all;
};

test('after five wrong passwords an account must wait, longer each time, also with the right one', async () => {
  assert.deepEqual(await statuses(5, { password: 'wrong' }), [422, 422, 422, 422, 422]);
  const blocked = await attempt({}, '198.51.100.7');
  assert.equal(blocked.statusCode, 429);
  assert.equal(blocked.headers['retry-after'], '30');
  assert.match(blocked.body, /Too many attempts\. Try again in 30 seconds\./);
  assert.equal((await attempt({ company: 'ACME ', username: ' Ada' })).statusCode, 429);
  world.advance(29);
  assert.equal((await attempt()).headers['retry-after'], '1');
  world.advance(1);
  assert.equal((await attempt({ password: 'wrong' })).statusCode, 422);
  assert.equal((await attempt()).headers['retry-after'], '60');
  world.advance(60);
  assert.equal((await attempt()).statusCode, 200);
  assert.deepEqual(await statuses(5, { password: 'wrong' }), [422, 422, 422, 422, 422]);
});

test('the wait grows to a quarter of an hour and no further; refused tries do not lengthen it', async () => {
  await statuses(5, { password: 'wrong' });
  const waits = [];
  for (let round = 0; round < 8; round += 1) {
    const wait = Number((await attempt()).headers['retry-after']);
    assert.equal(Number((await attempt()).headers['retry-after']), wait);
    waits.push(wait);
    world.advance(wait);
    assert.equal((await attempt({ password: 'wrong' })).statusCode, 422);
  }
  assert.deepEqual(waits, [30, 60, 120, 240, 480, 900, 900, 900]);
});

test('failures are forgotten after 15 minutes', async () => {
  await statuses(4, { password: 'wrong' });
  world.advance(900);
  assert.deepEqual(await statuses(5, { password: 'wrong' }), [422, 422, 422, 422, 422]);
  assert.equal((await attempt()).statusCode, 429);
});

test('unknown accounts are counted like known ones', async () => {
  await statuses(5, { username: 'nobody' });
  assert.equal((await attempt({ username: 'nobody' })).statusCode, 429);
  assert.equal((await attempt()).statusCode, 200);
});

test('after twenty failures an address must wait, for every account; others need not', async () => {
  const all = [];
  for (let index = 0; index < 20; index += 1) all.push((await attempt({ username: `user${index}` })).statusCode);
  assert.ok(all.every((status) => status === 422));
  assert.equal((await attempt()).statusCode, 429);
  assert.equal((await attempt({ username: 'user21' })).statusCode, 429);
  assert.equal((await attempt({}, '198.51.100.7')).statusCode, 200);
  world.advance(30);
  assert.equal((await attempt()).statusCode, 200);
});

test('a right password gives back its attempt, so a busy office is not slowed down', async () => {
  for (let index = 0; index < 25; index += 1) assert.equal((await attempt()).statusCode, 200);
});

test('addresses of one IPv6 network are one', async () => {
  for (let index = 0; index < 20; index += 1) await attempt({ username: `user${index}` }, `2001:db8:1:2::${index + 1}`);
  assert.equal((await attempt({}, '2001:db8:1:2:ffff::1')).statusCode, 429);
  assert.equal((await attempt({}, '2001:db8:1:3::1')).statusCode, 200);
});

test('many guesses at once do not slip through', async () => {
  const ips = Array.from({ length: 12 }, (_, index) => `192.0.2.${index + 1}`);
  const answers = await Promise.all(ips.map((ip) => attempt({ password: 'wrong' }, ip)));
  const counts = Object.groupBy(answers, (answer) => String(answer.statusCode));
  assert.equal(counts['422']?.length, 5);
  assert.equal(counts['429']?.length, 7);
});
