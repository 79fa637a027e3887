import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Database, Db } from '../../src/store/db.ts';
import { pngOfSize } from '../support/images.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { upload } from './files-support.ts';

let world: World;
let company: Company;
let person: Person;
/** The largest number of bytes that one statement carried, and how often a piece was read. */
const seen = { largest: 0, pieces: 0 };

function watching(db: Db): Db {
  return {
    rows: async (statement) => {
      const bytes = statement.values.map((value) => (value instanceof Buffer ? value.length : 0));
      seen.largest = Math.max(
        seen.largest,
        bytes.reduce((sum, size) => sum + size, 0),
      );
      if (/SELECT bytes FROM file_pieces/.test(statement.text)) seen.pieces += 1;
      return db.rows(statement);
    },
    pipeline: (statements, options) => db.pipeline(statements, options),
    transaction: (work) => db.transaction((inside) => work(watching(inside))),
  };
}

const decorate = (database: Database): Database => ({
  forCompany: (id) => watching(database.forCompany(id)),
  system: database.system,
  get waiting() {
    return database.waiting;
  },
  close: () => database.close(),
});

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 5, 15, 18) / 1000, decorate });
  company = await world.company();
  person = await company.person();
});
after(() => world.close());

interface Bytes {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

async function raw(id: number, headers: Record<string, string> = {}, method = 'GET', by = person): Promise<Bytes> {
  const answer = await fetch(`${world.url}/api/v1/files/raw?id=${id}`, {
    method,
    headers: { authorization: `Bearer ${by.token}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test('a file of 20 MB comes back byte for byte, in pieces both ways', async () => {
  const file = pngOfSize(20_971_520);
  const id = await upload(person, { file_data: file.toString('base64').replace(/.{76}/g, '$&\n') });
  assert.ok(seen.largest > 0 && seen.largest <= 2_097_152, `${seen.largest} bytes in one statement`);
  seen.pieces = 0;
  const { status, headers, bytes } = await raw(id);
  assert.equal(status, 200);
  assert.ok(bytes.equals(file));
  assert.equal(headers.get('etag'), `"${hash('sha256', file)}"`);
  assert.equal(seen.pieces, Math.ceil(file.length / 196_608));

  // Whoever reads slowly keeps no more waiting here than the network itself holds.
  seen.pieces = 0;
  const url = `${world.url}/api/v1/files/raw?id=${id}&oauth_token=${person.token}`;
  const received = await new Promise<Buffer>((resolve, reject) => {
    get(url, async (response) => {
      let [before, calm] = [-1, 0];
      while (calm < 10) {
        calm = before === seen.pieces ? calm + 1 : 0;
        before = seen.pieces;
        await setTimeout(20);
      }
      const waiting = seen.pieces;
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      if (waiting > 90) reject(new Error(`${waiting} pieces were read for somebody who reads nothing`));
      else resolve(Buffer.concat(parts));
    }).on('error', reject);
  });
  assert.ok(received.equals(file));
  // Somebody who goes away in the middle takes nobody with him.
  seen.pieces = 0;
  await new Promise<void>((resolve) => {
    const request = get(url, (response) => {
      response.once('data', () => request.destroy());
      response.on('error', () => resolve());
    });
  });
  assert.equal((await raw(id, { range: 'bytes=0-7' })).bytes.toString('latin1'), '\x89PNG\r\n\x1a\n');
});

test('any part comes back, across the pieces that are kept', async () => {
  const file = pngOfSize(500_000);
  const id = await upload(person, { file_data: file.toString('base64') });
  const cases: readonly [string, number, number][] = [
    ['bytes=0-0', 0, 1],
    ['bytes=196607-196608', 196_607, 196_609],
    ['bytes=196608-393215', 196_608, 393_216],
    ['bytes=100000-450000', 100_000, 450_001],
    ['bytes=-10', 499_990, 500_000],
    ['bytes=499999-', 499_999, 500_000],
    ['bytes=0-9999999', 0, 500_000],
  ];
  for (const [range, from, to] of cases) {
    const { status, headers, bytes } = await raw(id, { range });
    assert.deepEqual(
      [status, headers.get('content-range'), headers.get('content-length')],
      [206, `bytes ${from}-${to - 1}/500000`, String(to - from)],
      range,
    );
    assert.ok(bytes.equals(file.subarray(from, to)), range);
  }
  for (const range of ['bytes=500000-', 'bytes=-0']) {
    const { status, headers, bytes } = await raw(id, { range });
    assert.deepEqual([status, headers.get('content-range')], [416, 'bytes */500000']);
    assert.match(bytes.toString(), /^\{"error":\{"code":416,"message":"Range Not Satisfiable: /);
  }
  for (const range of ['bytes=0-1,5-6', 'bytes=9-3', 'lines=1-2', 'nonsense']) {
    const { status, bytes } = await raw(id, { range });
    assert.deepEqual([status, bytes.length], [200, 500_000], range);
  }
});

test('headers: a download for one person, known by its bytes', async () => {
  const file_name = 'Baustelle "Süd"\n現場.png';
  const id = await upload(person, { file_name });
  const { headers, bytes } = await raw(id);
  const tag = String(headers.get('etag'));
  const modified = String(headers.get('last-modified'));
  assert.deepEqual(
    Object.fromEntries(
      ['content-type', 'content-disposition', 'cache-control', 'vary', 'accept-ranges', 'x-content-type-options'].map(
        (name) => [name, headers.get(name)],
      ),
    ),
    {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="Baustelle _S_d___.png"; filename*=UTF-8''Baustelle%20%22S%C3%BCd%22%E7%8F%BE%E5%A0%B4.png`,
      'cache-control': 'private, max-age=86400',
      vary: 'authorization, vnd.tsheets.managedclientid',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    },
  );
  assert.match(modified, /GMT$/);
  const part = { range: 'bytes=1-3' };
  const statuses: readonly [Record<string, string>, number][] = [
    [{ 'if-none-match': tag }, 304],
    [{ 'if-none-match': `"x", W/${tag}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"x"' }, 200],
    [{ 'if-none-match': '"x"', 'if-modified-since': modified }, 200],
    [{ 'if-modified-since': modified }, 304],
    [{ 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
    [{ ...part, 'if-range': tag }, 206],
    [{ ...part, 'if-range': modified }, 206],
    [{ ...part, 'if-range': '"x"' }, 200],
    [{ ...part, 'if-range': `W/${tag}` }, 200],
    [{ ...part, 'if-range': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 200],
  ];
  for (const [conditions, status] of statuses) {
    const answer = await raw(id, conditions);
    assert.equal(answer.status, status, JSON.stringify(conditions));
    assert.equal(answer.bytes.length, { 200: bytes.length, 206: 3, 304: 0 }[status]);
  }
  seen.pieces = 0;
  const head = await raw(id, {}, 'HEAD');
  assert.deepEqual(
    [head.status, head.headers.get('content-length'), head.bytes.length],
    [200, String(bytes.length), 0],
  );
  assert.equal((await raw(id, part, 'HEAD')).status, 206);
  assert.equal(seen.pieces, 0, 'nothing is read for a HEAD');
  // Whatever a client says that it accepts.
  const json = await raw(id, { accept: 'application/json' });
  assert.equal(json.headers.get('content-type'), 'application/octet-stream');
});

test('what is no file of the one who asks is not found; errors are JSON', async () => {
  const id = await upload(person);
  const stranger = await (await world.company()).admin;
  const colleague = await company.person();
  for (const other of [stranger, colleague]) {
    const { status, bytes, headers } = await raw(id, {}, 'GET', other);
    assert.equal(status, 404);
    assert.deepEqual(JSON.parse(bytes.toString()), {
      error: { code: 404, message: 'Not Found: The file does not exist or was deleted' },
    });
    assert.equal(headers.get('cache-control'), 'no-store');
  }
  const cases: readonly [string, string, number][] = [
    ['GET', '/files/raw', 417],
    ['GET', '/files/raw?id=', 417],
    ['GET', '/files/raw?id=x', 417],
    ['GET', `/files/raw?id=${id},${id}`, 417],
    ['GET', '/files/raw?id=0', 404],
    ['GET', '/files/raw?id=-1', 404],
    ['GET', '/files/raw?id=2000000000', 404],
    ['GET', `/files/raw?ids=${id}`, 200],
    ['POST', `/files/raw?id=${id}`, 405],
    ['DELETE', `/files/raw?id=${id}`, 405],
    ['GET', '/files/nonsense', 404],
  ];
  for (const [method, path, status] of cases)
    assert.equal((await person.send(method, path)).status, status, `${method} ${path}`);
  const nobody = await fetch(`${world.url}/api/v1/files/raw?id=${id}`);
  assert.equal(nobody.status, 401);
  await nobody.text();
});
