import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { statementCounter } from '../conformance/counting.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { attach, fileOf, idsFor, timesheetOf, upload } from './files-support.ts';

const counter = statementCounter();
let world: World;
let company: Company;
let person: Person;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 5, 15, 18) / 1000, decorate: counter.decorate });
  company = await world.company();
  person = await company.person({ permissions: ['manage_my_timesheets'] });
});
after(() => world.close());

const linksOf = async (id: number): Promise<unknown> => (await fileOf(company, id))?.linked_objects;
const item = async (answer: ReturnType<Person['put']>): Promise<Row> => rowsIn(await answer, 'timesheets')[0] ?? {};

test('links are what timesheets say: attached, detached, moved, deleted', async () => {
  const [a, b] = [await upload(person), await upload(person)];
  const one = await attach(person, person, [a, b]);
  const two = await attach(person, person, [a]);
  assert.deepEqual(await linksOf(a), { timesheets: [String(one), String(two)] });
  assert.deepEqual(await linksOf(b), { timesheets: [String(one)] });
  await person.put('/timesheets', [{ id: one, attached_files: [b] }]);
  assert.deepEqual(
    [await linksOf(a), await linksOf(b)],
    [{ timesheets: [String(two)] }, { timesheets: [String(one)] }],
  );
  await person.put('/timesheets', [
    { id: one, attached_files: '' },
    { id: two, attached_files: `${b}, ${a}` },
  ]);
  assert.deepEqual(
    [await linksOf(a), await linksOf(b)],
    [{ timesheets: [String(two)] }, { timesheets: [String(two)] }],
  );
  await person.delete('/timesheets', [two]);
  assert.deepEqual([await linksOf(a), await linksOf(b)], [{}, {}]);
});

test('a break that splits a timesheet leaves its files on both parts', async () => {
  const id = await upload(person);
  const pause = await company.jobcode({ type: 'paid_break' });
  const day = (time: string): string => `2026-06-10T${time}:00-06:00`;
  const common = { user_id: person.userId, type: 'regular' };
  const answer = await person.post('/timesheets', [
    { ...common, jobcode_id: 0, start: day('08:00'), end: day('16:00'), attached_files: [id] },
  ]);
  const [whole] = rowsIn(answer, 'timesheets');
  const split = await person.post('/timesheets', [
    { ...common, jobcode_id: pause, start: day('12:00'), end: day('12:30') },
  ]);
  assert.equal(rowsIn(split, 'timesheets')[0]?._status_code, 201, split.text);
  const { timesheets = [] } = (await linksOf(id)) as { timesheets?: string[] };
  assert.equal(timesheets.length, 2);
  assert.ok(timesheets.includes(String(whole?.id)));
});

test('a link counts as a change of the file, so that clients that sync learn of it', async () => {
  const id = await upload(person);
  const stampOf = async (): Promise<string> => {
    const [row] = await world.services.database.system.rows(
      sql`SELECT last_modified FROM files WHERE company_id = ${company.id} AND id = ${id}`,
    );
    return String(row?.[0]);
  };
  const before = await stampOf();
  const sheet = await attach(person, person, [id]);
  const linked = await stampOf();
  assert.ok(linked > before);
  // Other changes of the timesheet are none of the file.
  await person.put('/timesheets', [{ id: sheet, notes: 'x' }]);
  assert.equal(await stampOf(), linked);
  await person.delete('/timesheets', [sheet]);
  assert.ok((await stampOf()) > linked);
});

