import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { sql } from '../../src/store/sql.ts';
import type { Answer } from '../support/api.ts';
import { legacyOf, sendLegacy } from '../support/legacy.ts';
import { basic, resourceId, type Timekit, timekitApp, timekitWith } from '../support/timekit.ts';
import { timestationOf } from '../support/timestation.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 2, 2, 15) / 1000 });
  company = await world.company();
});
after(() => world.close());

type Answered = Pick<Answer, 'status' | 'headers' | 'text'>;

/** A write of one door under a key; `word` makes it another request. */
interface Door {
  readonly name: string;
  write(key: string, word: string): Promise<Answered>;
  /** How many rows these words have made. */
  count(word: string): Promise<number>;
  /** The status of a key that stands for another request, and of a malformed one. */
  readonly refusals: readonly [reused: number, malformed: number];
}

async function rowsWhere(table: 'jobcodes' | 'users' | 'booking_apps', column: string, word: string): Promise<number> {
  const text = `SELECT count(*) FROM ${table} WHERE company_id = $1 AND ${column} = $2`;
  const [row] = await world.services.database.system.rows({ text, values: [company.id, word] });
  return Number(row?.[0]);
}

function header(key: string): Record<string, string> {
  return { 'idempotency-key': key };
}

/** Requests with a key of the administrator himself. */
async function timekitAdmin(): Promise<Timekit> {
  const app = await timekitApp(world, company);
  const email = 'ada@example.test';
  await company.admin.put('/users', [{ id: company.admin.userId, email }]);
  const resource = { resource_id: await resourceId(world, company, company.admin.userId) };
  const key = header(randomUUID());
  const made = await app.api.post('/credentials', resource, key);
  assert.equal((await app.api.post('/credentials', resource, key)).text, made.text);
  const authorization = basic(String(made.body.data?.token), email);
  return timekitWith(world, { authorization, 'timekit-app': app.slug });
}

async function doors(): Promise<Door[]> {
  const legacy = await legacyOf(world, company, company.admin);
  const timestation = await timestationOf(world, company);
  const timekit = await timekitAdmin();
  const body = (word: string): string => JSON.stringify({ data: [{ name: word, type: 'regular' }] });
  return [
    {
      name: 'TSheets REST',
      write: (key, word) => company.admin.send('POST', '/jobcodes', body(word), header(key)),
      count: (word) => rowsWhere('jobcodes', 'name', word),
      refusals: [422, 400],
    },
    {
      name: 'TSheets legacy',
      write: (key, word) => {
        const params = { action: 'jobcode_add', job_code_name: word, token: legacy.token, output_format: 'json' };
        return sendLegacy(world, params, { headers: header(key) });
      },
      count: (word) => rowsWhere('jobcodes', 'name', word),
      refusals: [200, 200],
    },
    {
      name: 'TimeStation',
      write: (key, word) => {
        const type = { 'content-type': 'application/x-www-form-urlencoded' };
        return timestation.send('POST', '/departments', `name=${word}`, { ...type, ...header(key) });
      },
      count: (word) => rowsWhere('jobcodes', 'name', word),
      refusals: [422, 400],
    },
    {
      name: 'Timekit',
      write: (key, word) => timekit.post('/apps', { name: word }, header(key)),
      count: (word) => rowsWhere('booking_apps', 'name', word),
      refusals: [422, 422],
    },
  ];
}

test('a write under a key happens once through every door, however often and at once it is sent', async () => {
  for (const { name, write, count, refusals } of await doors()) {
    const [key, word] = [randomUUID(), `once-${randomUUID()}`];
    const answers = await Promise.all([write(key, word), write(key, word), write(key, word)]);
    answers.push(await write(key, word));
    assert.equal(await count(word), 1, `${name}: ${answers[0]?.text}`);
    assert.equal(
      new Set(answers.map(({ status, text }) => `${status} ${text}`)).size,
      1,
      `${name}: ${answers[0]?.text}`,
    );
    assert.ok((answers[0]?.status ?? 500) < 300, answers[0]?.text);
    assert.equal(new Set(answers.map(({ headers }) => headers.get('content-type'))).size, 1, name);
    const replayed = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true');
    assert.equal(replayed.length, 3, name);

    const other = `other-${word}`;
    const reused = await write(key, other);
    assert.equal(reused.status, refusals[0], `${name}: ${reused.text}`);
    assert.match(reused.text, /Idempotency-Key/, name);
    const malformed = await write('two words', other);
    assert.equal(malformed.status, refusals[1], `${name}: ${malformed.text}`);
    assert.equal(await count(other), 0, name);
    assert.equal((await write(randomUUID(), other)).headers.get('idempotent-replayed'), null, name);
    assert.equal(await count(other), 1, name);
  }
});

test('a request that was refused is not kept, and items that failed are', async () => {
  const key = header(randomUUID());
  const ghost = {
    data: [{ user_id: 999_999, type: 'regular', jobcode_id: 1, start: '2026-03-02T08:00:00-07:00', end: '' }],
  };
  const first = await company.admin.send('POST', '/timesheets', JSON.stringify(ghost), key);
  const again = await company.admin.send('POST', '/timesheets', JSON.stringify(ghost), key);
  assert.equal(first.text, again.text);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');

  const refused = header(randomUUID());
  const many = { data: Array.from({ length: 51 }, () => ({ name: 'x' })) };
  assert.equal((await company.admin.send('POST', '/jobcodes', JSON.stringify(many), refused)).status, 413);
  const good = { data: [{ name: `after-${randomUUID()}`, type: 'regular' }] };
  const done = await company.admin.send('POST', '/jobcodes', JSON.stringify(good), refused);
  assert.equal(done.headers.get('idempotent-replayed'), null);
  assert.equal(done.body.results?.jobcodes?.['1']?._status_code, 200, done.text);
});

