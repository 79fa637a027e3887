import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { statementCounter } from '../conformance/counting.ts';
import type { Json } from '../support/api.ts';
import { type Legacy, type LegacyParams, legacyOf } from '../support/legacy.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

const counter = statementCounter();
let world: World;
let company: Company;
let admin: Legacy;
let keeper: Legacy;
let plain: Legacy;
let worker: Person;

before(async () => {
  world = await openWorld({ shared: true, decorate: counter.decorate });
  company = await world.company();
  admin = await legacyOf(world, company, company.admin);
  keeper = await legacyOf(world, company, await company.person({ permissions: ['manage_jobcodes'] }));
  worker = await company.person();
  plain = await legacyOf(world, company, worker);
});
after(() => world.close());

let count = 0;
const fresh = (word: string): string => {
  count += 1;
  return `${word}${count}`;
};

const listed = (answer: Json): Json[] => answer.jobcodes as unknown as Json[];
const idsOf = (answer: Json): number[] => listed(answer).map(({ id }) => Number(id));

/** How many jobcodes and assignments there are. */
async function sizes(): Promise<string> {
  const [row] = await world.services.database
    .forCompany(company.id)
    .rows(sql`SELECT (SELECT count(*) FROM jobcodes), (SELECT count(*) FROM jobcode_assignments WHERE active)`);
  return String(row);
}

/** Ids of the jobcodes that a user is assigned by himself. */
async function assignedTo(userId: number): Promise<number[]> {
  const rows = await world.services.database.forCompany(company.id).rows(sql`
    SELECT jobcode_id FROM jobcode_assignments WHERE user_id = ${userId} AND active ORDER BY jobcode_id`);
  return rows.map(([id]) => Number(id));
}

