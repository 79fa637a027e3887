import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { listening, type Run, runMain } from '../http/process.ts';
import { type Api, apiOf } from '../support/api.ts';
import { kill, postmasterOf, temporary } from './support.ts';

const token = 'S.1__acknowledged';

interface Server {
  run: Run;
  api: Api;
}

async function start(t: TestContext, dataDir: string): Promise<Server> {
  const env = { OPENPUNCH_DATA_DIR: dataDir, OPENPUNCH_DEMO: 'yes', OPENPUNCH_DEMO_TOKEN: token, OPENPUNCH_LOG: 'off' };
  const run = runMain(t, ['serve'], { ...env, OPENPUNCH_RATE_LIMIT: 'off' });
  return { run, api: apiOf(`${await listening(run)}/api/v1`, token) };
}

/** Records time until the server is gone, under the ids that it answered with. */
async function recordUntilDead({ api }: Server, acknowledged: number[]): Promise<void> {
  const item = { user_id: 1, jobcode_id: 4, type: 'manual', date: '2026-01-05', duration: 36 };
  try {
    for (;;) {
      const { status, body } = await api.post('/timesheets', [item, item]);
      if (status !== 200) break;
      for (const row of Object.values(body.results?.timesheets ?? {})) {
        if (Number(row._status_code) === 200) acknowledged.push(Number(row.id));
      }
    }
  } catch {
    // The connection broke: what was under way was not acknowledged.
  }
}

async function demandAll({ api }: Server, acknowledged: readonly number[]): Promise<void> {
  const found = new Set<number>();
  for (let page = 1; ; page += 1) {
    const { body } = await api.get('/timesheets', {
      start_date: '2026-01-05',
      end_date: '2026-01-05',
      user_ids: 1,
      page,
    });
    for (const id of Object.keys(body.results?.timesheets ?? {})) found.add(Number(id));
    if (String(body.more) === 'false') break;
  }
  assert.deepEqual(
    acknowledged.filter((id) => !found.has(id)),
    [],
  );
}

test('nothing that was acknowledged is lost when the server, the database or both are killed', async (t) => {
  const dataDir = join(temporary(t), 'data');
  let server = await start(t, dataDir);
  const acknowledged: number[] = [];
  const die = async (victims: (server: Server) => void): Promise<void> => {
    const ids: number[] = [];
    const recorded = recordUntilDead(server, ids);
    while (ids.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    victims(server);
    await recorded;
    acknowledged.push(...ids);
  };

  await die(({ run }) => run.child.kill('SIGKILL'));
  server = await start(t, dataDir);
  await demandAll(server, acknowledged);

  await die(({ run }) => {
    kill(postmasterOf(dataDir));
    run.child.kill('SIGKILL');
  });
  server = await start(t, dataDir);
  await demandAll(server, acknowledged);

  await die(() => kill(postmasterOf(dataDir)));
  for (;;) {
    const { status } = await server.api.get('/current_user');
    if (status === 200) break;
    assert.equal(status, 503);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await demandAll(server, acknowledged);
  server.run.child.kill('SIGTERM');
  assert.equal(await server.run.ended, 0);
});
