import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../src/lib/errors.ts';
import { kill, open, owner, postmasterOf, sql, temporary, until } from './support.ts';

/** A listener for a restart, as a promise. */
function restartOf(database: { onRestart(listener: () => void): void }): Promise<void> {
  return new Promise((resolve) => database.onRestart(resolve));
}

test('a server that was killed leaves its database running, and the next one adopts it', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const server = owner(dataDir, 'claim');
  const { host } = await server.next();
  const pid = postmasterOf(dataDir);
  await server.kill();
  const database = await open(t, dataDir);
  assert.equal(database.startedHere, false);
  assert.equal(database.connection.host, host);
  assert.equal(postmasterOf(dataDir), pid);
  await database.claim();
  await database.stop();
  assert.equal(existsSync(join(dataDir, 'postgres', 'postmaster.pid')), false, 'an adopted database is stopped too');
});

test('a database that was killed is started again with all committed rows, and the server is told', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const database = await open(t, dataDir);
  await database.claim();
  await sql(database, 'CREATE TABLE kept (id int); INSERT INTO kept SELECT generate_series(1, 1000)');
  const before = database.connection;
  for (const _ of ['started', 'restarted']) {
    const restarted = restartOf(database);
    kill(postmasterOf(dataDir));
    await restarted;
    assert.deepEqual(database.connection, before, 'connection settings stay valid');
    assert.equal((await sql(database, 'SELECT * FROM kept')).length, 1000);
  }
  const second = owner(dataDir, 'claim');
  assert.equal((await second.next()).refused, `Another OpenPunch server is running on ${dataDir}.`);
  await second.ended();
  await database.stop();
});

test('an adopted database that is killed is started again, even while a query was running', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const server = owner(dataDir, 'use');
  await server.next();
  await server.kill();
  const database = await open(t, dataDir);
  const query = assert.rejects(sql(database, 'SELECT pg_sleep(30)'));
  await sleep(200);
  const restarted = restartOf(database);
  kill(postmasterOf(dataDir));
  await restarted;
  assert.equal(database.startedHere, true);
  assert.equal((await sql(database, 'SELECT 1')).length, 1);
  await query;
  await database.stop();
});

test('when server and database were both killed the next start recovers, whoever has their process number now', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const server = owner(dataDir, 'claim');
  const { host = '' } = await server.next();
  const database = await open(t, dataDir);
  await sql(database, 'CREATE TABLE kept AS SELECT generate_series(1, 1000)');
  // Both at once: the owner must not find the time to start the database again.
  await database.stop();
  await Promise.all([server.kill(), Promise.resolve(kill(postmasterOf(dataDir)))]);
  await until('the database is gone', () => !isRunning(postmasterOf(dataDir)));
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [process.pid, ...lines.slice(1)].join('\n'));
  const next = await open(t, dataDir);
  assert.equal((await sql(next, 'SELECT * FROM kept')).length, 1000);
  assert.equal(next.connection.host, host, 'the socket directory left behind is used again');
  await next.claim();
  await next.stop();
  assert.equal(existsSync(host), false);
});

test('a second server on the same directory is refused, and a command beside the server leaves its database alone', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const server = owner(dataDir, 'claim');
  assert.equal((await server.next()).startedHere, true);
  const second = await open(t, dataDir);
  await assert.rejects(second.claim(), (error) => {
    assert.ok(error instanceof DomainError);
    assert.equal(error.kind, 'conflict');
    assert.equal(error.detail, `Another OpenPunch server is running on ${dataDir}.`);
    return true;
  });
  await second.stop();
  const command = await open(t, dataDir);
  assert.equal(command.startedHere, false);
  await server.leave();
  await command.claim();
  await command.stop();
});

function isRunning(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return existsSync('/proc') ? false : isAlive(pid);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
