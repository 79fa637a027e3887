import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { statementCounter } from '../conformance/counting.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { openWorld, type Person, type World } from '../support/world.ts';
import { type Schedule, scheduleOf } from './schedule-support.ts';

const base = { team_events: 'base' };
let world: World;
let schedule: Schedule;
/** Four people; the lists below name them by their place here. */
let people: readonly Person[];

before(async () => {
  world = await openWorld({ shared: true, now: Date.UTC(2026, 5, 15, 18) / 1000 });
});
after(() => world.close());

beforeEach(async () => {
  const company = await world.company();
  schedule = await scheduleOf(company);
  people = await Promise.all([1, 2, 3, 4].map(() => company.person()));
});

function ids(places: readonly number[]): number[] {
  return places.map((place) => people[place]?.userId ?? assert.fail('nobody'));
}

function placeOf(userId: unknown): number | string {
  const place = people.findIndex((person) => person.userId === Number(userId));
  return place >= 0 ? place : 'maker';
}

/** A row in short: whose it is, who is assigned, what is so of it. */
function inShort(row: Row | undefined): unknown[] {
  assert.ok(row);
  const whose = row.unassigned === true ? 'nobody' : placeOf(row.user_id);
  return [
    whose,
    (row.assigned_user_ids as string[]).map(placeOf),
    row.active === true ? 'active' : 'archived',
    row.title,
  ];
}

/** All rows as the admin sees them, by the letters that the test gave to their ids; new ones are '+'. */
async function picture(names: Readonly<Record<string, unknown>>, mode: string): Promise<Record<string, unknown[]>> {
  const rows = await schedule.seen(schedule.company.admin, { team_events: mode });
  const letters = new Map(Object.entries(names).map(([letter, id]) => [Number(id), letter]));
  return Object.fromEntries([...rows].map(([id, row]) => [letters.get(id) ?? '+', inShort(row)]));
}

/** Makes a team of the first three people; gives the ids of their rows in order. */
async function team(): Promise<{ a: number; b: number; c: number }> {
  const made = await schedule.make({ assigned_user_ids: ids([0, 1, 2]), title: 't' });
  const rows = [...(await schedule.seen(schedule.company.admin)).values()];
  const of = (place: number): number => Number(rows.find(({ user_id }) => placeOf(user_id) === place)?.id);
  assert.equal(made.id, of(0), 'the answer is the row of the first user');
  return { a: of(0), b: of(1), c: of(2) };
}

test('an event of several users is one in base, and one for each of them in instance', async () => {
  const names = await team();
  const list = [0, 1, 2];
  assert.deepEqual(await picture(names, 'instance'), {
    a: [0, list, 'active', 't'],
    b: [1, list, 'active', 't'],
    c: [2, list, 'active', 't'],
  });
  assert.deepEqual(await picture(names, 'base'), { a: [0, list, 'active', 't'] });
});

test('instance: creating answers 201 with the other rows beside; base: 200 with none', async () => {
  const { admin } = schedule.company;
  const items = [schedule.item({ assigned_user_ids: ids([0, 1, 2]) }), schedule.item({ assigned_user_ids: ids([3]) })];
  const each = await schedule.post(admin, items);
  const [several, single] = rowsIn(each, 'schedule_events');
  assert.deepEqual([several?._status_code, several?._status_message], [201, 'Fulfilled']);
  assert.deepEqual([single?._status_code, single?._status_message], [200, 'Created']);
  const others = Object.values(each.body.supplemental_data?.schedule_events ?? {}) as unknown as Row[];
  assert.deepEqual(
    others.map(({ user_id }) => placeOf(user_id)),
    [1, 2],
  );
  const once = await schedule.post(admin, items, base);
  assert.deepEqual(
    rowsIn(once, 'schedule_events').map(({ _status_code, user_id }) => [_status_code, placeOf(user_id)]),
    [
      [200, 0],
      [200, 3],
    ],
  );
  assert.equal(once.body.supplemental_data?.schedule_events, undefined);
  assert.equal((await schedule.seen(admin)).size, 8);
});

