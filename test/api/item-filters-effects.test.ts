import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { create, itemOf, itemsOf, type Row, statementsDuring } from './jobs-support.ts';

/** Noon in Denver on 15 June 2026. */
const now = Date.UTC(2026, 5, 15, 18) / 1000;
let world: World;
let company: Company;
let admin: Person;
let colour: number;
let mood: number;
let item: Readonly<Record<'red' | 'blue' | 'green', number>>;
let hours = 0;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  admin = company.admin;
  colour = await create(admin, 'customfields', { name: 'Colour', type: 'managed-list', show_to_all: true });
  mood = await create(admin, 'customfields', { name: 'Mood', type: 'free-form', show_to_all: true });
  const make = (name: string): Promise<number> => create(admin, 'customfielditems', { customfield_id: colour, name });
  item = { red: await make('Red'), blue: await make('Blue'), green: await make('Green') };
});
after(() => world.close());

async function limit(applies_to: string, applies_to_id: number, ...items: number[]): Promise<void> {
  const rows = items.map((id) => ({ customfield_id: colour, customfielditem_id: id, applies_to, applies_to_id }));
  for (const row of itemsOf(await admin.post('/customfielditem_filters', rows), 'customfielditem_filters'))
    assert.equal(row._status_code, 200, JSON.stringify(row));
}

function sheet(userId: number, jobcode_id: number, customfields: Row): Row {
  hours += 1;
  const start = new Date(Date.UTC(2026, 0, 1, hours)).toISOString().replace('.000Z', '+00:00');
  const end = start.replace(':00:00+', ':30:00+');
  return { user_id: userId, jobcode_id, type: 'regular', start, end, customfields };
}

const post = async (...sheets: Row[]): Promise<Row[]> => itemsOf(await admin.post('/timesheets', sheets), 'timesheets');
const put = async (change: Row): Promise<Row> => itemOf(await admin.put('/timesheets', [change]), 'timesheets');

function demandOutside(row: Row | undefined, value: string, choices: string): void {
  assert.equal(row?._status_code, 417, JSON.stringify(row));
  assert.equal(
    row?._status_extra,
    `"${value}" is not among the items of custom field ${colour} (Colour) that are filtered for this jobcode and user: ${choices}.`,
  );
}

test('a jobcode, a user and his group limit what a timesheet may say, on POST and on PUT', async () => {
  const team = await company.group();
  const [free, member] = [await company.person(), await company.person({ groupId: team })];
  const [open, limited] = [await company.jobcode(), await company.jobcode()];
  await limit('jobcodes', limited, item.red, item.blue);
  await limit('groups', team, item.blue);
  await limit('users', member.userId, item.green);
  const cases: [Person, job: number, colour: string, choices: string | undefined][] = [
    [free, open, 'Red', undefined],
    [free, open, 'green', undefined],
    [free, limited, 'RED', undefined],
    [free, limited, 'Green', '"Red", "Blue"'],
    [member, open, 'Blue', undefined],
    [member, open, 'Green', undefined],
    [member, open, 'Red', '"Blue", "Green"'],
    [member, limited, 'Blue', undefined],
    [member, limited, 'Green', '"Blue"'],
    [member, limited, 'Red', '"Blue"'],
    [member, limited, '', undefined],
    [member, 0, 'Red', '"Blue", "Green"'],
  ];
  const rows = await post(...cases.map(([person, job, text]) => sheet(person.userId, job, { [colour]: text })));
  for (const [index, [, , text, choices]] of cases.entries()) {
    const row = rows[index];
    if (choices === undefined) assert.equal(row?._status_code, 200, JSON.stringify(row));
    else demandOutside(row, text === 'red' ? 'Red' : text, choices);
  }
  const mine = rows[7];
  demandOutside(await put({ id: mine?.id, customfields: { [colour]: 'Red' } }), 'Red', '"Blue"');
  assert.equal((await put({ id: mine?.id, notes: 'as it was' }))._status_code, 200);
  // With the jobcode or the user all of the values are chosen anew.
  const theirs = rows[1];
  demandOutside(await put({ id: theirs?.id, jobcode_id: limited }), 'Green', '"Red", "Blue"');
  const moved = await put({ id: theirs?.id, jobcode_id: limited, customfields: { [colour]: 'Red' } });
  assert.deepEqual([moved._status_code, moved.customfields], [200, { [colour]: 'Red' }]);
  demandOutside(await put({ id: theirs?.id, user_id: member.userId }), 'Red', '"Blue"');
});

