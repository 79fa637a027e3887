import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Job, JobRun } from '../../src/jobs/job.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { DomainError } from '../../src/lib/errors.ts';
import { enqueue, type QueuedJob } from '../../src/store/queue.ts';
import { savepoint } from '../../src/store/savepoint.ts';
import { sql } from '../../src/store/sql.ts';
import { openWorld, type World } from '../support/world.ts';
import { jobsNamed, now } from './messages-support.ts';

let world: World;

before(async () => {
  world = await openWorld({ now });
  await world.services.database.system.rows(sql`CREATE TABLE effects (job bigint, note text)`);
});
after(() => world.close());
beforeEach(async () => {
  world.clock.set(now);
  await world.services.database.system.rows(sql`DELETE FROM jobs`);
  await world.services.database.system.rows(sql`DELETE FROM effects`);
});

/** A runner of one job, whose runs do this. */
function runnerOf(run: (run: JobRun) => Promise<void>, more: Partial<Job> = {}): Runner {
  return new Runner(world.services, [{ name: 'task', means: 'is a test', ...more, run }]);
}

const put = (...jobs: Partial<QueuedJob>[]): Promise<void> =>
  enqueue(
    world.services.database.system,
    0,
    jobs.map((job) => ({ name: 'task', payload: {}, due: now, ...job })),
  );

const effect = ({ db }: JobRun, note: unknown): Promise<unknown> =>
  db.rows(sql`INSERT INTO effects (note) VALUES (${String(note)})`);

async function effects(): Promise<string[]> {
  const rows = await world.services.database.system.rows(sql`SELECT note FROM effects ORDER BY ctid`);
  return rows.map(([note]) => String(note));
}

const noteOf = ({ payload }: JobRun): unknown => (payload as { note?: unknown }).note;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let patience = 1_000; !(await holds()); patience -= 1) {
    assert.ok(patience > 0, 'it never came about');
    await sleep(10);
  }
}

test('jobs run in the order in which they are due, and what they enqueue on the way runs in its place', async () => {
  const seen: [note: unknown, at: number][] = [];
  const runner = runnerOf(async (run) => {
    seen.push([noteOf(run), run.now - now]);
    if (noteOf(run) === 'b') await enqueue(run.db, 0, [{ name: 'task', payload: { note: 'c' }, due: now + 25 }]);
  });
  await put(
    { payload: { note: 'd' }, due: now + 30 },
    { payload: { note: 'a' }, due: now + 10 },
    { payload: { note: 'b' }, due: now + 20 },
    { payload: { note: 'later' }, due: now + 61 },
  );
  const moments: number[] = [];
  assert.equal(await runner.runUntil(now + 60, (moment) => moments.push(moment - now)), 4);
  assert.deepEqual(seen, [
    ['a', 10],
    ['b', 20],
    ['c', 25],
    ['d', 30],
  ]);
  assert.deepEqual(moments, [10, 20, 25, 30]);
  assert.equal((await jobsNamed(world, 'task')).length, 1);
});

test('a failure undoes what the run wrote, and only that', async () => {
  const runner = runnerOf(async (run) => {
    await effect(run, noteOf(run));
    await savepoint(run.db, async () => {
      await effect(run, 'inner');
      await run.db.rows(sql`SELECT 1 / 0`);
    }).catch(() => undefined);
    if (noteOf(run) === 'bad') throw new DomainError('invalid', 'It was bad.');
  });
  await put({ payload: { note: 'bad' } }, { payload: { note: 'good' } });
  assert.equal(await runner.runUntil(now), 2);
  assert.deepEqual(await effects(), ['good']);
  assert.deepEqual(await jobsNamed(world, 'task'), [{ attempts: 1, dueIn: 10, error: 'It was bad.', dead: false }]);
});

test('a job that breaks its connection, or whose commit is refused, is counted too and does not stop the others', async () => {
  await world.services.database.system.rows(sql`
    CREATE TABLE IF NOT EXISTS picky (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)`);
  const killer = new pg.Client(world.fresh.connection);
  await killer.connect();
  const runner = runnerOf(
    async (run) => {
      await effect(run, noteOf(run));
      if (noteOf(run) === 'cut') {
        const [row] = await run.db.rows(sql`SELECT pg_backend_pid()`);
        await killer.query('SELECT pg_terminate_backend($1)', [row?.[0]]);
        await run.db.rows(sql`SELECT 1`);
      }
      if (noteOf(run) === 'refused') await run.db.rows(sql`INSERT INTO picky VALUES (1), (1)`);
    },
    { attempts: 2 },
  );
  await put({ payload: { note: 'cut' } }, { payload: { note: 'refused' } }, { payload: { note: 'fine' } });
  assert.equal(await runner.runUntil(now + 60), 5);
  assert.deepEqual(await effects(), ['fine']);
  const jobs = await jobsNamed(world, 'task');
  assert.deepEqual(
    jobs.map(({ attempts, dead }) => [attempts, dead]),
    [
      [2, true],
      [2, true],
    ],
  );
  await killer.end();
});

test('a repeated job waits for the next moment of its grid, also after failures, and knows its last run', async () => {
  const runs: (number | undefined)[][] = [];
  let broken = true;
  const runner = runnerOf(
    async (run) => {
      runs.push([run.now - now, run.previous === undefined ? undefined : run.previous - now]);
      if (broken) throw new Error('not yet');
    },
    { every: 60 },
  );
  world.clock.set(now + 5);
  await runner.keepRepeating();
  await runner.runUntil(now + 130);
  broken = false;
  await runner.runUntil(now + 250);
  assert.deepEqual(runs, [
    [60, undefined],
    [120, undefined],
    [180, undefined],
    [240, 180],
  ]);
  assert.deepEqual(
    (await jobsNamed(world, 'task')).map(({ attempts, dueIn }) => [attempts, dueIn]),
    [[0, 295]],
  );

  // The clock is set back: the job comes again at once, and its last run is not in the future.
  world.clock.set(now - 1_000);
  await runner.keepRepeating();
  await runner.runUntil(now - 940);
  assert.deepEqual(runs.at(-1), [-960, -960]);
});