/** A change of one row of a team of three, and what becomes of the rows. */
const changes: [
  string,
  keyof Awaited<ReturnType<typeof team>>,
  Row | (() => Row),
  Row,
  number,
  Record<string, unknown[]>,
][] = [
  [
    'a title changes for all, by any row',
    'b',
    { title: 'new' },
    {},
    201,
    { a: [0, [0, 1, 2], 'active', 'new'], b: [1, [0, 1, 2], 'active', 'new'], c: [2, [0, 1, 2], 'active', 'new'] },
  ],
  [
    'a title in base is no news of others',
    'a',
    { title: 'new' },
    base,
    200,
    { a: [0, [0, 1, 2], 'active', 'new'], b: [1, [0, 1, 2], 'active', 'new'], c: [2, [0, 1, 2], 'active', 'new'] },
  ],
  [
    'what is as it was changes nothing',
    'b',
    { title: 't' },
    {},
    200,
    { a: [0, [0, 1, 2], 'active', 't'], b: [1, [0, 1, 2], 'active', 't'], c: [2, [0, 1, 2], 'active', 't'] },
  ],
  [
    'one more user',
    'a',
    () => ({ assigned_user_ids: ids([0, 1, 2, 3]) }),
    {},
    201,
    {
      a: [0, [0, 1, 2, 3], 'active', 't'],
      b: [1, [0, 1, 2, 3], 'active', 't'],
      c: [2, [0, 1, 2, 3], 'active', 't'],
      '+': [3, [0, 1, 2, 3], 'active', 't'],
    },
  ],
  [
    'one user less',
    'a',
    () => ({ assigned_user_ids: ids([0, 2]) }),
    {},
    201,
    { a: [0, [0, 2], 'active', 't'], b: [1, [1], 'archived', 't'], c: [2, [0, 2], 'active', 't'] },
  ],
  [
    'one user less, and a title',
    'a',
    () => ({ assigned_user_ids: ids([0, 2]), title: 'new' }),
    {},
    201,
    { a: [0, [0, 2], 'active', 'new'], b: [1, [1], 'archived', 't'], c: [2, [0, 2], 'active', 'new'] },
  ],
  [
    'the first user leaves by the row of another',
    'c',
    () => ({ assigned_user_ids: ids([1, 2]) }),
    {},
    201,
    { a: [0, [0], 'archived', 't'], b: [1, [1, 2], 'active', 't'], c: [2, [1, 2], 'active', 't'] },
  ],
  [
    'the named row lives on with a new user',
    'a',
    () => ({ assigned_user_ids: ids([3, 1, 2]) }),
    base,
    200,
    { a: [3, [3, 1, 2], 'active', 't'], b: [1, [3, 1, 2], 'active', 't'], c: [2, [3, 1, 2], 'active', 't'] },
  ],
  [
    'the named row lives on with one who had a row',
    'a',
    () => ({ assigned_user_ids: ids([1, 2]) }),
    {},
    201,
    { a: [1, [1, 2], 'active', 't'], b: [1, [1], 'archived', 't'], c: [2, [1, 2], 'active', 't'] },
  ],
  [
    'only one user stays',
    'b',
    () => ({ assigned_user_ids: ids([1]) }),
    {},
    201,
    { a: [0, [0], 'archived', 't'], b: [1, [1], 'active', 't'], c: [2, [2], 'archived', 't'] },
  ],
  [
    'all are taken off',
    'b',
    { assigned_user_ids: '' },
    {},
    201,
    { a: [0, [0], 'archived', 't'], b: ['nobody', [], 'active', 't'], c: [2, [2], 'archived', 't'] },
  ],
  [
    'instance: a row that is archived leaves the others',
    'a',
    { active: false },
    {},
    201,
    { a: [0, [0], 'archived', 't'], b: [1, [1, 2], 'active', 't'], c: [2, [1, 2], 'active', 't'] },
  ],
  [
    'instance: what else the item says is of the archived row alone',
    'a',
    { active: false, title: 'new' },
    {},
    201,
    { a: [0, [0], 'archived', 'new'], b: [1, [1, 2], 'active', 't'], c: [2, [1, 2], 'active', 't'] },
  ],
  [
    'base: the whole event is archived, by any row',
    'b',
    { active: false },
    base,
    200,
    { a: [0, [0, 1, 2], 'archived', 't'], b: [1, [0, 1, 2], 'archived', 't'], c: [2, [0, 1, 2], 'archived', 't'] },
  ],
];

