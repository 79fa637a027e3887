import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { clientOf } from '../support/timestation.ts';
import { openWorld, type World } from '../support/world.ts';
import { runMain } from './process.ts';

let world: World;

before(async () => {
  world = await openWorld();
});
after(() => world.close());

async function run(t: TestContext, ...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const command = runMain(t, words, { DATABASE_URL: world.fresh.url });
  const code = await command.ended;
  return { code, out: command.out(), err: command.err() };
}

test('keys, custom fields of employees and booking applications are made, and keys ended, by commands', async (t) => {
  const company = await world.company();
  const by = ['--company', company.clientUrl, '--user', 'admin'];
  const [station, unknown, field, app] = await Promise.all([
    run(t, 'key', 'create', ...by, '--for', 'timestation'),
    run(t, 'key', 'create', ...by, '--for', 'fax'),
    run(t, 'customfield', 'create', '--company', company.clientUrl, '--of', 'users', '--name', 'Phone [home]'),
    run(t, 'booking-app', 'create', ...by, '--name', 'Front desk', '--test'),
  ]);
  assert.deepEqual([unknown.code, unknown.err], [2, '--for must be legacy or timestation.\n']);
  assert.match(field.out, /^\d+\n$/, field.err);
  assert.match(app.out, /^Slug: front-desk\nApp token: test_api_key_\w{32}\nWidget key: test_widget_key_\w{32}\n$/);

  const key = station.out.trim().split('\n').at(-1) ?? '';
  const stations = clientOf(`${world.url}/v1`, key);
  const made = await stations.post('/employees', {
    name: 'Angela Martin',
    department_name: 'Accounting',
    'custom_fields[Phone [home]]': '555',
  });
  assert.equal(made.status, 200, made.text);
  assert.equal((await run(t, 'key', 'revoke', '--key', key)).code, 0);
  assert.equal((await stations.get('/employees')).status, 401);
  assert.equal((await run(t, 'key', 'revoke', '--key', key)).err, 'There is no such key, or it was revoked already.\n');
});