test('a job that enqueues itself anew by its key runs again', async () => {
  let runs = 0;
  const runner = runnerOf(async (run) => {
    runs += 1;
    if (runs < 3) await enqueue(run.db, 0, [{ name: 'task', key: 'one', payload: {}, due: run.now + 10 }]);
  });
  await put({ key: 'one' });
  assert.equal(await runner.runUntil(now + 100), 3);
  assert.deepEqual(await jobsNamed(world, 'task'), []);
});

test('a name that no job has is tried as often as any other, and given up', async () => {
  await put({ name: 'unheard-of' });
  assert.equal(await runnerOf(async () => undefined).runUntil(now + 86_400 * 2), 8);
  assert.equal((await jobsNamed(world, 'unheard-of'))[0]?.dead, true);
});

test('runners share the work: a hundred jobs, four lanes each, no job twice', async () => {
  await put(...Array.from({ length: 100 }, (_, note) => ({ payload: { note } })));
  const work = async (run: JobRun): Promise<void> => {
    await effect(run, noteOf(run));
    await sleep(Math.random() * 5);
  };
  const runners = [runnerOf(work), runnerOf(work)];
  await Promise.all(runners.map((runner) => runner.start(2)));
  await until(async () => (await jobsNamed(world, 'task')).length === 0);
  await Promise.all(runners.map((runner) => runner.stop()));
  const notes = (await effects()).map(Number).sort((a, b) => a - b);
  assert.deepEqual(
    notes,
    Array.from({ length: 100 }, (_, note) => note),
  );
});

test('advancing the clock waits for a job that another runner has, and does not do it again', async () => {
  const gate = Promise.withResolvers<void>();
  let running = false;
  const first = runnerOf(async (run) => {
    running = true;
    await gate.promise;
    await effect(run, noteOf(run));
  });
  const second = runnerOf((run) => effect(run, `second ${noteOf(run)}`) as Promise<never>);
  await put({ payload: { note: 'slow' } }, { payload: { note: 'next' }, due: now + 5 });
  await first.start(1);
  await until(() => running);
  const advanced = second.runUntil(now + 10);
  await sleep(50);
  assert.deepEqual(await effects(), []);
  gate.resolve();
  assert.equal(await advanced, 1);
  await first.stop();
  assert.deepEqual(await effects(), ['slow', 'second next']);
});

test('a runner that stops finishes what runs and takes nothing more', async () => {
  const gate = Promise.withResolvers<void>();
  let running = 0;
  const runner = runnerOf(async (run) => {
    running += 1;
    await gate.promise;
    assert.equal(run.signal.aborted, false);
    await effect(run, noteOf(run));
  });
  await put({ payload: { note: 1 } }, { payload: { note: 2 } });
  await runner.start(1);
  await until(() => running === 1);
  let stopped = false;
  const stopping = runner.stop().then(() => {
    stopped = true;
  });
  await sleep(30);
  assert.equal(stopped, false);
  gate.resolve();
  await stopping;
  assert.deepEqual(await effects(), ['1']);
  assert.equal((await jobsNamed(world, 'task')).length, 1);
});

test('a run that does not end is cut short after the stop, and its job stays as it was', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let running: JobRun | undefined;
  const runner = runnerOf(async (run) => {
    running = run;
    await effect(run, 'half');
    await new Promise(() => undefined);
  });
  await put({});
  await runner.start(1);
  while (running === undefined) await new Promise(setImmediate);
  const stopping = runner.stop();
  t.mock.timers.tick(10_000);
  assert.equal(running.signal.aborted, true);
  t.mock.timers.tick(5_000);
  await stopping;
  assert.deepEqual(await effects(), []);
  assert.deepEqual(
    (await jobsNamed(world, 'task')).map(({ attempts }) => attempts),
    [0],
  );
  // What comes too late is not written.
  await assert.rejects(effect(running, 'late'));
});

test('a heap of messages does not hold up what repeats', async () => {
  const order: string[] = [];
  const runner = new Runner(world.services, [
    { name: 'task', means: 'is one of many', run: async () => void order.push('task') },
    { name: 'tick', means: 'repeats', every: 60, run: async () => void order.push('tick') },
  ]);
  await runner.keepRepeating();
  await put(...Array.from({ length: 20 }, () => ({})));
  world.clock.set(now + 61);
  await runner.start(1);
  await until(() => order.length === 21);
  await runner.stop();
  assert.equal(order[0], 'tick');
});

test('a clock that is advanced passes over idle runs of a repeated job, for an hour at most, and never over its end', async () => {
  const ran: number[] = [];
  const busy = [now + 600, now + 5_430];
  const runner = runnerOf(async (run) => void ran.push(run.now - now), {
    every: 60,
    idleUntil: async (_db, moment, until) => busy.find((one) => one > moment) ?? until,
  });
  await runner.keepRepeating();
  await runner.runUntil(now + 10_000);
  // Busy at 600 and after 5430; 60 and 4200 are the first run and the hour that is over; 9060 is on the way to 10000.
  assert.deepEqual(ran, [60, 600, 4_200, 5_460, 9_060]);
  // The next run is no later than it would have been without.
  assert.deepEqual(
    (await jobsNamed(world, 'task')).map(({ dueIn }) => dueIn),
    [10_020],
  );
});