for (const [what, letter, change, beside, status, expected] of changes) {
  test(what, async () => {
    const names = await team();
    const before = await schedule.seen(schedule.company.admin);
    const item = await schedule.change(
      schedule.company.admin,
      names[letter],
      typeof change === 'function' ? change() : change,
      beside,
    );
    assert.equal(item._status_code, status, JSON.stringify(item));
    assert.equal(item.id, names[letter]);
    assert.deepEqual(await picture(names, 'instance'), expected);
    const { _status_code: _, _status_message: __, ...row } = item;
    const after = await schedule.seen(schedule.company.admin);
    assert.deepEqual(after.get(names[letter]), row, 'the answer shows what is stored');
    for (const [id, one] of after) {
      const same = JSON.stringify(before.get(id)) === JSON.stringify(one);
      if (same) assert.equal(one.last_modified, before.get(id)?.last_modified, 'what did not change is not stamped');
    }
  });
}

test('a whole event that was archived comes back in base, and one row of it in instance', async () => {
  const names = await team();
  const { admin } = schedule.company;
  await schedule.change(admin, names.a, { active: false }, base);
  const alone = await schedule.change(admin, names.b, { active: true });
  assert.deepEqual(inShort(alone), [1, [1], 'active', 't']);
  await schedule.change(admin, names.a, { active: true }, base);
  assert.deepEqual(await picture(names, 'instance'), {
    a: [0, [0, 2], 'active', 't'],
    b: [1, [1], 'active', 't'],
    c: [2, [0, 2], 'active', 't'],
  });
});

test('an event of one user goes to another in place, and an unassigned one gets its users', async () => {
  const { admin } = schedule.company;
  const single = await schedule.make({ assigned_user_ids: ids([0]), title: 's' });
  const moved = await schedule.change(admin, single.id, { assigned_user_ids: ids([1]) });
  assert.deepEqual([moved._status_code, ...inShort(moved)], [200, 1, [1], 'active', 's']);
  const nobodys = await schedule.make({ assigned_user_ids: '', title: 'u' });
  assert.deepEqual(inShort(nobodys), ['nobody', [], 'active', 'u']);
  assert.equal(nobodys.user_id, admin.userId, 'it belongs to who made it');
  const taken = await schedule.change(admin, nobodys.id, { assigned_user_ids: ids([2, 3]) });
  assert.deepEqual([taken._status_code, ...inShort(taken)], [201, 2, [2, 3], 'active', 'u']);
});

test('several rows of one event in one request: each item sees those before it', async () => {
  const names = await team();
  const { admin } = schedule.company;
  const answer = await schedule.put(admin, [
    { id: names.b, title: 'new' },
    { id: names.a, notes: 'bring a ladder' },
    { id: names.c, assigned_user_ids: ids([1, 2, 3]) },
    { id: names.b, location: 'roof' },
  ]);
  assert.deepEqual(
    rowsIn(answer, 'schedule_events').map(({ _status_code }) => Number(_status_code) < 300),
    [true, true, true, true],
  );
  const rows = await schedule.seen(admin);
  const shown = [...rows.values()].map((row) => [...inShort(row), row.notes, row.location]);
  assert.deepEqual(
    new Set(shown.map((row) => JSON.stringify(row))),
    new Set(
      [
        [0, [0], 'archived', 'new', 'bring a ladder', ''],
        [1, [1, 2, 3], 'active', 'new', 'bring a ladder', 'roof'],
        [2, [1, 2, 3], 'active', 'new', 'bring a ladder', 'roof'],
        [3, [1, 2, 3], 'active', 'new', 'bring a ladder', 'roof'],
      ].map((row) => JSON.stringify(row)),
    ),
  );
});

test('every row of an event sent back as it was read changes nothing', async () => {
  await team();
  const { admin } = schedule.company;
  const rows = [...(await schedule.seen(admin)).values()];
  const answer = await schedule.put(admin, rows);
  assert.deepEqual(
    rowsIn(answer, 'schedule_events').map(({ _status_code }) => _status_code),
    [200, 200, 200],
  );
  assert.deepEqual([...(await schedule.seen(admin)).values()], rows);
});