test('a jobcode is added as asked, and shown with everything', async () => {
  const parent = await company.jobcode({ assignedToAll: false });
  const name = fresh('Site');
  const { message, jobcode = {} as Json } = await admin.ok('jobcode_add', {
    job_code_name: name,
    parent_id: parent,
    global: 1,
    billable: 1,
    alias: 'site1',
  });
  assert.equal(message, 'Jobcode added successfully');
  assert.deepEqual(Object.keys(jobcode), [
    'id',
    'parent_id',
    'name',
    'type',
    'alias',
    'billable',
    'billable_rate',
    'global',
    'active',
    'has_children',
    'created',
    'last_modified',
  ]);
  const { id, created, last_modified: modified, ...rest } = jobcode;
  assert.deepEqual(rest, {
    parent_id: parent,
    name,
    type: 'regular',
    alias: 'site1',
    billable: 1,
    billable_rate: 0,
    global: 1,
    active: 1,
    has_children: 0,
  });
  assert.match(String(created), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  assert.match(String(modified), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  const again = await admin.ok('get_jobcodes', { ids: String(id) });
  assert.deepEqual(listed(again), [jobcode]);
  const pto = await keeper.ok('jobcode_add', { job_code_name: fresh('Leave'), job_code_type: 'PTO', global: 0 });
  assert.deepEqual([pto.jobcode?.type, pto.jobcode?.global, pto.jobcode?.parent_id], ['pto', 0, 0]);
});

test('XML says the same', async () => {
  const made = await admin.ok('jobcode_add', { job_code_name: fresh('A & B <') });
  const asked = { ids: String(made.jobcode?.id) };
  const { body, text } = await admin.call('get_jobcodes', { ...asked, output_format: 'xml' });
  assert.match(text, /^<\?xml version="1.0"/);
  const strings = Object.fromEntries(Object.entries(made.jobcode ?? {}).map(([name, value]) => [name, String(value)]));
  assert.deepEqual([body.status, body.more, listed(body)], ['ok', '0', [strings]]);
});

test('assign_all assigns to everyone who is there, and to nobody who comes later', async () => {
  const made = await keeper.ok('jobcode_add', { job_code_name: fresh('All'), assign_all: 1 });
  const id = Number(made.jobcode?.id);
  assert.equal(made.jobcode?.global, 0);
  assert.ok((await assignedTo(worker.userId)).includes(id));
  assert.ok((await assignedTo(company.admin.userId)).includes(id));
  const later = await company.person();
  assert.deepEqual(await assignedTo(later.userId), []);
});

test('what is refused when jobcodes are added or edited, with its code and without a trace', async () => {
  const taken = fresh('Taken');
  const { jobcode } = await admin.ok('jobcode_add', { job_code_name: taken, alias: 'tkn' });
  const id = String(jobcode?.id);
  const leave = await company.jobcode({ type: 'pto' });
  const rest = await company.jobcode({ type: 'paid_break' });
  const gone = await company.jobcode();
  await admin.ok('jobcode_delete', { job_code_id: gone });
  const before = await sizes();
  const add = 'jobcode_add';
  const edit = 'jobcode_edit';
  const cases: [string, Legacy, string, LegacyParams, number, RegExp][] = [
    ['no name', admin, add, {}, 7010, /job_code_name/],
    ['blank name', admin, add, { job_code_name: ' ' }, 7010, /job_code_name/],
    ['long name', admin, add, { job_code_name: 'x'.repeat(65) }, 7011, /^job_code_name /],
    ['taken name', admin, add, { job_code_name: taken.toUpperCase() }, 7021, /jobcode like that exists already/],
    ['taken name for all', admin, add, { job_code_name: taken, assign_all: 1 }, 7021, /exists already/],
    ['bad type', admin, add, { job_code_name: 'a', job_code_type: 'paid_break' }, 7011, /^job_code_type must be/],
    ['bad parent', admin, add, { job_code_name: 'a', parent_id: 'x' }, 7011, /^parent_id /],
    ['no such parent', admin, add, { job_code_name: 'a', parent_id: 999_999 }, 7011, /parent_id 999999/],
    ['archived parent', admin, add, { job_code_name: 'a', parent_id: gone }, 7011, /archived/],
    ['below time off', admin, add, { job_code_name: 'a', parent_id: leave }, 7011, /children/],
    ['time off below', admin, add, { job_code_name: 'a', job_code_type: 'pto', parent_id: id }, 7011, /parent_id/],
    ['bad alias', admin, add, { job_code_name: 'a', alias: 'a b' }, 7011, /^alias may/],
    ['taken alias', admin, add, { job_code_name: 'a', alias: 'TKN' }, 7021, /Short Code/],
    ['bad switch', admin, add, { job_code_name: 'a', global: 'x' }, 7011, /^global must/],
    ['bad assign_all', admin, add, { job_code_name: 'a', assign_all: '2' }, 7011, /^assign_all must/],
    ['no permission', plain, add, { job_code_name: 'a' }, 7005, /permission to create jobcodes/],
    ['edit: no id', admin, edit, { job_code_name: 'a' }, 7010, /job_code_id/],
    ['edit: id 0', admin, edit, { job_code_id: 0, job_code_name: 'a' }, 7011, /job_code_id/],
    ['edit: nothing', admin, edit, { job_code_id: id, billable: 1 }, 7010, /new_job_code_type/],
    ['edit: unknown', admin, edit, { job_code_id: 999_999, job_code_name: 'a' }, 7020, /does not exist/],
    ['edit: taken', admin, edit, { job_code_id: gone, job_code_name: taken }, 7021, /exists/],
    ['edit: below itself', admin, edit, { job_code_id: id, job_code_name: 'a', parent_id: id }, 7011, /below itself/],
    ['edit: break', admin, edit, { job_code_id: rest, job_code_name: 'a' }, 7011, /paid_break/],
    ['edit: no permission', plain, edit, { job_code_id: id, job_code_name: 'a' }, 7005, /permission to edit/],
    ['delete: no id', admin, 'jobcode_delete', {}, 7010, /job_code_id/],
    ['delete: unknown', admin, 'jobcode_delete', { job_code_id: 999_999 }, 7020, /does not exist/],
    ['delete: no permission', plain, 'jobcode_delete', { job_code_id: id }, 7005, /permission/],
  ];
  for (const [what, who, action, params, code, says] of cases) {
    assert.match(await who.fails(action, params, code), says, what);
  }
  assert.equal(await sizes(), before);
  assert.deepEqual(listed(await admin.ok('get_jobcodes', { ids: id }))[0]?.name, taken);
});

test('a jobcode is edited, where it stands too, and archived with what is below it', async () => {
  const parent = await company.jobcode();
  const { jobcode } = await admin.ok('jobcode_add', { job_code_name: fresh('Old'), alias: 'oldone', billable: 1 });
  const id = String(jobcode?.id);
  const name = fresh('New');
  const edited = await keeper.ok('jobcode_edit', {
    job_code_id: id,
    job_code_name: name,
    new_job_code_type: 'regular',
    parent_id: parent,
    global: 0,
    billable: 0,
    alias: '',
  });
  const is = edited.jobcode as Json;
  assert.deepEqual([is.name, is.parent_id, is.billable, is.alias, is.global], [name, parent, 0, '', 0]);
  const same = await keeper.ok('jobcode_edit', { job_code_id: id, new_job_code_type: 'regular' });
  assert.deepEqual(same.jobcode, edited.jobcode);
  const gone = await keeper.ok('jobcode_delete', { job_code_id: parent });
  assert.deepEqual([gone.jobcode?.id, gone.jobcode?.active], [parent, 0]);
  assert.equal(listed(await admin.ok('get_jobcodes', { ids: id, active: 'no' }))[0]?.active, 0);
});

test('the type of a jobcode changes while nothing is recorded or planned on it', async () => {
  const leave = await company.jobcode({ type: 'pto' });
  const free = await company.jobcode();
  const top = await company.jobcode();
  const child = await company.jobcode({ parentId: top });
  const used = await company.jobcode();
  const entry = { user_id: worker.userId, type: 'manual', date: '2024-01-02', duration: 60, jobcode_id: used };
  await company.admin.post('/timesheets', [entry]);
  const rest = await company.jobcode({ type: 'paid_break' });
  const edit = async (params: LegacyParams): Promise<unknown[]> => {
    const { jobcode } = await keeper.ok('jobcode_edit', params);
    return [jobcode?.type, jobcode?.name, jobcode?.parent_id];
  };
  const name = fresh('Vacation');
  assert.deepEqual(await edit({ job_code_id: free, job_code_name: name, new_job_code_type: 'pto' }), ['pto', name, 0]);
  assert.deepEqual(await edit({ job_code_id: free, new_job_code_type: 'regular' }), ['regular', name, 0]);
  const moved = await edit({ job_code_id: child, new_job_code_type: 'pto', parent_id: 0 });
  assert.deepEqual([moved[0], moved[2]], ['pto', 0]);
  assert.deepEqual((await edit({ job_code_id: leave, new_job_code_type: 'regular' }))[0], 'regular');
  await company.jobcode({ parentId: top });
  const below = await company.jobcode({ parentId: top });
  const cases: [Legacy, LegacyParams, number, RegExp][] = [
    [keeper, { job_code_id: used, new_job_code_type: 'pto' }, 7021, /in use/],
    [keeper, { job_code_id: top, new_job_code_type: 'pto' }, 7021, /stands below/],
    [keeper, { job_code_id: below, new_job_code_type: 'pto' }, 7011, /parent_id of 0/],
    [keeper, { job_code_id: rest, new_job_code_type: 'pto' }, 7011, /paid_break/],
    [keeper, { job_code_id: free, new_job_code_type: 'unpaid_break' }, 7011, /^new_job_code_type must/],
    [plain, { job_code_id: free, new_job_code_type: 'pto' }, 7005, /permission to edit/],
  ];
  for (const [who, params, code, says] of cases) {
    assert.match(await who.fails('jobcode_edit', { ...params, job_code_name: 'Changed' }, code), says);
  }
});

test('get_jobcodes: every filter, and pages', async () => {
  const own = await world.company();
  const who = await legacyOf(world, own, own.admin);
  const top = await own.jobcode();
  const second = await own.jobcode();
  const leave = await own.jobcode({ type: 'pto' });
  const below = await own.jobcode({ parentId: top });
  const deeper = await own.jobcode({ parentId: below });
  const all = [top, second, leave];
  const first = idsOf(await who.ok('get_jobcodes', { active: 'both' })).filter((id) => !all.includes(id));
  await who.ok('jobcode_delete', { job_code_id: second });
  const cases: [LegacyParams, number[]][] = [
    [{}, [top, leave]],
    [{ parent_ids: 0, active: 'both' }, [top, second, leave]],
    [{ active: 'no' }, [second]],
    [{ parent_ids: top }, [below]],
    [{ parent_ids: `${top},${below}` }, [below, deeper]],
    [{ ids: `${deeper},${leave}`, parent_ids: top }, [leave, deeper]],
    [{ ids: ' , ', parent_ids: ',' }, [top, leave]],
    [{ type: 'regular' }, [top]],
    [{ type: 'pto' }, [leave]],
    [{ type: 'all' }, [top, leave]],
    [{ modified_since: '2100-01-01 00:00:00' }, []],
    [{ modified_since: '2020-01-01 00:00:00', modified_before: '2100-01-01 00:00:00' }, [top, leave]],
    [{ modified_before: '2020-01-01 00:00:00' }, []],
    [{ per_page: 5_000 }, [top, leave]],
  ];
  for (const [params, expected] of cases) {
    const found = idsOf(await who.ok('get_jobcodes', params)).filter((id) => !first.includes(id));
    assert.deepEqual(
      found.sort((a, b) => a - b),
      expected,
      JSON.stringify(params),
    );
  }
  const page = { ids: `${top},${leave},${below}`, per_page: 2 };
  const one = await who.ok('get_jobcodes', page);
  const two = await who.ok('get_jobcodes', { ...page, page: 2 });
  assert.deepEqual([idsOf(one), one.more, idsOf(two), two.more], [[top, leave], 1, [below], 0]);
  const refused: [LegacyParams, RegExp][] = [
    [{ per_page: 0 }, /per_page/],
    [{ per_page: 'x' }, /per_page/],
    [{ page: 0 }, /page/],
    [{ page: '1.5' }, /page/],
    [{ type: 'x' }, /type/],
    [{ active: 'x' }, /active/],
    [{ ids: 'a' }, /ids/],
    [{ parent_ids: '1;2' }, /parent_ids/],
    [{ modified_since: 'yesterday' }, /modified_since/],
    [{ modified_before: '2020-13-01 00:00:00' }, /modified_before/],
  ];
  for (const [params, says] of refused) assert.match(await who.fails('get_jobcodes', params, 7011), says);
});

test('whose jobcodes: all for those who manage them, else the assigned ones; assigned_to for those in charge', async () => {
  const own = await world.company();
  const chiefPerson = await own.person();
  const member = await own.person({ groupId: await own.group([chiefPerson]) });
  const stranger = await own.person();
  const keeperPerson = await own.person({ permissions: ['manage_jobcodes'] });
  const shared = await own.jobcode();
  const free = await own.jobcode({ assignedToAll: false });
  const child = await own.jobcode({ parentId: free, assignedToAll: false });
  await own.admin.post('/jobcode_assignments', [{ user_id: member.userId, jobcode_id: free }]);
  const [boss, chief, person, other, jobs] = await Promise.all(
    [own.admin, chiefPerson, member, stranger, keeperPerson].map((one) => legacyOf(world, own, one)),
  );
  assert.ok(boss && chief && person && other && jobs);
  const ids = { ids: `${shared},${free},${child}` };
  const cases: [string, Legacy, LegacyParams, number[]][] = [
    ['an admin', boss, ids, [shared, free, child]],
    ['who manages jobcodes', jobs, ids, [shared, free, child]],
    ['of somebody', boss, { ...ids, assigned_to: member.username }, [shared, free, child]],
    ['of somebody by id', boss, { ...ids, assigned_to: stranger.userId }, [shared]],
    ['a member', person, ids, [shared, free, child]],
    ['below', person, { parent_ids: free }, [child]],
    ['somebody else', other, ids, [shared]],
    ['of himself', other, { ...ids, assigned_to: stranger.username }, [shared]],
    ['a manager himself', chief, ids, [shared]],
    ['a manager of his member', chief, { ...ids, assigned_to: member.username }, [shared, free, child]],
  ];
  for (const [what, who, params, expected] of cases) {
    assert.deepEqual(idsOf(await who.ok('get_jobcodes', params)), expected, what);
  }
  await other.fails('get_jobcodes', { assigned_to: member.username }, 7020);
  await chief.fails('get_jobcodes', { assigned_to: stranger.username }, 7020);
  await boss.fails('get_jobcodes', { assigned_to: worker.username }, 7020);
  const seesPeople = await legacyOf(world, own, await own.person({ permissions: ['reports'] }));
  await seesPeople.fails('get_jobcodes', { assigned_to: member.username }, 7005);
});

test('a tree is duplicated whole, and active jobcodes only', async () => {
  const root = await admin.ok('jobcode_add', { job_code_name: fresh('Root'), billable: 1, alias: 'rootalias' });
  const rootId = Number(root.jobcode?.id);
  const child = await admin.ok('jobcode_add', { job_code_name: 'Child', parent_id: rootId, alias: 'c1', global: 1 });
  const childId = Number(child.jobcode?.id);
  await admin.ok('jobcode_add', { job_code_name: 'Grandchild', parent_id: childId });
  const archived = await admin.ok('jobcode_add', { job_code_name: 'Gone', parent_id: rootId });
  await admin.ok('jobcode_delete', { job_code_id: Number(archived.jobcode?.id) });
  const name = fresh('Copy');
  const { jobcode: copy = {} as Json } = await keeper.ok('jobcode_duplicate', {
    copy_id: rootId,
    duplicate_name: name,
    parent_id: 0,
    alias: 'copyalias',
  });
  assert.deepEqual(
    [copy.name, copy.parent_id, copy.alias, copy.billable, copy.global, copy.has_children],
    [name, 0, 'copyalias', 1, 0, 1],
  );
  const children = listed(await admin.ok('get_jobcodes', { parent_ids: Number(copy.id), active: 'both' }));
  assert.deepEqual(
    children.map((one) => [one.name, one.alias, one.global, one.has_children]),
    [['Child', 'c1', 1, 1]],
  );
  const deeper = listed(await admin.ok('get_jobcodes', { parent_ids: Number(children[0]?.id) }));
  assert.deepEqual(
    deeper.map((one) => one.name),
    ['Grandchild'],
  );
  // Into its own tree, the copy does not hold itself.
  const inner = await admin.ok('jobcode_duplicate', { copy_id: rootId, duplicate_name: 'Inner', parent_id: childId });
  assert.equal(inner.jobcode?.parent_id, childId);
  assert.equal(idsOf(await admin.ok('get_jobcodes', { parent_ids: Number(inner.jobcode?.id) })).length, 1);
});

test('a tree is duplicated at all or not, and not when it is too large or too deep', async () => {
  const db = world.services.database.forCompany(company.id);
  const root = await company.jobcode({ name: fresh('Big') });
  await db.rows(sql`
    INSERT INTO jobcodes (company_id, name, parent_id) SELECT ${company.id}, 'n' || n, ${root} FROM generate_series(1, 999) n`);
  const deep = await company.jobcode({ name: fresh('Deep') });
  let bottom = deep;
  for (let level = 2; level <= 21; level += 1) {
    const [row] = await db.rows(sql`
      INSERT INTO jobcodes (company_id, name, parent_id) VALUES (${company.id}, 'level', ${bottom}) RETURNING id`);
    bottom = Number(row?.[0]);
  }
  const gone = await company.jobcode();
  await admin.ok('jobcode_delete', { job_code_id: gone });
  const rest = await company.jobcode({ type: 'paid_break' });
  const big = { copy_id: root, duplicate_name: fresh('Copy'), parent_id: 0 };
  const made = await admin.ok('jobcode_duplicate', big);
  assert.equal(made.jobcode?.has_children, 1);
  await db.rows(sql`INSERT INTO jobcodes (company_id, name, parent_id) VALUES (${company.id}, 'one more', ${root})`);
  await company.setting('general', 'max_jobcodes', 1_500);
  const before = await sizes();
  const cases: [string, Legacy, LegacyParams, number, RegExp][] = [
    ['too large', admin, { ...big, duplicate_name: 'a' }, 7030, /at most 1000/],
    ['too deep', admin, { ...big, copy_id: deep, duplicate_name: 'a' }, 7030, /20 levels/],
    ['name taken', admin, { ...big, copy_id: Number(made.jobcode?.id) }, 7021, /exists already/],
    [
      'more than the company may have',
      admin,
      { ...big, copy_id: Number(made.jobcode?.id), duplicate_name: 'b' },
      7011,
      /No more/,
    ],
    ['archived', admin, { ...big, copy_id: gone, duplicate_name: 'c' }, 7011, /archived/],
    ['a break', admin, { ...big, copy_id: rest, duplicate_name: 'c' }, 7011, /paid_break/],
    ['unknown', admin, { ...big, copy_id: 999_999 }, 7020, /does not exist/],
    ['unknown parent', admin, { ...big, copy_id: Number(made.jobcode?.id), parent_id: 999_999 }, 7011, /parent_id/],
    ['no parent', admin, { copy_id: deep, duplicate_name: 'd' }, 7010, /parent_id/],
    ['no name', admin, { copy_id: deep, parent_id: 0 }, 7010, /duplicate_name/],
    ['long name', admin, { ...big, copy_id: rest, duplicate_name: 'x'.repeat(65) }, 7011, /^duplicate_name /],
    ['no copy_id', admin, { duplicate_name: 'd', parent_id: 0 }, 7010, /copy_id/],
    ['no permission', plain, { ...big, copy_id: rest }, 7005, /permission/],
  ];
  for (const [what, who, params, code, says] of cases) {
    assert.match(await who.fails('jobcode_duplicate', params, code), says, what);
  }
  assert.equal(await sizes(), before);
  await company.setting('general', 'max_jobcodes', -1);
});

test('a tree is assigned and taken away again, whoever had a part of it', async () => {
  const root = await company.jobcode({ assignedToAll: false });
  const child = await company.jobcode({ parentId: root, assignedToAll: false });
  const leaf = await company.jobcode({ parentId: child, assignedToAll: false });
  const person = await company.person();
  const chiefPerson = await company.person();
  const member = await company.person({ groupId: await company.group([chiefPerson]) });
  const chief = await legacyOf(world, company, chiefPerson);
  const self = await legacyOf(world, company, person);
  const assign = { job_code_id: root, username: person.username };

  assert.equal((await admin.ok('jobcode_assign', assign)).message, 'Jobcode assigned successfully');
  assert.deepEqual(await assignedTo(person.userId), [root, child, leaf]);
  await admin.ok('jobcode_unassign', { ...assign, job_code_id: child });
  assert.deepEqual(await assignedTo(person.userId), [root]);
  await admin.ok('jobcode_assign', { ...assign, username: person.userId });
  assert.deepEqual(await assignedTo(person.userId), [root, child, leaf]);
  await admin.ok('jobcode_assign', assign);
  await keeper.ok('jobcode_unassign', assign);
  assert.deepEqual(await assignedTo(person.userId), []);
  await keeper.ok('jobcode_unassign', assign);
  await chief.ok('jobcode_assign', { job_code_id: child, username: member.username });
  assert.deepEqual(await assignedTo(member.userId), [child, leaf]);
  await admin.ok('jobcode_assign', { job_code_id: root });
  const own = await assignedTo(company.admin.userId);
  assert.ok([root, child, leaf].every((id) => own.includes(id)));

  const shared = await company.jobcode();
  const archived = await company.jobcode();
  await admin.ok('jobcode_delete', { job_code_id: archived });
  const before = await sizes();
  const cases: [string, Legacy, string, LegacyParams, number, RegExp][] = [
    ['oneself', self, 'jobcode_assign', { job_code_id: root }, 7005, /permission/],
    ['a stranger', self, 'jobcode_assign', { job_code_id: root, username: member.username }, 7020, /no user/],
    ['not his member', chief, 'jobcode_assign', assign, 7020, /no user/],
    [
      'taking from oneself',
      chief,
      'jobcode_unassign',
      { job_code_id: child, username: person.username },
      7020,
      /no user/,
    ],
    ['unknown jobcode', admin, 'jobcode_assign', { ...assign, job_code_id: 999_999 }, 7020, /jobcode/],
    ['archived jobcode', admin, 'jobcode_assign', { ...assign, job_code_id: archived }, 7011, /archived/],
    ['unknown user', admin, 'jobcode_assign', { ...assign, username: 'nobody here' }, 7020, /nobody here/],
    ['no jobcode', admin, 'jobcode_assign', { username: person.username }, 7010, /job_code_id/],
    ['no jobcode to take', admin, 'jobcode_unassign', { username: person.username }, 7010, /job_code_id/],
    ['unknown jobcode to take', admin, 'jobcode_unassign', { ...assign, job_code_id: 999_999 }, 7020, /jobcode/],
    ['of everyone', admin, 'jobcode_unassign', { ...assign, job_code_id: shared }, 7021, /everyone/],
  ];
  for (const [what, who, action, params, code, says] of cases) {
    assert.match(await who.fails(action, params, code), says, what);
  }
  await admin.ok('jobcode_assign', { job_code_id: root, username: person.username });
  await self.fails('jobcode_unassign', { job_code_id: root }, 7005);
  await keeper.ok('jobcode_unassign', assign);
  assert.equal(await sizes(), before);
});

test('of several who copy a tree to one name at the same moment, one does', async () => {
  const root = await company.jobcode();
  await company.jobcode({ parentId: root });
  const name = fresh('Only');
  const copies = Array.from({ length: 5 }, () =>
    admin.call('jobcode_duplicate', { copy_id: root, duplicate_name: name, parent_id: 0 }),
  );
  const answers = (await Promise.all(copies)).map(({ body }) => body.error_code ?? body.status);
  assert.deepEqual(answers.map(String).sort(), ['7021', '7021', '7021', '7021', 'ok']);
  const found = listed(await admin.ok('get_jobcodes', { per_page: 1_000 })).filter((one) => String(one.name) === name);
  assert.equal(found.length, 1);
  assert.equal(idsOf(await admin.ok('get_jobcodes', { parent_ids: Number(found[0]?.id) })).length, 1);
});

test('the number of statements does not grow with a tree, nor with the people', async () => {
  const own = await world.company();
  const who = await legacyOf(world, own, own.admin);
  const db = world.services.database.forCompany(own.id);
  const statementsOf = async (action: string, params: LegacyParams): Promise<number> => {
    await who.ok('get_jobcodes');
    counter.take();
    await who.ok(action, params);
    return counter.take();
  };
  const person = await own.person();
  const counts = async (size: number): Promise<number[]> => {
    const root = await own.jobcode({ name: `root ${size}`, assignedToAll: false });
    await db.rows(sql`
      INSERT INTO jobcodes (company_id, name, parent_id) SELECT ${own.id}, 'n' || n, ${root} FROM generate_series(1, ${size}) n`);
    const assigned = { job_code_id: root, username: person.username };
    return [
      await statementsOf('jobcode_duplicate', { copy_id: root, duplicate_name: `copy ${size}`, parent_id: 0 }),
      await statementsOf('jobcode_assign', assigned),
      await statementsOf('jobcode_unassign', assigned),
      await statementsOf('jobcode_add', { job_code_name: `all ${size}`, assign_all: 1 }),
    ];
  };
  const few = await counts(1);
  await Promise.all(Array.from({ length: 20 }, () => own.person()));
  const many = await counts(150);
  // Whether a session is still in the cache is chance.
  assert.ok(
    many.every((count, index) => count <= (few[index] ?? 0) + 5),
    `${few} and ${many}`,
  );
});

test('another company is as if it did not exist', async () => {
  const other = await world.company();
  const theirs = await other.jobcode();
  const them = await other.person();
  assert.deepEqual(idsOf(await admin.ok('get_jobcodes', { ids: theirs })), []);
  const cases: [string, LegacyParams, number][] = [
    ['jobcode_edit', { job_code_id: theirs, job_code_name: 'mine' }, 7020],
    ['jobcode_delete', { job_code_id: theirs }, 7020],
    ['jobcode_duplicate', { copy_id: theirs, duplicate_name: 'mine', parent_id: 0 }, 7020],
    ['jobcode_add', { job_code_name: 'mine', parent_id: theirs }, 7011],
    ['jobcode_assign', { job_code_id: theirs }, 7020],
    ['jobcode_unassign', { job_code_id: theirs }, 7020],
    ['jobcode_assign', { job_code_id: await company.jobcode(), username: them.userId }, 7020],
  ];
  for (const [action, params, code] of cases) await admin.fails(action, params, code);
});
