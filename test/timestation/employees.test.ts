import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { idOf } from '../../src/dialects/timestation/ids.ts';
import { insertFields } from '../../src/resources/customfields/queries.ts';
import { sql } from '../../src/store/sql.ts';
import { statementCounter } from '../conformance/counting.ts';
import type { Json } from '../support/api.ts';
import { type Form, type TimeStation, timestationOf } from '../support/timestation.ts';
import { openWorld, type Person } from '../support/world.ts';
import { assertRefused } from './shifts-support.ts';

const counter = statementCounter();
const now = Date.UTC(2026, 5, 15, 18) / 1000;
const world = await openWorld({ shared: true, now, decorate: counter.decorate });
after(() => world.close());
const company = await world.company();
const api = await timestationOf(world, company);
const db = world.services.database.forCompany(company.id);
const fieldIds = await insertFields(db, company.id, [
  { name: 'Phone Number', appliesTo: 'user', type: 'free-form' },
  { name: 'Start Date', appliesTo: 'user', type: 'free-form', regexFilter: '^\\d\\d/\\d\\d/\\d{4}$' },
  { name: 'Shift notes', appliesTo: 'timesheet', type: 'free-form' },
]);
world.services.cache.forget(company.id);

const angela: Form = {
  name: 'Angela Martin',
  department_name: 'Accounting',
  custom_employee_id: 'EMP-0002',
  title: 'Payroll Manager',
  hourly_rate: '25.00',
  pin: '2222',
  'custom_fields[Phone Number]': '(212) 555-1234',
  'custom_fields[Start Date]': '08/15/2023',
};

async function hire(form: Form, by: TimeStation = api): Promise<string> {
  const answer = await by.post('/employees', form);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.body.employee ?? {}), ['employee_id']);
  return String(answer.body.employee?.employee_id);
}

