import assert from 'node:assert/strict';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { canReach } from '../../src/store/embedded/account.ts';
import { open, owner, postmasterOf, sql, temporary, until } from './support.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

test('the first start makes a database whose role is not a superuser and may create databases', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const database = await open(t, dataDir);
  assert.equal(database.startedHere, true);
  const [role] = await sql<Record<string, unknown>>(
    database,
    'SELECT rolname, rolsuper, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user',
  );
  assert.deepEqual(role, { rolname: 'openpunch', rolsuper: false, rolcreatedb: true, rolbypassrls: false });
  const [settings] = await sql<Record<string, unknown>>(
    database,
    `SELECT pg_get_userbyid(datdba) AS owner, pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider,
            datlocale AS locale, current_setting('jit') AS jit, current_setting('listen_addresses') AS listen,
            current_setting('timezone') AS zone, current_setting('server_version_num')::int / 10000 AS major
     FROM pg_database WHERE datname = current_database()`,
  );
  const expected = { owner: 'openpunch', encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' };
  assert.deepEqual(settings, { ...expected, jit: 'off', listen: '', zone: 'UTC', major: 18 });
  await sql(database, 'CREATE DATABASE a_clone TEMPLATE openpunch');
  await sql(database, 'CREATE DATABASE another');
  for (const name of ['a_clone', 'another']) {
    const client = new pg.Client({ ...database.connection, database: name });
    await client.connect();
    const { rows } = await client.query(`SELECT extname FROM pg_extension WHERE extname = 'btree_gist'`);
    await client.end();
    assert.equal(rows.length, 1, `${name} has btree_gist`);
  }
  const socket = database.connection.host;
  for (const path of [join(dataDir, 'postgres'), socket]) assert.equal(statSync(path).mode & 0o777, 0o700, path);
  await database.stop();
  assert.equal(existsSync(socket), false, 'the socket directory is gone');
  assert.deepEqual(readdirSync(dataDir).sort(), ['postgres', 'postgres.log']);
});

test('a first start that is killed in the middle leaves nothing half made', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const first = owner(dataDir, 'use');
  await until('the first start begins', () => existsSync(dataDir) && readdirSync(dataDir).length > 0);
  await first.kill();
  assert.equal(existsSync(join(dataDir, 'postgres')), false);
  const database = await open(t, dataDir);
  assert.equal((await sql(database, 'SELECT 1')).length, 1);
  await until('the rest of the first start is removed', () => readdirSync(dataDir).length === 2);
});

test('two commands at the same moment on a new directory share one database, and the last one stops it', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const [one, two] = [owner(dataDir, 'use'), owner(dataDir, 'use')];
  const [a, b] = await Promise.all([one.next(), two.next()]);
  assert.ok(a.up && b.up, JSON.stringify([a, b]));
  assert.equal(a.host, b.host);
  await one.leave();
  const third = await open(t, dataDir);
  assert.equal(third.startedHere, false);
  await two.leave();
  assert.equal((await sql(third, 'SELECT 1')).length, 1);
  await third.stop();
  assert.throws(() => postmasterOf(dataDir));
});

test('commands that start and stop at the same moments never break each other', async (t) => {
  const dataDir = join(temporary(t), 'data');
  await (await open(t, dataDir)).stop();
  const command = async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const database = await open(t, dataDir);
      assert.equal((await sql(database, 'SELECT 1')).length, 1);
      await database.stop();
    }
  };
  await Promise.all([command(), command(), command()]);
  assert.throws(() => postmasterOf(dataDir), 'the last one stopped the database');
});

test('a data directory whose path has more than 200 characters works', async (t) => {
  const dataDir = join(temporary(t), 'data', 'a'.repeat(100), 'b'.repeat(110));
  const database = await open(t, dataDir);
  assert.equal((await sql(database, 'SELECT 1')).length, 1);
  await database.stop();
});

test('root may keep the data below directories that are closed to everybody else', async (t) => {
  if (!isRoot) return t.skip('this needs root');
  const closed = temporary(t);
  const parents = [closed, join(closed, 'x'), join(closed, 'x', 'y')];
  mkdirSync(join(closed, 'x', 'y'), { recursive: true, mode: 0o700 });
  const database = await open(t, join(closed, 'x', 'y', 'data'));
  assert.equal((await sql(database, 'SELECT 1')).length, 1);
  await sql(database, 'CREATE TABLE kept (id int)');
  await database.stop();
  const again = await open(t, join(closed, 'x', 'y', 'data'));
  assert.equal((await sql(again, 'SELECT * FROM kept')).length, 0);
  for (const path of parents) assert.equal(statSync(path).mode & 0o777, 0o700, `${path} is as it was`);
  await again.stop();
});

test('an ordinary user runs the database as well', async (t) => {
  if (!isRoot) return t.skip('this whole file runs as an ordinary user');
  if (!canReach(NOBODY, import.meta.dirname)) return t.skip('an ordinary user cannot reach these files');
  const directory = temporary(t);
  chownSync(directory, NOBODY.uid, NOBODY.gid);
  const dataDir = join(directory, 'data');
  const user = owner(dataDir, 'claim', NOBODY);
  assert.deepEqual(Object.keys(await user.next()), ['up', 'startedHere', 'host']);
  assert.equal(statSync(join(dataDir, 'postgres')).uid, NOBODY.uid);
  await user.leave();
  const asRoot = await open(t, dataDir);
  await asRoot.stop();
  rmSync(directory, { recursive: true, force: true });
});