test('what can not be attached is refused by name, and what is attached may be sent back', async () => {
  const stranger = await (await world.company()).person();
  const [foreign, unseen, gone] = [await upload(stranger), await upload(company.admin), await upload(person)];
  await person.delete('/files', [gone]);
  const cases: readonly [unknown, RegExp][] = [
    [[foreign], new RegExp(`^attached_files ${foreign} does not exist$`)],
    [[unseen], new RegExp(`^attached_files ${unseen} does not exist$`)],
    [[gone], new RegExp(`^attached_files ${gone} was deleted$`)],
    [[2_000_000_000], /^attached_files 2000000000 does not exist$/],
    [['x'], /^attached_files must be a list of ids$/],
  ];
  const id = await attach(person, person, []);
  for (const [attached_files, reason] of cases) {
    for (const answer of [
      person.post('/timesheets', [timesheetOf(person, { attached_files })]),
      person.put('/timesheets', [{ id, attached_files }]),
    ]) {
      const refused = await item(answer);
      assert.equal(refused._status_code, 417);
      assert.match(String(refused._status_extra), reason);
    }
  }
  // A file that is deleted later stays named where it is attached, and shows as deleted.
  const file = await upload(person);
  await person.put('/timesheets', [{ id, attached_files: [file] }]);
  await person.delete('/files', [file]);
  const listed = await person.get('/timesheets', { ids: id });
  const [row = {}] = rowsIn(listed, 'timesheets');
  assert.deepEqual(row.attached_files, [file]);
  assert.equal(listed.body.supplemental_data?.files?.[file]?.active as unknown, false);
  assert.equal((await item(person.put('/timesheets', [row])))._status_code, 200);
  assert.deepEqual(await linksOf(file), { timesheets: [String(id)] });
});

test('a file is seen by whoever sees the timesheet that it is attached to, and by nobody else', async () => {
  const place = await world.company();
  const manager = await place.person();
  const group = await place.group([manager]);
  const member = await place.person({ groupId: group });
  const other = await place.person();
  const approver = await place.person({ permissions: ['approve_timesheets'] });
  const lead = await place.person({ permissions: ['manage_timesheets'] });
  const [loose, ofOther] = [await upload(place.admin), await upload(place.admin)];
  const sheet = await attach(place.admin, member, [loose]);
  await attach(place.admin, other, [ofOther]);
  const cases: readonly [string, Person, number[]][] = [
    ['its owner', member, [loose]],
    ['his manager', manager, [loose]],
    ['another employee', other, [ofOther]],
    ['who approves', approver, [loose, ofOther]],
    ['who manages time', lead, [loose, ofOther]],
    ['an admin', place.admin, [loose, ofOther]],
  ];
  for (const [who, asker, seen] of cases) {
    assert.deepEqual(await idsFor(asker, { uploaded_by_user_ids: 0 }), seen, who);
    for (const id of [loose, ofOther]) {
      const raw = await asker.send('GET', `/files/raw?id=${id}`);
      assert.equal(raw.status, seen.includes(id) ? 200 : 404, `${who}: ${id}`);
    }
  }
  // Seeing is not changing: that is for the uploader, his managers, and who manages time.
  const change = async (by: Person, id: number): Promise<unknown> =>
    rowsIn(await by.put('/files', [{ id, file_name: 'changed.png' }]), 'files')[0]?._status_code;
  assert.deepEqual(
    [
      await change(member, loose),
      await change(manager, loose),
      await change(approver, loose),
      await change(lead, loose),
    ],
    [417, 417, 417, 200],
  );
  assert.equal(rowsIn(await member.delete('/files', [loose]), 'files')[0]?._status_code, 417);
  // The owner of the timesheet may send it back as it is, though the file is not his.
  await place.admin.put('/users', [{ id: member.userId, permissions: { manage_my_timesheets: true } }]);
  assert.equal((await item(member.put('/timesheets', [{ id: sheet, attached_files: [loose] }])))._status_code, 200);
  // Detached, it is out of sight.
  await place.admin.put('/timesheets', [{ id: sheet, attached_files: [] }]);
  assert.deepEqual(await idsFor(member, { uploaded_by_user_ids: 0 }), []);
  // Supplemental data shows no more than the list itself.
  const listed = await approver.get('/files', { uploaded_by_user_ids: 0 });
  assert.deepEqual(Object.keys(listed.body.supplemental_data?.timesheets ?? {}).length, 1);
});