test('a limit that is lifted limits no more, and time that is recorded stays as it is', async () => {
  const job = await company.jobcode();
  const person = await company.person({ permissions: ['manage_my_timesheets'] });
  const [before] = await post(sheet(person.userId, job, { [colour]: 'Green' }));
  await limit('jobcodes', job, item.red);
  const kept = await put({ id: before?.id, customfields: { [colour]: 'Green' }, notes: 'the same value again' });
  assert.equal(kept._status_code, 200);
  const own = itemOf(
    await person.post('/timesheets', [sheet(person.userId, job, { [colour]: 'Green' })]),
    'timesheets',
  );
  demandOutside(own, 'Green', '"Red"');
  await admin.put('/customfielditems', [{ id: item.red, name: 'Scarlet' }]);
  demandOutside((await post(sheet(person.userId, job, { [colour]: 'Green' })))[0], 'Green', '"Scarlet"');
  const [renamed] = await post(sheet(person.userId, job, { [colour]: 'scarlet' }));
  assert.deepEqual(renamed?.customfields, { [colour]: 'Scarlet' });
  await admin.put('/customfielditems', [{ id: item.red, name: 'Red' }]);
  const answer = await admin.get('/customfielditem_filters', { jobcode_id: job });
  const [filter] = itemsOf(answer, 'customfielditem_filters');
  await admin.put('/customfielditem_filters', [{ id: filter?.id, active: false }]);
  assert.equal((await post(sheet(person.userId, job, { [colour]: 'Green' })))[0]?._status_code, 200);
});

test('a free-form field that is limited takes no new values there, and makes no items of them', async () => {
  const job = await company.jobcode();
  const other = await company.jobcode();
  const happy = await create(admin, 'customfielditems', { customfield_id: mood, name: 'Happy' });
  const filter = { customfield_id: mood, customfielditem_id: happy, applies_to: 'jobcodes', applies_to_id: job };
  await create(admin, 'customfielditem_filters', filter);
  const [known, unknown, elsewhere] = await post(
    sheet(admin.userId, job, { [mood]: 'happy' }),
    sheet(admin.userId, job, { [mood]: 'Furious' }),
    sheet(admin.userId, other, { [mood]: 'Calm' }),
  );
  assert.deepEqual([known?._status_code, elsewhere?._status_code], [200, 200]);
  assert.match(
    String(unknown?._status_extra),
    /^"Furious" is not among the items of custom field \d+ \(Mood\).*"Happy"\.$/,
  );
  const items = itemsOf(await admin.get('/customfielditems', { customfield_id: mood }), 'customfielditems');
  const names = items.map(({ name }) => name);
  assert.ok(names.includes('Calm') && !names.includes('Furious'), names.join());
});

test('without filters timesheets cost no more statements, and limits are kept in the cache', async () => {
  const place = await world.company();
  const field = await create(place.admin, 'customfields', { name: 'Colour', type: 'managed-list', show_to_all: true });
  const red = await create(place.admin, 'customfielditems', { customfield_id: field, name: 'Red' });
  const job = await place.jobcode();
  const one = async (): Promise<void> => {
    const row = itemOf(
      await place.admin.post('/timesheets', [sheet(place.admin.userId, job, { [field]: 'Red' })]),
      'timesheets',
    );
    assert.equal(row._status_code, 200, JSON.stringify(row));
  };
  // An announcement that comes late makes the server load its facts afresh, so the fewest of some runs count.
  const fewest = async (): Promise<number> => {
    const counts: number[] = [];
    for (let run = 0; run < 6; run += 1) counts.push(await statementsDuring(one));
    return Math.min(...counts);
  };
  const without = await fewest();
  const filter = { customfield_id: field, customfielditem_id: red, applies_to: 'jobcodes', applies_to_id: job };
  await create(place.admin, 'customfielditem_filters', filter);
  assert.equal(await fewest(), without);
});