test('PUT and DELETE keep their answers too, and a key belongs to one user', async () => {
  const jobcode = await company.jobcode();
  const name = `renamed-${randomUUID()}`;
  const key = header(randomUUID());
  const put = (): Promise<Answer> =>
    company.admin.send('PUT', '/jobcodes', JSON.stringify({ data: [{ id: jobcode, name }] }), key);
  assert.equal((await put()).text, (await put()).text);

  const person = await company.person();
  const now = world.clock.now();
  const start = new Date((now - 7200) * 1000).toISOString().replace('.000Z', '+00:00');
  const end = new Date((now - 3600) * 1000).toISOString().replace('.000Z', '+00:00');
  const entry = { user_id: person.userId, type: 'regular', jobcode_id: jobcode, start, end };
  const made = await company.admin.post('/timesheets', [entry]);
  const id = Number(made.body.results?.timesheets?.['1']?.id);
  const gone = header(randomUUID());
  const remove = (): Promise<Answer> => company.admin.send('DELETE', `/timesheets?ids=${id}`, undefined, gone);
  const [first, second] = [await remove(), await remove()];
  assert.equal(first.body.results?.timesheets?.['1']?._status_code, 200, first.text);
  assert.equal(second.text, first.text);

  const mine = await person.send('PUT', '/jobcodes', JSON.stringify({ data: [{ id: jobcode, name }] }), key);
  assert.equal(mine.headers.get('idempotent-replayed'), null);
});

test('what one item of a bulk request did not do is undone, and the others stay', async () => {
  const person = await company.person();
  const { api } = await timekitApp(world, company, { name: `Bulk ${randomUUID()}` });
  const [row] = await world.services.database.system.rows(
    sql`SELECT uuid FROM users WHERE company_id = ${company.id} AND id = ${person.userId}`,
  );
  const at = (hour: number) => ({
    resource_id: row?.[0],
    graph: 'instant',
    start: `2026-03-03T${String(hour).padStart(2, '0')}:00:00+00:00`,
    end: `2026-03-03T${String(hour + 1).padStart(2, '0')}:00:00+00:00`,
    what: 'Visit',
    where: 'Office',
    description: '',
    customer: { name: 'Cara', email: 'cara@example.com' },
  });
  const bookings = [at(16), at(16), at(18)];
  const key = header(randomUUID());
  const first = await api.post('/bookings/bulk', { bookings }, key);
  const again = await api.post('/bookings/bulk', { bookings }, key);
  assert.equal(first.status, 201, first.text);
  assert.equal(again.text, first.text);
  assert.ok(first.body.errors?.['bookings.1'] !== undefined || first.text.includes('bookings.1'), first.text);
  const [held] = await world.services.database.system.rows(
    sql`SELECT count(*) FROM booking_holds WHERE company_id = ${company.id} AND user_id = ${person.userId}`,
  );
  assert.equal(Number(held?.[0]), 2);
});

test('an answer is kept for a day, and tells nobody who has not the key', async () => {
  const admin = await timekitAdmin();
  const key = randomUUID();
  const name = `Secret ${randomUUID()}`;
  const first = await admin.post('/apps', { name }, header(key));
  const kept = await world.services.database.system.rows(
    sql`SELECT key_hash, fingerprint, body FROM idempotency_keys WHERE company_id = ${company.id}`,
  );
  const token = String(first.body.data?.app_token);
  assert.match(token, /^live_api_key_/, first.text);
  assert.ok(
    kept.length > 0 && kept.flat().every((cell) => !String(cell).includes(token) && !String(cell).includes(key)),
  );
  const later = world.clock.now() + 86_401;
  await world.runJobs(later);
  assert.equal((await admin.post('/apps', { name }, header(key))).headers.get('idempotent-replayed'), null);
});

test('those who wait for the answer to their key take no connection from others', async () => {
  const other = await world.company();
  const holder = new pg.Client(world.fresh.connection);
  await holder.connect();
  try {
    await holder.query("SELECT pg_advisory_lock(hashtext('jobcodes'), $1)", [company.id]);
    const [key, body] = [header(randomUUID()), JSON.stringify({ data: [{ name: randomUUID(), type: 'regular' }] })];
    const equal = Array.from({ length: 12 }, () => company.admin.send('POST', '/jobcodes', body, key));
    const done = await Promise.race([...equal, other.admin.post('/jobcodes', [{ name: 'Theirs', type: 'regular' }])]);
    assert.match(done.text, /Theirs/);
    await holder.query("SELECT pg_advisory_unlock(hashtext('jobcodes'), $1)", [company.id]);
    const texts = (await Promise.all(equal)).map(({ text }) => text);
    assert.equal(new Set(texts).size, 1);
  } finally {
    await holder.end();
  }
});