test('a file of closed time is deleted only by those who may change that time, seen or not', async () => {
  const place = await world.company();
  const [owner, uploader] = [await place.person(), await place.person()];
  const approver = await place.person({ permissions: ['approve_timesheets', 'manage_timesheets'] });
  const [mine, his, loose] = [await upload(owner), await upload(uploader), await upload(owner)];
  await attach(place.admin, owner, [mine, his]);
  await place.admin.put('/users', [{ id: owner.userId, approved_to: '2025-12-31' }]);
  const remove = async (by: Person, id: number): Promise<Row> =>
    rowsIn(await by.delete('/files', [id]), 'files')[0] ?? {};
  for (const [by, id] of [
    [owner, mine],
    [uploader, his],
  ] as const) {
    const refused = await remove(by, id);
    assert.equal(refused._status_code, 417);
    assert.match(
      String(refused._status_extra),
      /^The file is attached to timesheet \d+, which can not be changed\. .*approved/,
    );
    assert.equal((await by.send('GET', `/files/raw?id=${id}`)).status, 200);
  }
  assert.equal((await remove(owner, loose))._status_code, 200);
  assert.equal((await remove(approver, mine))._status_code, 200);
});

test('attaching and deleting at once end in a state that either order leads to', async () => {
  for (let round = 0; round < 8; round += 1) {
    const id = await upload(person);
    const sheet = await attach(person, person, []);
    const [put, deleted] = await Promise.all([
      person.put('/timesheets', [{ id: sheet, attached_files: [id] }]),
      person.delete('/files', [id]),
    ]);
    assert.equal(rowsIn(deleted, 'files')[0]?._status_code, 200);
    const [row] = rowsIn(put, 'timesheets');
    assert.ok(row?._status_code === 200 || /was deleted$/.test(String(row?._status_extra)), JSON.stringify(row));
    const attached = row?._status_code === 200;
    assert.deepEqual(await linksOf(id), attached ? { timesheets: [String(sheet)] } : {});
    const [stored] = rowsIn(await person.get('/timesheets', { ids: sheet }), 'timesheets');
    assert.deepEqual(stored?.attached_files, attached ? [id] : []);
  }
});

test('many who attach and detach the same files at once leave the links as the timesheets say', async () => {
  const files = await Promise.all(Array.from({ length: 6 }, () => upload(person)));
  const sheets = await Promise.all(Array.from({ length: 8 }, () => attach(person, person, [])));
  await Promise.all(
    [0, 1, 2].flatMap((round) =>
      sheets.map((id, index) => {
        const attached_files = files.filter((_, at) => (at + index + round) % 3 !== 0);
        return person.put('/timesheets', [
          { id, attached_files: round % 2 ? attached_files.toReversed() : attached_files },
        ]);
      }),
    ),
  );
  const [count] = await world.services.database.system.rows(sql`
    SELECT count(*) FILTER (WHERE l.file_id IS NULL), count(*) FILTER (WHERE a.id IS NULL) FROM file_links l
    FULL JOIN (SELECT company_id, id, unnest(attached_files) AS file_id FROM timesheets) a
      ON a.company_id = l.company_id AND l.object_table = 'timesheets' AND l.object_id = a.id AND l.file_id = a.file_id`);
  assert.deepEqual(count, ['0', '0']);
});

test('files cost timesheets no statement where there are none, and few where there are', async () => {
  const place = await world.company();
  const { admin } = place;
  const files = [await upload(admin), await upload(admin), await upload(admin)];
  const costOf = async (work: () => Promise<unknown>): Promise<number> => {
    await work();
    counter.take();
    await work();
    return counter.take();
  };
  const post = (count: number, attached_files: readonly number[]) => () =>
    admin.post(
      '/timesheets',
      Array.from({ length: count }, () => timesheetOf(admin, { attached_files })),
    );
  const none = await costOf(post(10, []));
  assert.equal(await costOf(post(10, files)), none + 3, 'the files exist, are not deleted, and come along');
  assert.equal(await costOf(post(40, files)), none + 3);
  const list = (more: Record<string, string>) => () => admin.get('/timesheets', { start_date: '2000-01-01', ...more });
  const withFiles = await costOf(list({}));
  assert.equal(withFiles, (await costOf(list({ supplemental_data: 'no' }))) + 1);
});
