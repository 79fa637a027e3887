import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import {
  ask,
  change,
  changeEntry,
  entriesOf,
  manual,
  now,
  only,
  requestOf,
  sheetsOf,
  takeMessages,
} from './time-off-support.ts';

let world: World;
let company: Company;
let leave: number;
/** Manages the group that he and the member are in. */
let manager: Person;
let member: Person;
let loner: Person;
let keeper: Person;
let approver: Person;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  leave = await company.jobcode({ type: 'pto', name: 'Away' });
  manager = await company.person();
  const group = await company.group([manager]);
  await company.admin.put('/users', [{ id: manager.userId, group_id: group, first_name: 'Mia', last_name: 'Boss' }]);
  member = await company.person({ groupId: group });
  await company.admin.put('/users', [{ id: member.userId, first_name: 'Sean', last_name: 'Evans' }]);
  loner = await company.person();
  keeper = await company.person({ permissions: ['manage_timesheets'] });
  approver = await company.person({ permissions: ['approve_timesheets'] });
});
beforeEach(async () => void (await takeMessages(world, company)));
after(() => world.close());

function demandDenied(answer: Row, what: RegExp): void {
  assert.deepEqual([answer._status_code, answer._status_message], [403, 'Permission Denied'], JSON.stringify(answer));
  assert.match(String(answer._status_extra), /^Oops! You don't have permission to /);
  assert.match(String(answer._status_extra), what);
}

test("managers of the group, and those who manage or approve everybody's time, decide", async () => {
  for (const by of [manager, keeper, approver, company.admin]) {
    const { id } = await ask(member, [manual(leave, '2026-07-02')]);
    const answer = await change(by, id, { status: 'approved' });
    assert.deepEqual(
      [answer._status_code, answer.status],
      [200, 'approved'],
      `${by.username} ${JSON.stringify(answer)}`,
    );
    const [entry] = await entriesOf(by, id);
    assert.equal(entry?.approver_user_id, by.userId);
    assert.equal((await change(by, id, { status: 'denied' })).status, 'denied');
    assert.deepEqual(await sheetsOf(company, member.userId), []);
  }
});

test('nobody decides about the own time off but an admin', async () => {
  for (const by of [manager, keeper, approver, loner]) {
    const { id } = await ask(by, [manual(leave, '2026-07-02')]);
    const [entry] = await entriesOf(by, id);
    for (const [status, what] of [
      ['approved', /approve that time off/],
      ['denied', /deny that time off/],
    ] as const) {
      demandDenied(await change(by, id, { status }), what);
      demandDenied(await changeEntry(by, entry?.id, { status }), what);
      const item = { time_off_request_entries: [manual(leave, '2026-07-03')], status };
      demandDenied(only(await by.post('/time_off_requests', [item]), 'time_off_requests'), what);
      const part = { time_off_request_entries: [{ ...manual(leave, '2026-07-03'), status }] };
      demandDenied(only(await by.post('/time_off_requests', [part]), 'time_off_requests'), what);
    }
    assert.equal((await change(by, id, { status: 'canceled' })).status, 'canceled', 'but cancels it');
  }
  const { id } = await ask(company.admin, [manual(leave, '2026-07-02')]);
  assert.equal((await change(company.admin, id, { status: 'approved' })).status, 'approved');
});

test('a person cancels the own approved time off until it begins, and takes no decision back', async () => {
  const { id } = await ask(loner, [manual(leave, '2026-06-15'), manual(leave, '2026-06-16')]);
  await change(company.admin, id, { status: 'approved' });
  const [today, tomorrow] = await entriesOf(loner, id);
  demandDenied(await changeEntry(loner, today?.id, { status: 'canceled' }), /has begun/);
  demandDenied(await changeEntry(loner, today?.id, { active: false }), /has begun/);
  demandDenied(await changeEntry(loner, tomorrow?.id, { status: 'pending' }), /take back/);
  demandDenied(await change(loner, id, { status: 'canceled' }), /has begun/);
  assert.equal((await sheetsOf(company, loner.userId)).length, 2);
  const canceled = await changeEntry(loner, tomorrow?.id, { status: 'canceled' });
  assert.deepEqual([canceled.status, canceled.approver_user_id], ['canceled', company.admin.userId]);
  assert.equal((await sheetsOf(company, loner.userId)).length, 1);
  await company.admin.put('/users', [{ id: loner.userId, submitted_to: '2026-06-20' }]);
  const later = await ask(company.admin, [manual(leave, '2026-06-17')], { user_id: loner.userId, status: 'approved' });
  assert.match(String((await change(loner, later.id, { status: 'canceled' }))._status_extra), /was submitted/);
});

test("who may only approve asks for nobody else and changes nobody's time", async () => {
  const item = { user_id: member.userId, time_off_request_entries: [manual(leave, '2026-07-02')] };
  demandDenied(only(await approver.post('/time_off_requests', [item]), 'time_off_requests'), /request time off/);
  const { id } = await ask(member, [manual(leave, '2026-07-02')]);
  const entry = { time_off_request_id: id, ...manual(leave, '2026-07-03') };
  demandDenied(only(await approver.post('/time_off_request_entries', [entry]), 'time_off_request_entries'), /request/);
  const [own] = await entriesOf(member, id);
  demandDenied(await changeEntry(approver, own?.id, { duration: 60 }), /change the time that somebody asked for/);
  const noted = await change(approver, id, { time_off_request_notes: [{ note: 'Are you sure?' }] });
  assert.equal(noted._status_code, 200);
  for (const by of [manager, keeper]) {
    assert.equal((await changeEntry(by, own?.id, { duration: 3600 }))._status_code, 200);
    assert.equal(only(await by.post('/time_off_requests', [item]), 'time_off_requests')._status_code, 200);
  }
});

test('a person sees the own requests, a manager those of the group, others nothing', async () => {
  const { id } = await ask(member, [manual(leave, '2026-07-02')]);
  for (const by of [member, manager, keeper, approver, company.admin]) assert.equal((await requestOf(by, id)).id, id);
  const reporter = await company.person({ permissions: ['reports', 'manage_users'] });
  for (const by of [loner, reporter]) {
    assert.deepEqual(rowsIn(await by.get('/time_off_requests', { ids: Number(id) }), 'time_off_requests'), []);
    assert.deepEqual(await entriesOf(by, id), []);
    const refusal = await change(by, id, { status: 'canceled' });
    assert.deepEqual([refusal._status_code, refusal._status_message], [404, 'Not Found']);
  }
  const forMember = { user_id: member.userId, time_off_request_entries: [manual(leave, '2026-07-02')] };
  const invisible = only(await loner.post('/time_off_requests', [forMember]), 'time_off_requests');
  assert.deepEqual([invisible._status_code, invisible._status_extra], [417, `user_id ${member.userId} does not exist`]);
  const visible = only(await reporter.post('/time_off_requests', [forMember]), 'time_off_requests');
  demandDenied(visible, /request time off for that user/);
});

test('the managers of the group are told of a request once, and its user of the decision once', async () => {
  const { id } = await ask(member, [manual(leave, '2026-07-02'), manual(leave, '2026-07-03', 14_400)]);
  assert.deepEqual(await takeMessages(world, company), [
    [
      manager.userId,
      'Sean Evans asks for time off',
      'Sean Evans asks for time off: 2026-07-02 to 2026-07-03 (Away, 12 hours).',
    ],
  ]);
  await change(manager, id, { status: 'approved' });
  assert.deepEqual(await takeMessages(world, company), [
    [
      member.userId,
      'Your time off was approved',
      'Your time off, 2026-07-02 to 2026-07-03 (Away, 12 hours), was approved by Mia Boss.',
    ],
  ]);
  await change(manager, id, { status: 'approved' });
  await change(manager, id, { time_off_request_notes: [{ note: 'Enjoy.' }] });
  assert.deepEqual(await takeMessages(world, company), [], 'nothing new, nobody told');
  const [one] = await entriesOf(member, id);
  await changeEntry(manager, one?.id, { status: 'pending' });
  assert.deepEqual(await takeMessages(world, company), [
    [
      member.userId,
      'Your time off was set back to pending',
      'Your time off, 2026-07-02 (Away, 8 hours), was set back to pending by Mia Boss.',
    ],
  ]);
  await change(member, id, { status: 'canceled' });
  assert.deepEqual(
    (await takeMessages(world, company)).map(([to, subject, text]) => [to, subject, text]),
    [
      [
        manager.userId,
        'Sean Evans canceled time off',
        'Sean Evans canceled approved time off: 2026-07-03 (Away, 4 hours).',
      ],
    ],
    "what was pending only is nobody else's news",
  );
});

test('the admins are told where a group has no other manager, and nobody of what he does himself', async () => {
  const second = await company.person({ permissions: ['admin'] });
  await ask(manager, [manual(leave, '2026-07-02', 3600)]);
  const told = await takeMessages(world, company);
  assert.deepEqual(
    told.map(([to]) => to),
    [company.admin.userId, second.userId],
  );
  assert.match(String(told[0]?.[2]), /\(Away, 1 hour\)/);
  await ask(second, [manual(leave, '2026-07-02')]);
  assert.deepEqual(
    (await takeMessages(world, company)).map(([to]) => to),
    [company.admin.userId],
  );
  const { id } = await ask(company.admin, [manual(leave, '2026-07-02')], { user_id: loner.userId });
  assert.deepEqual(
    (await takeMessages(world, company)).map(([to]) => to),
    [second.userId],
    'who asks for somebody else knows it',
  );
  await change(company.admin, id, { status: 'denied' });
  assert.deepEqual(
    (await takeMessages(world, company)).map(([to, subject]) => [to, subject]),
    [[loner.userId, 'Your time off was denied']],
  );
});

test('a refused request tells nobody', async () => {
  await member.post('/time_off_requests', [{ time_off_request_entries: [manual(leave, 'x')] }]);
  const { id } = await ask(member, [manual(leave, '2026-07-02')]);
  await takeMessages(world, company);
  await change(member, id, { status: 'approved' });
  assert.deepEqual(await takeMessages(world, company), []);
});