async function employee(id: string, by: TimeStation = api): Promise<Json> {
  const answer = await by.get(`/employees/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.employee as Json;
}

async function departments(): Promise<Record<string, Json>> {
  const { body } = await api.get('/departments');
  return Object.fromEntries((body.departments as unknown as Json[]).map((one) => [String(one.name), one]));
}

const numberOf = async (username: string): Promise<number> => {
  const [row] = await db.rows(sql`SELECT id FROM users WHERE company_id = ${company.id} AND username = ${username}`);
  return Number(row?.[0]);
};

/** Everything that the company keeps of people and departments, to show that a refusal changed nothing. */
const kept = (): Promise<unknown> =>
  Promise.all(
    ['users', 'jobcodes', 'jobcode_assignments', 'credentials', 'kiosk_access'].map((table) =>
      db.rows({ text: `SELECT t.*::text FROM ${table} t WHERE company_id = $1 ORDER BY 1`, values: [company.id] }),
    ),
  );

test('the samples of the reference come out, key by key', async () => {
  const id = await hire(angela);
  const alone = await employee(id);
  assert.match(String(alone.card_qr_code), /^\d{30,31}$/);
  assert.deepEqual(Object.entries(alone), [
    ['employee_id', id],
    ['name', 'Angela Martin'],
    ['title', 'Payroll Manager'],
    ['primary_department', 'Accounting'],
    ['primary_department_id', (await departments()).Accounting?.department_id],
    ['current_department', 'Accounting'],
    ['current_department_id', (await departments()).Accounting?.department_id],
    ['status', 'out'],
    ['custom_employee_id', 'EMP-0002'],
    ['hourly_rate', '25.00'],
    ['pin', '2222'],
    ['card_number', '00002'],
    ['card_qr_code', alone.card_qr_code],
    ['custom_fields', { 'Phone Number': '(212) 555-1234', 'Start Date': '08/15/2023' }],
  ]);
  const michael = await hire({ name: 'Michael Scott', department_name: 'Management', title: 'Office Boss' });
  assert.deepEqual(Object.keys(await employee(michael)), [
    'employee_id',
    'name',
    'title',
    'primary_department',
    'primary_department_id',
    'current_department',
    'current_department_id',
    'status',
    'card_number',
    'card_qr_code',
  ]);
  const { status, body } = await api.get('/employees');
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['employees']);
  const listed = body.employees as unknown as Json[];
  assert.deepEqual(
    listed.map(({ name }) => name),
    ['Ada Min', 'Angela Martin', 'Michael Scott'],
  );
  assert.deepEqual(listed[1], alone);
  assert.equal((await api.put(`/employees/${id}`, angela)).text, JSON.stringify({ employee: { employee_id: id } }));
  assert.deepEqual(await employee(id), alone, 'the same again changes nothing');
});

test('an employee is a user who tracks time and can not sign in yet, with a user name of his own', async () => {
  await hire({ name: 'Zoë O’Neil', department_name: 'accounting' });
  await hire({ name: 'Zoë O’Neil', department_name: 'ACCOUNTING' });
  const answer = await company.admin.get('/users', { usernames: 'zoe.o.neil,zoe.o.neil2' });
  const users = Object.values(answer.body.results?.users ?? {}) as Json[];
  assert.deepEqual(
    users.map(({ first_name }) => first_name),
    ['Zoë', 'Zoë'],
  );
  assert.deepEqual(
    users.map(({ permissions }) => permissions?.time_tracking),
    [true, true],
  );
  const [secrets] = await db.rows(sql`
    SELECT count(*) FROM credentials c JOIN users u ON u.company_id = c.company_id AND u.id = c.user_id
    WHERE u.username LIKE 'zoe%'`);
  assert.equal(secrets?.[0], '0');
  const [origin] = await db.rows(sql`
    SELECT via, actor_user_id FROM history WHERE resource = 'users' AND after ->> 'username' = 'zoe.o.neil'`);
  assert.deepEqual(origin, ['timestation', String(company.admin.userId)]);
  assert.equal((await departments()).Accounting?.employees_primary, '3', 'the department is the one that there was');
});

test('names come back exactly as they were given', async () => {
  for (const name of [
    'Madonna',
    'Mary Ann Lee',
    'Ada  Lovelace',
    '山田太郎',
    'Ludwig van Beethoven III',
    `${'x'.repeat(254)}y`,
  ]) {
    const id = await hire({ name, department_name: 'Names' });
    assert.equal((await employee(id)).name, name);
    await api.put(`/employees/${id}`, { name: `${name.slice(0, 9)}-`, department_name: 'Names' });
    assert.equal((await employee(id)).name, `${name.slice(0, 9)}-`.trim());
  }
  const person = await company.person();
  await company.admin.put('/users', [{ id: person.userId, first_name: 'Mary', last_name: 'Ann Smith' }]);
  const id = idOf('emp', person.userId);
  assert.equal((await employee(id)).name, 'Mary Ann Smith');
  await api.put(`/employees/${id}`, { name: 'Mary Ann Smith', department_name: 'Names' });
  const { body } = await company.admin.get('/users', { ids: person.userId });
  const [user] = Object.values(body.results?.users ?? {}) as Json[];
  assert.deepEqual([user?.first_name, user?.last_name, user?.display_name], ['Mary', 'Ann Smith', '']);
});

test('a replacement clears what it does not say', async () => {
  const full = {
    ...angela,
    name: 'Erin Hannon',
    custom_employee_id: 'EMP-7',
    pin: '7777',
    department_name: 'Reception',
  };
  const id = await hire(full);
  const { card_number, card_qr_code } = await employee(id);
  const emptied = await api.put(`/employees/${id}`, { name: 'Kelly Hannon', department_name: 'Reception', pin: '' });
  assert.equal(emptied.status, 200, emptied.text);
  const department = (await departments()).Reception?.department_id;
  assert.deepEqual(await employee(id), {
    employee_id: id,
    name: 'Kelly Hannon',
    primary_department: 'Reception',
    primary_department_id: department,
    current_department: 'Reception',
    current_department_id: department,
    status: 'out',
    card_number,
    card_qr_code,
  });
  assert.equal((await api.put(`/employees/${id}`, full)).status, 200);
  const again = await employee(id);
  assert.deepEqual(
    [again.name, again.pin, again.hourly_rate, again.custom_employee_id],
    ['Erin Hannon', '7777', '25.00', 'EMP-7'],
  );
  // Field names in any case; a field that is not named is cleared.
  await api.put(`/employees/${id}`, {
    ...full,
    'custom_fields[Phone Number]': '',
    'custom_fields[start date]': '01/02/2024',
  });
  assert.deepEqual((await employee(id)).custom_fields, { 'Start Date': '01/02/2024' });
});

test('nested JSON says the same as a form', async () => {
  const body = {
    name: 'Json Employee',
    department_id: (await departments()).Accounting?.department_id,
    hourly_rate: 15.125,
    custom_fields: { 'phone number': '1' },
  };
  const answer = await api.send('POST', '/employees', JSON.stringify(body), { 'content-type': 'application/json' });
  assert.equal(answer.status, 200, answer.text);
  const made = await employee(String(answer.body.employee?.employee_id));
  assert.deepEqual(
    [made.primary_department, made.hourly_rate, made.custom_fields],
    ['Accounting', '15.125', { 'Phone Number': '1' }],
  );
});

test('an employee leaves his primary department for another, or keeps it as a secondary one', async () => {
  const id = await hire({ name: 'Dwight Schrute', department_name: 'Sales' });
  const counts = async (name: string): Promise<unknown[]> => {
    const { employees_total, employees_primary } = (await departments())[name] ?? {};
    return [employees_total, employees_primary];
  };
  assert.deepEqual(await counts('Sales'), ['1', '1']);
  const move = (department_name: string, query?: Form): Promise<unknown> =>
    api.put(`/employees/${id}`, { name: 'Dwight Schrute', department_name }, query);
  await move('Farming', { convert_primary_department: 'true' });
  assert.deepEqual(
    [await counts('Sales'), await counts('Farming')],
    [
      ['1', '0'],
      ['1', '1'],
    ],
  );
  await move('Security', { convert_primary_department: 'false' });
  assert.deepEqual(
    [await counts('Sales'), await counts('Farming'), await counts('Security')],
    [
      ['1', '0'],
      ['0', '0'],
      ['1', '1'],
    ],
  );
  await move('Sales');
  assert.deepEqual(
    [await counts('Sales'), await counts('Security')],
    [
      ['1', '1'],
      ['0', '0'],
    ],
  );
  assertRefused(
    await api.put(`/employees/${id}`, { name: 'D', department_name: 'Sales' }, { convert_primary_department: 'maybe' }),
    400,
    /convert_primary_department must be true or false/,
    'convert',
  );
});

test('a department of everyone is nobody’s to leave', async () => {
  const everyone = idOf('dpt', await company.jobcode({ name: 'Everyone' }));
  const id = await hire({ name: 'Toby Flenderson', department_id: everyone });
  const [own] = await db.rows(sql`SELECT count(*) FROM jobcode_assignments a JOIN users u ON u.company_id = a.company_id
    AND u.id = a.user_id WHERE u.username = 'toby.flenderson' AND a.active`);
  assert.equal(own?.[0], '0');
  await api.put(`/employees/${id}`, { name: 'Toby Flenderson', department_name: 'Annex' });
  const all = (await api.get('/employees')).body.employees as unknown as Json[];
  assert.equal((await departments()).Everyone?.employees_total, String(all.length));
  const { body } = await company.admin.get('/jobcodes', { name: 'Everyone' });
  const [jobcode] = Object.values(body.results?.jobcodes ?? {}) as Json[];
  await company.admin.put('/jobcodes', [{ id: jobcode?.id, active: false }]);
});

test('status and current department follow the clock', async () => {
  const person = await company.person();
  const id = idOf('emp', person.userId);
  await api.put(`/employees/${id}`, { name: 'Clock Puncher', department_name: 'Accounting' });
  const sales = await company.jobcode({ name: 'Travelling' });
  const child = await company.jobcode({ name: 'By train', parentId: sales });
  const pause = await company.jobcode({ name: 'Pause', type: 'paid_break' });
  const iso = (epoch: number): string => new Date(epoch * 1000).toISOString().replace('.000Z', '+00:00');
  const sheet = (start: number, end: number | undefined, jobcode_id: number): Promise<unknown> =>
    company.admin.post('/timesheets', [
      {
        user_id: person.userId,
        type: 'regular',
        jobcode_id,
        start: iso(start),
        end: end === undefined ? '' : iso(end),
      },
    ]);
  const where = async (): Promise<unknown[]> => {
    const { status, current_department, primary_department } = await employee(id);
    return [status, current_department, primary_department];
  };
  assert.deepEqual(await where(), ['out', 'Accounting', 'Accounting']);
  await sheet(now - 90_000, now - 80_000, child);
  await sheet(now + 80_000, now + 90_000, (await accounting()) ?? 0);
  assert.deepEqual(await where(), ['out', 'Travelling', 'Accounting'], 'where he was last, not where he will be');
  await sheet(now - 600, undefined, sales);
  assert.deepEqual(await where(), ['in', 'Travelling', 'Accounting']);
  const { Travelling, Accounting } = await departments();
  assert.deepEqual([Travelling?.employees_in, Accounting?.employees_in], ['1', '0']);
  assertRefused(await api.delete(`/employees/${id}`), 402, /is on the clock/, 'an open shift');
  const [open] = await db.rows(sql`SELECT id FROM timesheets WHERE user_id = ${person.userId} AND end_at IS NULL`);
  await company.admin.put('/timesheets', [{ id: Number(open?.[0]), end: iso(now - 300) }]);
  await sheet(now - 200, undefined, pause);
  assert.deepEqual(await where(), ['in', 'Travelling', 'Accounting'], 'on a break he is where he was');
  // Whoever may not see his time does not see where he is either.
  const clerk = await timestationOf(world, company, await company.person({ permissions: ['manage_jobcodes'] }));
  const seen = await employee(id, clerk);
  assert.deepEqual([seen.status, seen.current_department], ['out', 'Accounting']);
  const watcher = await timestationOf(world, company, await company.person({ permissions: ['status_box'] }));
  assert.equal((await employee(id, watcher)).status, 'in');
});

async function accounting(): Promise<number | undefined> {
  const [row] = await db.rows(sql`SELECT id FROM jobcodes WHERE company_id = ${company.id} AND name = 'Accounting'`);
  return row === undefined ? undefined : Number(row[0]);
}

test('people of the other doors have a department as far as they may use one', async () => {
  const other = await world.company();
  const theirs = await timestationOf(world, other);
  const person = await other.person();
  const id = idOf('emp', person.userId);
  assert.ok(!('primary_department' in (await employee(id, theirs))));
  const own = await other.jobcode({ name: 'Own', assignedToAll: false });
  const shared = await other.jobcode({ name: 'Shared' });
  assert.equal((await employee(id, theirs)).primary_department, 'Shared');
  await other.admin.post('/jobcode_assignments', [{ user_id: person.userId, jobcode_id: own }]);
  assert.equal((await employee(id, theirs)).primary_department, 'Own');
  await other.admin.put('/users', [{ id: person.userId, default_jobcode_id: shared, title: 'Hand' }]);
  const { primary_department_id, title } = await employee(id, theirs);
  assert.deepEqual([primary_department_id, title], [idOf('dpt', shared), 'Hand']);
  const { body } = await other.admin.get('/users', { ids: person.userId, employment: 'yes' });
  const [user] = Object.values(body.results?.users ?? {}) as Json[];
  assert.deepEqual([user?.title, user?.default_jobcode_id], ['Hand', shared]);
  // An archived department is nobody's any more.
  await other.admin.put('/jobcodes', [{ id: shared, active: false }]);
  assert.equal((await employee(id, theirs)).primary_department, 'Own');
  await other.admin.put('/users', [{ id: person.userId, default_jobcode_id: own }]);
  for (const wrong of [
    shared,
    await other.jobcode({ name: 'Child', parentId: own }),
    await other.jobcode({ type: 'pto' }),
    999_999,
  ])
    assert.match(
      (await other.admin.put('/users', [{ id: person.userId, default_jobcode_id: wrong }])).text,
      /default_jobcode_id (must be an active regular jobcode|\d+ does not exist)/,
    );
  await other.admin.put('/users', [{ id: person.userId, permissions: { time_tracking: false } }]);
  assert.equal((await theirs.get(`/employees/${id}`)).status, 404, 'who tracks no time is no employee');
});

test('a refused employee leaves nothing behind, and the refusal says why', async () => {
  const good = { name: 'Nobody', department_name: 'Nowhere' };
  const { Accounting } = await departments();
  const before = await kept();
  const cases: [form: Form, status: number, says: RegExp][] = [
    [{ department_name: 'Nowhere' }, 400, /^name is required$/],
    [{ name: '  ', department_name: 'Nowhere' }, 400, /^name is required$/],
    [{ name: 'Nobody' }, 400, /^department_id or department_name is required$/],
    [{ ...good, name: 'x'.repeat(256) }, 400, /^name must not be longer than 255 characters$/],
    [{ ...good, name: 'No\nBody' }, 400, /^name must be a single line$/],
    [
      { ...good, department_name: 'x'.repeat(65) },
      400,
      /^The department's name must not be longer than 64 characters$/,
    ],
    [{ ...good, department_name: 'Vacation' }, 402, /time off/],
    [{ ...good, department_id: 'dpt_nonsense00' }, 404, /^The department does not exist$/],
    [{ ...good, department_id: idOf('emp', 1) }, 404, /^The department does not exist$/],
    [{ ...good, department_id: idOf('dpt', 999_999) }, 404, /^The department does not exist$/],
    [{ ...good, pin: '333' }, 400, /^pin must be 4 digits$/],
    [{ ...good, pin: '33333' }, 400, /^pin must be 4 digits$/],
    [{ ...good, pin: 'none' }, 400, /^pin must be 4 digits$/],
    [{ ...good, pin: '١٢٣٤' }, 400, /^pin must be 4 digits$/],
    [{ ...good, pin: '2222' }, 402, /^That pin is already in use$/],
    [{ ...good, custom_employee_id: 'EMP-0002' }, 402, /^That custom_employee_id is already in use$/],
    [{ ...good, custom_employee_id: 'x'.repeat(256) }, 400, /^custom_employee_id must not be longer/],
    [{ ...good, title: 'x'.repeat(256) }, 400, /^title must not be longer/],
    [{ ...good, hourly_rate: 'much' }, 400, /^hourly_rate must be a number$/],
    [{ ...good, hourly_rate: '-1' }, 400, /^hourly_rate must not be less than 0$/],
    [{ ...good, hourly_rate: '1e9' }, 400, /^hourly_rate must be a number$/],
    [{ ...good, 'custom_fields[Shoe Size]': '9' }, 400, /^There is no employee custom field named "Shoe Size"$/],
    [{ ...good, 'custom_fields[Shift notes]': '9' }, 400, /no employee custom field/],
    [{ ...good, 'custom_fields[Start Date]': 'soon' }, 400, /does not match its filter/],
  ];
  for (const [form, status, says] of cases) {
    assertRefused(await api.post('/employees', form), status, says, `POST ${JSON.stringify(form).slice(0, 90)}`);
  }
  const id = idOf('emp', await numberOf('michael.scott'));
  for (const [form, status, says] of cases) {
    assertRefused(await api.put(`/employees/${id}`, form), status, says, `PUT ${JSON.stringify(form).slice(0, 90)}`);
  }
  for (const unknown of [idOf('emp', 999_999), 'emp_nonsense00', idOf('dpt', 1), '1', 'emp_']) {
    const path = `/employees/${unknown}`;
    assertRefused(await api.get(path), 404, /^The employee does not exist$/, path);
    assertRefused(await api.put(path, good), 404, /^The employee does not exist$/, path);
    assertRefused(await api.delete(path), 404, /^The employee does not exist$/, path);
  }
  assert.deepEqual(await kept(), before);
  assert.ok(Accounting);
});

test('a deleted employee is archived, his PIN is free, and his card is never given again', async () => {
  const id = await hire({ name: 'Gone Soon', department_name: 'Accounting', pin: '8080', custom_employee_id: 'GONE' });
  const { card_number, card_qr_code } = await employee(id);
  const answer = await api.delete(`/employees/${id}`);
  assert.deepEqual([answer.status, answer.text], [200, JSON.stringify({ employee: { employee_id: id } })]);
  assertRefused(await api.get(`/employees/${id}`), 404, /does not exist/, 'gone');
  assertRefused(await api.delete(`/employees/${id}`), 404, /does not exist/, 'twice');
  assert.ok(!(await api.get('/employees')).text.includes('Gone Soon'));
  const next = await employee(await hire({ name: 'Next One', department_name: 'Accounting', pin: '8080' }));
  assert.equal(Number(next.card_number), Number(card_number) + 1);
  const userId = await numberOf('gone.soon');
  const [hash] = await db.rows(sql`SELECT login_pin_hash FROM credentials WHERE user_id = ${userId}`);
  assert.equal(hash?.[0], null);
  await company.admin.put('/users', [{ id: userId, active: true }]);
  const back = await employee(id);
  assert.deepEqual([back.card_number, back.card_qr_code, back.pin], [card_number, card_qr_code, undefined]);
  assertRefused(
    await api.post('/employees', { name: 'Copy', department_name: 'Accounting', custom_employee_id: 'GONE' }),
    402,
    /custom_employee_id is already in use/,
    'the payroll id stays his',
  );
  assertRefused(
    await api.delete(`/employees/${idOf('emp', company.admin.userId)}`),
    402,
    /administrator/,
    'last admin',
  );
});

test('what a key may do and see is what its user may', async () => {
  const worker = await company.person();
  const boss = await company.person();
  const team = await company.group([boss]);
  const member = await company.person({ groupId: team });
  const hr = await company.person({ permissions: ['manage_users'] });
  const keys = new Map<string, TimeStation>();
  for (const [name, person] of Object.entries({ worker, boss, hr }))
    keys.set(name, await timestationOf(world, company, person));
  const key = (name: string): TimeStation => keys.get(name) ?? api;
  const namesSeen = async (name: string): Promise<number> =>
    ((await key(name).get('/employees')).body.employees as unknown as Json[]).length;
  const id = ({ userId }: Person): string => idOf('emp', userId);
  const full = {
    ...angela,
    name: 'Team Member',
    custom_employee_id: 'M-1',
    pin: '4444',
    department_name: 'Accounting',
  };
  assert.equal((await api.put(`/employees/${id(member)}`, full)).status, 200);

  assert.equal(await namesSeen('worker'), 1);
  assertRefused(await key('worker').get(`/employees/${id(member)}`), 404, /does not exist/, 'a colleague');
  assertRefused(await key('worker').put(`/employees/${id(member)}`, full), 404, /does not exist/, 'a colleague');
  assertRefused(await key('worker').delete(`/employees/${id(member)}`), 404, /does not exist/, 'a colleague');
  assertRefused(
    await key('worker').post('/employees', { name: 'X', department_name: 'Accounting' }),
    403,
    /permission/,
    'hire',
  );
  const self = await employee(id(worker), key('worker'));
  assert.ok(self.card_qr_code);
  assertRefused(
    await key('worker').put(`/employees/${id(worker)}`, {
      name: String(self.name),
      title: 'King',
      department_name: 'Accounting',
    }),
    403,
    /permission/,
    'his own title',
  );

  assert.equal(await namesSeen('boss'), 2);
  const managed = await employee(id(member), key('boss'));
  assert.deepEqual([managed.pin, managed.hourly_rate], ['4444', undefined]);
  assertRefused(await key('boss').put(`/employees/${id(member)}`, full), 403, /set rates of pay/, 'pay');
  const unpaid = Object.fromEntries(Object.entries(full).filter(([name]) => name !== 'hourly_rate'));
  const moved = await key('boss').put(`/employees/${id(member)}`, { ...unpaid, pin: '4445' });
  assert.equal(moved.status, 200, moved.text);
  assertRefused(
    await key('boss').put(`/employees/${id(member)}`, { ...unpaid, department_name: 'Brand new' }),
    403,
    /create departments/,
    'a department',
  );
  const [paid] = await db.rows(sql`SELECT pay_rate FROM users WHERE id = ${member.userId}`);
  assert.equal(Number(paid?.[0]), 25, 'what he does not see he does not clear');

  const toHr = await employee(id(member), key('hr'));
  assert.deepEqual([toHr.pin, toHr.hourly_rate], ['4445', undefined]);
  const admin = await employee(idOf('emp', company.admin.userId), key('hr'));
  assert.deepEqual([admin.pin, admin.card_qr_code, admin.card_number], [undefined, undefined, '00001']);
  const hired = await key('hr').post('/employees', { name: 'By HR', department_name: 'Accounting' });
  assert.equal(hired.status, 200, hired.text);
  assertRefused(
    await key('hr').post('/employees', { name: 'By HR', department_name: 'Brand new' }),
    403,
    /permission/,
    'a department of a name that is new',
  );
});

test('one company knows nothing of another', async () => {
  const other = await world.company();
  const theirs = await timestationOf(world, other);
  const id = await hire({ name: 'Here Only', department_name: 'Accounting' });
  const department = String((await departments()).Accounting?.department_id);
  assertRefused(await theirs.get(`/employees/${id}`), 404, /does not exist/, 'employee');
  assertRefused(
    await theirs.put(`/employees/${id}`, { name: 'X', department_name: 'X' }),
    404,
    /does not exist/,
    'PUT',
  );
  assertRefused(await theirs.delete(`/employees/${id}`), 404, /does not exist/, 'DELETE');
  assertRefused(await theirs.get(`/departments/${department}`), 404, /does not exist/, 'department');
  assertRefused(
    await theirs.post('/employees', { name: 'X', department_id: department }),
    404,
    /does not exist/,
    'by id',
  );
  const mine = await hire(
    { name: 'Angela Martin', department_name: 'Accounting', pin: '2222', custom_employee_id: 'EMP-0002' },
    theirs,
  );
  assert.equal((await employee(mine, theirs)).card_number, '00002', 'cards are counted in each company');
});

test('of two requests at once with one PIN one wins; one new department is made for two', async () => {
  for (let round = 0; round < 3; round += 1) {
    const pin = String(9_000 + round);
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((one) =>
        api.post('/employees', { name: `Racer ${one}`, department_name: `Race ${round}`, pin }),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 402, 402]);
    const userId = await numberOf('angela.martin');
    const rest = await Promise.all([
      company.admin.put('/users', [{ id: userId, pin: `8${String(round).padStart(3, '0')}` }]),
      api.post('/employees', {
        name: 'Rival',
        department_name: `Race ${round}`,
        pin: `8${String(round).padStart(3, '0')}`,
      }),
    ]);
    assert.ok(
      rest.every(({ status }) => status < 500),
      rest.map(({ text }) => text).join('\n'),
    );
    const names = await Promise.all(
      ['a', 'b', 'c'].map((one) =>
        api.post('/employees', { name: 'Same Name', department_name: `New ${round} ${one.slice(1)}` }),
      ),
    );
    assert.deepEqual(
      names.map(({ status }) => status),
      [200, 200, 200],
    );
  }
  const twice = await db.rows(sql`SELECT pin FROM kiosk_access WHERE company_id = ${company.id} AND pin IS NOT NULL
    GROUP BY pin HAVING count(*) > 1`);
  assert.deepEqual(twice, []);
  const [races] = await db.rows(
    sql`SELECT count(*) FROM jobcodes WHERE company_id = ${company.id} AND name LIKE 'Race %'`,
  );
  assert.equal(races?.[0], '3');
});

test('a user name that is taken by another door at the same moment is no reason to fail', async () => {
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all([
      api.post('/employees', { name: `Twin ${round}`, department_name: 'Accounting', custom_employee_id: `T${round}` }),
      company.admin.post('/users', [{ username: `twin.${round}`, first_name: 'T', last_name: 'W' }]),
      company.admin.post('/users', [
        { username: `twin.${round}2`, first_name: 'T', last_name: 'W', payroll_id: `T${round}` },
      ]),
    ]);
    for (const { status, text } of answers) assert.ok(status === 200 || status === 402 || status === 207, text);
  }
});

test('a thousand employees are listed with as many statements as ten, in a company of their own', async () => {
  const other = await world.company();
  const theirs = await timestationOf(world, other);
  const add = (count: number, word: string): Promise<unknown> =>
    world.services.database.forCompany(other.id).rows(sql`
      INSERT INTO users (company_id, username, first_name, last_name, permissions)
      SELECT ${other.id}, ${word} || n, 'N', n::text, '{time_tracking}' FROM generate_series(1, ${count}::int) n`);
  const statements = async (): Promise<[number, number]> => {
    const { body } = await theirs.get('/employees');
    const costs: number[] = [];
    // What is announced of the new people in between is read again; the least is what it takes.
    for (let round = 0; round < 4; round += 1) {
      counter.take();
      await theirs.get('/employees');
      await theirs.get('/departments');
      costs.push(counter.take());
    }
    return [(body.employees as unknown as Json[]).length, Math.min(...costs)];
  };
  await add(9, 'few');
  const [few, cost] = await statements();
  assert.equal(few, 10);
  await add(990, 'many');
  assert.deepEqual(await statements(), [1000, cost]);
  const [codes] = await world.services.database.forCompany(other.id).rows(sql`
    SELECT count(DISTINCT card_code), count(DISTINCT card_number), max(card_number) FROM kiosk_access
    WHERE company_id = ${other.id} AND card_code ~ '^8\\d{30}$'`);
  assert.deepEqual(codes, ['1000', '1000', '1000']);
});

test('numbers of cards grow past five digits', async () => {
  const other = await world.company();
  await world.services.database
    .forCompany(other.id)
    .rows(sql`UPDATE card_counters SET given = 99999 WHERE company_id = ${other.id}`);
  const theirs = await timestationOf(world, other);
  const id = await hire({ name: 'Many Before', department_name: 'A' }, theirs);
  assert.equal((await employee(id, theirs)).card_number, '100000');
});

test('archived custom fields are neither shown nor taken', async () => {
  const id = await hire({ ...angela, name: 'Field Less', pin: '5151', custom_employee_id: 'F-1' });
  await db.rows(
    sql`UPDATE customfields SET active = false WHERE company_id = ${company.id} AND id = ${fieldIds[0] ?? 0}`,
  );
  world.services.cache.forget(company.id);
  assert.deepEqual((await employee(id)).custom_fields, { 'Start Date': '08/15/2023' });
  assertRefused(
    await api.put(`/employees/${id}`, { name: 'Field Less', department_name: 'A', 'custom_fields[Phone Number]': '1' }),
    400,
    /There is no employee custom field named "Phone Number"/,
    'archived',
  );
  assert.equal((await api.put(`/employees/${id}`, { name: 'Field Less', department_name: 'Accounting' })).status, 200);
  assert.equal((await employee(id)).custom_fields, undefined);
});