test('two who change the users of one event at the same moment end with one row for each user', async () => {
  const names = await team();
  const { admin } = schedule.company;
  const lists = [[0, 1, 2, 3], [0, 1], [1, 2, 3], [3]];
  await Promise.all(
    lists.map((list, at) =>
      schedule.change(admin, Object.values(names)[at % 3], { assigned_user_ids: ids(list) }, at % 2 === 0 ? {} : base),
    ),
  );
  const active = [...(await schedule.seen(admin, { active: 'yes' })).values()];
  const users = active.map(({ user_id }) => user_id);
  assert.equal(new Set(users).size, users.length, 'nobody has two');
  for (const row of active) assert.ok((row.assigned_user_ids as string[]).includes(String(row.user_id)));
});

test('base shows everyone the event once, by his own row where he does not see the first', async () => {
  const names = await team();
  const [, second] = people;
  assert.ok(second);
  assert.deepEqual([...(await schedule.seen(second, { team_events: 'base' })).keys()], [names.b]);
  assert.deepEqual([...(await schedule.seen(second)).keys()], [names.b]);
  const { admin } = schedule.company;
  for (const place of [0, 1, 2]) {
    const users_ids = ids([place])[0] ?? 0;
    assert.deepEqual([...(await schedule.seen(admin, { team_events: 'base', users_ids })).keys()], [names.a]);
    assert.deepEqual([...(await schedule.seen(admin, { users_ids })).keys()], [Object.values(names)[place]]);
  }
  await admin.put('/users', [{ id: ids([0])[0], active: false }]);
  assert.deepEqual([...(await schedule.seen(admin, { team_events: 'base', active_users: 1 })).keys()], [names.a]);
  assert.deepEqual([...(await schedule.seen(admin, { active_users: 1 })).keys()], [names.b, names.c]);
  assert.deepEqual([...(await schedule.seen(admin, { active_users: 0 })).keys()], [names.a]);
});

test('team_events beside data must be one of its words', async () => {
  for (const wrong of ['both', 'BASE', 7, {}]) {
    const answer = await schedule.post(schedule.company.admin, [schedule.item()], { team_events: wrong });
    assert.equal(answer.status, 417, answer.text);
    assert.match(answer.text, /team_events must be one of base, instance/);
  }
  const blank = await schedule.post(schedule.company.admin, [schedule.item()], { team_events: '' });
  assert.equal(rowsIn(blank, 'schedule_events')[0]?._status_code, 200);
});

test('fifty events of five users cost as many statements as one, made and changed', async () => {
  const counter = statementCounter();
  const counted = await openWorld({ shared: true, now: Date.UTC(2026, 5, 15, 18) / 1000, decorate: counter.decorate });
  try {
    const company = await counted.company();
    const own = await scheduleOf(company);
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => company.person()));
    const assigned_user_ids = five.map(({ userId }) => userId);
    const costOf = async (work: () => Promise<unknown>): Promise<number> => {
      await own.seen(company.admin, { limit: 1 });
      counter.take();
      await work();
      return counter.take();
    };
    const made: Row[] = [];
    const post = (count: number) => async () => {
      const items = Array.from({ length: count }, (_, n) => own.item({ assigned_user_ids, title: `t${n}` }));
      made.splice(0, made.length, ...rowsIn(await own.post(company.admin, items), 'schedule_events'));
      for (const row of made) assert.equal(row._status_code, 201, JSON.stringify(row));
    };
    const put = (count: number, change: Row) => async () => {
      const items = made.slice(0, count).map(({ id }) => ({ id, ...change }));
      for (const row of rowsIn(await own.put(company.admin, items), 'schedule_events'))
        assert.equal(row._status_code, 201, JSON.stringify(row));
    };
    await post(1)();
    const one = await costOf(post(1));
    const fifty = await costOf(post(50));
    assert.ok(fifty <= one + 12, `one event cost ${one} statements, fifty cost ${fifty}`);
    const single = await costOf(put(1, { title: 'new' }));
    const many = await costOf(put(50, { assigned_user_ids: assigned_user_ids.slice(1) }));
    assert.ok(many <= single + 12, `one change cost ${single} statements, fifty cost ${many}`);
  } finally {
    await counted.close();
  }
});
