import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { definitions, now } from '../conformance/battery.ts';
import type { Row } from '../support/rows.ts';
import { itemsOf, listAll, makeRows, sampleOf } from '../support/samples.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import { belongingsOf } from './belongings.ts';
import { fire, type Hit, inParallel } from './fire.ts';
import { type Ammunition, type Shot, shots } from './shots.ts';

const count = 1_500;
const seed = Number(process.env.OPENPUNCH_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
let world: World;
let stranger: Stage;
let shooter: Stage;
let ammunition: Ammunition;

before(async () => {
  world = await openWorld({ now });
  [stranger, shooter] = [await openStage(world), await openStage(world)];
  const ids: number[] = [];
  const items = new Map<string, Row>();
  for (const definition of definitions) {
    for (const stage of [stranger, shooter]) {
      await makeRows(stage, definition, 3);
      const rows = await listAll(stage, definition);
      ids.push(...rows.map(({ id }) => Number(id)).filter((id) => id !== shooter.admin.userId));
    }
    if (definition.verbs.has('create')) items.set(definition.name, (await itemsOf(shooter, definition, 1))[0] ?? {});
  }
  const queries = new Map(
    definitions.map((definition) => [
      definition.name,
      new URLSearchParams(
        Object.entries(sampleOf(definition).all(shooter)).map(([key, value]) => [key, String(value)]),
      ).toString(),
    ]),
  );
  ammunition = { ids, items, queries };
});
after(async () => {
  agent.destroy();
  await world.close();
});

/** Why an answer is not what the reference promises; undefined when it is. */
function faultOf({ method }: Shot, { status, type, text }: Hit): string | undefined {
  if (status >= 500 && status !== 501) return 'a fault of the server';
  if (text.includes(stranger.word) || text.includes(stranger.company.clientUrl)) return 'tells about another company';
  if (text.includes(shooter.admin.token)) return 'tells the token';
  if (method === 'HEAD' || status === 204) return text === '' ? undefined : 'a body where none may be';
  if (!/^application\/json/.test(type)) return `not JSON but ${type}`;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  // The detail of a project's estimate has its projects where others have results.
  const {
    error,
    projects,
    results = projects,
  } = body as {
    error?: { code?: unknown; message?: unknown };
    projects?: object;
    results?: object;
  };
  if (status >= 400) {
    const fine = error?.code === status && typeof error.message === 'string' && error.message !== '';
    return fine ? undefined : 'an error of another shape';
  }
  if (status !== 200 || results === undefined) return 'neither results nor an error';
  if (/"_status_code":5(?!01)\d\d/.test(text)) return 'an item that failed by a fault of the server';
  return undefined;
}

test(`${count} requests that no sensible client sends are answered by the rules and reach no other company`, async () => {
  const before = await belongingsOf(world, stranger);
  const targets = fc.sample(shots(ammunition), { numRuns: count, seed });
  const faults = new Map<string, string>();
  const statuses = new Map<number, number>();
  const { token } = shooter.admin;
  const base = new URL(`${world.url}/api/v1`);
  await inParallel(targets, 8, async (shot) => {
    const hit = await fire(base, agent, `Bearer ${token}`, shot).catch((error: Error) => ({
      status: 0,
      type: '',
      text: error.message,
    }));
    statuses.set(hit.status, (statuses.get(hit.status) ?? 0) + 1);
    const fault = hit.status === 0 ? `no answer: ${hit.text}` : faultOf(shot, hit);
    if (fault === undefined) return;
    const key = `${fault} ${hit.status} ${shot.method} ${shot.path.split('?')[0]?.slice(0, 40)}`;
    if (!faults.has(key))
      faults.set(
        key,
        `${JSON.stringify({ ...shot, body: String(shot.body ?? '').slice(0, 400) }).slice(0, 500)}\n  → ${hit.text.slice(0, 300)}`,
      );
  });
  const report = [...faults].slice(0, 25).map(([key, example]) => `${key}\n  ${example}`);
  assert.deepEqual(report, [], `OPENPUNCH_FUZZ_SEED=${seed}`);
  assert.deepEqual(await belongingsOf(world, stranger), before, 'nothing of the other company changed');
  assert.ok((statuses.get(200) ?? 0) > count / 4, `too few got past the door: ${JSON.stringify([...statuses])}`);
  const still = await shooter.admin.get('/users', { active: 'both' });
  assert.equal(still.status, 200, 'the shooter may still come in');
});

test('a body of ten megabytes is refused, and the server goes on', async () => {
  const body = `{"data":[{"name":"${'x'.repeat(10 * 1_048_576)}"}]}`;
  const shot = { method: 'POST', path: '/groups', headers: { 'content-type': 'application/json' }, body };
  const hit = await fire(new URL(`${world.url}/api/v1`), agent, `Bearer ${shooter.admin.token}`, shot);
  assert.deepEqual([hit.status, faultOf(shot, hit)], [413, undefined], hit.text);
  assert.equal((await shooter.admin.get('/groups')).status, 200);
});
