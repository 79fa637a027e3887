import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from '../../src/store/sql.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { overlapsOf } from './overlaps.ts';

const now = Date.UTC(2026, 2, 10, 12) / 1000;
// Two days around the night on which clocks move in America, in quarters of an hour.
const first = Date.UTC(2026, 2, 7) / 1000;
let world: World;
let company: Company;
let jobs: number[];

before(async () => {
  world = await openWorld({ now });
  company = await world.company();
  jobs = [await company.jobcode(), await company.jobcode({ type: 'unpaid_break' })];
});
after(() => world.close());

interface Step {
  verb: 'enter' | 'clock in' | 'manual' | 'change' | 'end' | 'remove' | 'batch';
  slot: number;
  length: number;
  job: number;
  /** Which of the rows made before. */
  target: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom('enter', 'enter', 'enter', 'clock in', 'manual', 'change', 'end', 'remove', 'batch'),
  slot: fc.integer({ min: 0, max: 192 }),
  length: fc.integer({ min: 0, max: 30 }),
  job: fc.integer({ min: 0, max: 1 }),
  target: fc.nat(20),
});

function moment(slot: number): string {
  return new Date((first + slot * 900) * 1000).toISOString();
}

/** Statuses that a step may have; anything else is a fault. */
const honest = new Set([200, 201, 404, 406, 409, 417]);

async function run(person: Person, { verb, slot, length, job, target }: Step, known: number[]): Promise<void> {
  const common = { user_id: person.userId, jobcode_id: jobs[job] };
  const regular = (at: number): Row => ({ ...common, type: 'regular', start: moment(at), end: moment(at + length) });
  const id = known[target % Math.max(1, known.length)] ?? 1;
  const take = async (items: readonly Row[]): Promise<void> => {
    for (const item of items) {
      assert.ok(honest.has(Number(item._status_code)), JSON.stringify(item));
      if (typeof item.id === 'number' && Number(item._status_code) < 300) known.push(item.id);
    }
  };
  const post = async (...items: Row[]): Promise<void> =>
    take(rowsIn(await company.admin.post('/timesheets', items), 'timesheets'));
  const put = async (item: Row): Promise<void> =>
    take(rowsIn(await company.admin.put('/timesheets', [{ id, ...item }]), 'timesheets'));
  switch (verb) {
    case 'enter':
      return post(regular(slot));
    case 'batch':
      return post(regular(slot), regular(slot + 5), { ...regular(slot), jobcode_id: jobs[1] }, regular(slot + length));
    case 'clock in':
      return post({ ...common, type: 'regular', start: moment(slot), end: '' });
    case 'manual':
      return post({ ...common, type: 'manual', date: moment(slot).slice(0, 10), duration: length * 900 });
    case 'change':
      return put({ start: moment(slot), end: moment(slot + length) });
    case 'end':
      return put({ end: moment(slot) });
    case 'remove':
      await company.admin.delete('/timesheets', [id]);
  }
}

/** What must hold of every stored timesheet of a user, whatever happened before. */
async function demandSound(person: Person, zone: string): Promise<void> {
  assert.deepEqual(await overlapsOf(world, company.id), []);
  const open = await world.services.database.system.rows(sql`
    SELECT id FROM timesheets WHERE user_id = ${person.userId} AND type = 'regular' AND end_at IS NULL`);
  assert.ok(open.length <= 1, 'at most one is open');
  const query = { user_ids: person.userId, start_date: '2000-01-01', on_the_clock: 'both' };
  for (const row of rowsIn(await company.admin.get('/timesheets', query), 'timesheets')) {
    if (row.type === 'manual') {
      assert.deepEqual([row.start, row.end, row.on_the_clock], ['', '', false]);
      continue;
    }
    const instant = Temporal.Instant.from(String(row.start));
    const there = instant.toZonedDateTimeISO(zone);
    assert.equal(row.start, there.toString({ timeZoneName: 'never', smallestUnit: 'second' }));
    assert.equal(row.date, there.toPlainDate().toString());
    assert.equal(row.tz, there.offsetNanoseconds / 3_600e9);
    assert.equal(row.on_the_clock, row.end === '');
    const seconds =
      row.end === ''
        ? 0
        : (Temporal.Instant.from(String(row.end)).epochMilliseconds - instant.epochMilliseconds) / 1000;
    assert.equal(row.duration, seconds);
  }
}

test('whatever is entered, clocked, changed and removed in any order, the timesheets of a user stay sound', async () => {
  const zones = ['America/Denver', 'Pacific/Chatham', 'Asia/Kathmandu'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.constantFrom(...zones),
      async (steps, timeZone) => {
        const person = await company.person({ timeZone });
        const known: number[] = [];
        for (const each of steps) await run(person, each, known);
        await demandSound(person, timeZone);
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
});

test('the same holds when the steps run at the same moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const person = await company.person();
      const known: number[] = [];
      await Promise.all(steps.map((each) => run(person, each, known)));
      await Promise.all(steps.map((each) => run(person, each, known)));
      await demandSound(person, 'America/Denver');
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
