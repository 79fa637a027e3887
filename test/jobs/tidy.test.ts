import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Runner } from '../../src/jobs/runner.ts';
import { tidy } from '../../src/jobs/tidy.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import { sql } from '../../src/store/sql.ts';
import { openWorld } from '../support/world.ts';
import { message, now, send, setUser } from './messages-support.ts';

const day = 86_400;

test('every day what has expired is deleted, and nothing else', async (t) => {
  const world = await openWorld({ now });
  t.after(() => world.close());
  const company = await world.company();
  const { userId } = company.admin;
  const { system } = world.services.database;
  await setUser(world, company, userId, { email: 'ada@example.com' });
  const old = message(userId, { subject: 'old' });
  await send(
    world,
    company,
    old,
    { ...old, method: 'dashboard' },
    message(userId, { method: 'dashboard', subject: 'unread' }),
  );
  await world.runJobs();
  await system.rows(sql`
    UPDATE dashboard_messages SET read = true, read_at = to_timestamp(${now}::float8) WHERE subject = 'old'`);
  await issueToken(world.services, { companyId: company.id, userId, label: 'short', expiresAt: now + 60 }, now);

  const left = async (): Promise<Record<string, number>> => {
    const count = async (text: string): Promise<number> =>
      Number((await system.rows({ text, values: [] } as never))[0]?.[0]);
    return {
      outbox: await count('SELECT count(*) FROM outbox'),
      files: (await readdir(join(world.services.config.dataDir, 'outbox'))).length,
      read: await count("SELECT count(*) FROM dashboard_messages WHERE subject = 'old'"),
      unread: await count("SELECT count(*) FROM dashboard_messages WHERE subject = 'unread'"),
      tokens: await count("SELECT count(*) FROM access_tokens WHERE label = 'short'"),
    };
  };
  const runner = new Runner(world.services, [tidy]);
  await system.rows(sql`DELETE FROM jobs`);
  await runner.keepRepeating();
  const runTo = async (moment: number): Promise<Record<string, number>> => {
    await runner.runUntil(moment, (due) => world.clock.set(due));
    return left();
  };
  assert.deepEqual(await left(), { outbox: 1, files: 1, read: 1, unread: 1, tokens: 1 });
  assert.deepEqual(await runTo(now + 29 * day), { outbox: 1, files: 1, read: 1, unread: 1, tokens: 1 });
  assert.deepEqual(await runTo(now + 31 * day), { outbox: 0, files: 0, read: 1, unread: 1, tokens: 0 });
  assert.deepEqual(await runTo(now + 89 * day), { outbox: 0, files: 0, read: 1, unread: 1, tokens: 0 });
  assert.deepEqual(await runTo(now + 92 * day), { outbox: 0, files: 0, read: 0, unread: 1, tokens: 0 });
});
