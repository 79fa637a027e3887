import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Permission } from '../../src/rules/permissions.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { type Schedule, scheduleOf } from './schedule-support.ts';

/** Whose an event is, seen from the one who asks. */
const owners = ['own', 'colleague', 'member', 'other', 'nobody'] as const;
type Owner = (typeof owners)[number];

let world: World;
let company: Company;
let schedule: Schedule;
let others: Record<'colleague' | 'member' | 'other', Person>;
let groups: { own: number; managed: number };

before(async () => {
  world = await openWorld({ shared: true, now: Date.UTC(2026, 5, 15, 18) / 1000 });
  company = await world.company();
  schedule = await scheduleOf(company);
  groups = { own: await company.group(), managed: await company.group() };
  others = {
    colleague: await company.person({ groupId: groups.own }),
    member: await company.person({ groupId: groups.managed }),
    other: await company.person({ groupId: await company.group() }),
  };
});
after(() => world.close());

/** Somebody of the one group who manages the other where that is said. */
async function asker(permissions: readonly Permission[], manager: boolean): Promise<Person> {
  const person = await company.person({ permissions, groupId: groups.own });
  const manager_ids = manager ? [person.userId] : '';
  const [group] = rowsIn(await company.admin.put('/groups', [{ id: groups.managed, manager_ids }]), 'groups');
  assert.equal(group?._status_code, 200);
  return person;
}

function assigned(owner: Owner, by: Person): Row {
  if (owner === 'nobody') return { assigned_user_ids: '' };
  return { assigned_user_ids: [owner === 'own' ? by.userId : others[owner].userId] };
}

const all: readonly Owner[] = owners;
const none: readonly Owner[] = [];
interface Expected {
  /** Whose published events, and whose drafts, he sees. */
  published: readonly Owner[];
  drafts?: readonly Owner[];
  /** For whom he makes events, and whose he changes. Nobody's are the admin's here; his own are tested below. */
  makes?: readonly Owner[];
  changes?: readonly Owner[];
}
type Settings = Readonly<Record<string, string>>;

const people: [string, { flags?: Permission[]; manager?: boolean; settings?: Settings }, Expected][] = [
  ['no flag', {}, { published: ['own'] }],
  ['view_my_schedules', { flags: ['view_my_schedules'] }, { published: ['own'] }],
  ['view_group_schedules', { flags: ['view_group_schedules'] }, { published: ['own', 'colleague'] }],
  ['view_company_schedules', { flags: ['view_company_schedules'] }, { published: all }],
  [
    'manage_my_schedule',
    { flags: ['manage_my_schedule'] },
    { published: ['own'], drafts: ['own'], makes: ['own'], changes: ['own'] },
  ],
  ['manage_schedules without a group', { flags: ['manage_schedules'] }, { published: ['own'], makes: ['nobody'] }],
  ["a group's manager", { manager: true }, { published: ['own', 'member'] }],
  [
    "a group's manager with manage_schedules",
    { flags: ['manage_schedules'], manager: true },
    { published: ['own', 'member'], drafts: ['member'], makes: ['member', 'nobody'], changes: ['member'] },
  ],
  [
    'manage_company_schedules',
    { flags: ['manage_company_schedules'] },
    { published: all, drafts: all, makes: all, changes: all },
  ],
  [
    'manage_no_schedules takes all managing away',
    { flags: ['manage_company_schedules', 'manage_my_schedule', 'manage_no_schedules'] },
    { published: ['own'] },
  ],
  ['manage_timesheets', { flags: ['manage_timesheets'] }, { published: ['own'] }],
  ['manage_users', { flags: ['manage_users'] }, { published: ['own'] }],
  [
    'managing limited to the group',
    { flags: ['manage_company_schedules'], manager: true, settings: { manage_schedule_permission: 'group' } },
    {
      published: ['own', 'member'],
      drafts: ['own', 'member'],
      makes: ['own', 'member', 'nobody'],
      changes: ['own', 'member'],
    },
  ],
  [
    'managing limited to oneself',
    { flags: ['manage_company_schedules'], settings: { manage_schedule_permission: 'my' } },
    { published: ['own'], drafts: ['own'], makes: ['own'], changes: ['own'] },
  ],
  [
    'managing limited to nothing',
    { flags: ['manage_my_schedule'], settings: { manage_schedule_permission: 'none' } },
    { published: ['own'] },
  ],
  [
    'seeing limited to the group',
    { flags: ['view_company_schedules'], settings: { view_schedule_permission: 'group' } },
    { published: ['own', 'colleague'] },
  ],
  [
    'seeing limited for employees',
    { flags: ['view_company_schedules'], settings: { employee_view: 'my' } },
    { published: ['own'] },
  ],
  [
    'the limit of managers is none of employees',
    { flags: ['view_company_schedules'], settings: { manager_view: 'none' } },
    { published: all },
  ],
  [
    'seeing limited for managers',
    { flags: ['view_company_schedules'], manager: true, settings: { manager_view: 'none' } },
    { published: ['own', 'member'] },
  ],
  [
    'no setting grants anything',
    { settings: { manage_schedule_permission: 'company', view_schedule_permission: 'company' } },
    { published: ['own'] },
  ],
];

for (const [who, { flags = [], manager = false, settings = {} }, expected] of people) {
  test(who, async () => {
    const by = await asker(flags, manager);
    for (const [key, value] of Object.entries(settings))
      await company.setting('schedule', key, value, { userId: by.userId });
    const { published, drafts = none, makes = none, changes = none } = expected;
    for (const owner of owners) {
      const shown = await schedule.make({ ...assigned(owner, by), title: 'shown' });
      const draft = await schedule.make({ ...assigned(owner, by), draft: true });
      const seen = await schedule.seen(by);
      assert.equal(seen.has(Number(shown.id)), published.includes(owner), `sees the published event of ${owner}`);
      assert.equal(seen.has(Number(draft.id)), drafts.includes(owner), `sees the draft of ${owner}`);

      const [made = {}] = rowsIn(await schedule.post(by, [schedule.item(assigned(owner, by))]), 'schedule_events');
      demand(made, makes.includes(owner), await hiddenUser(by, owner), `makes an event for ${owner}`);
      for (const event of [shown, draft]) {
        const change = await schedule.change(by, event.id, { title: 'changed' });
        const hidden = seen.has(Number(event.id)) ? undefined : 'The schedule event does not exist';
        demand(change, changes.includes(owner), hidden, `changes an event of ${owner}`);
      }
    }
  });
}

/** What a person is told who names a user that he does not see. */
async function hiddenUser(by: Person, owner: Owner): Promise<string | undefined> {
  if (owner === 'nobody' || owner === 'own') return undefined;
  const { userId } = others[owner];
  const seen = rowsIn(await by.get('/users', { ids: userId }), 'users').length > 0;
  return seen ? undefined : `assigned_user_ids ${userId} does not exist`;
}

/** Allowed, refused with 403, or not to be found (`hidden`). */
function demand(item: Row, allowed: boolean, hidden: string | undefined, what: string): void {
  const told = `${what}: ${JSON.stringify(item)}`;
  if (allowed) assert.equal(item._status_code, 200, told);
  else if (hidden !== undefined) assert.deepEqual([item._status_code, item._status_extra], [417, hidden], told);
  else {
    assert.deepEqual([item._status_code, item._status_message], [403, 'Permission Denied'], told);
    assert.match(String(item._status_extra), /^Oops! You don't have permission to /);
  }
}

test("a group's manager assigns what he planned for nobody, but only to his members, and gives nothing away", async () => {
  const by = await asker(['manage_schedules'], true);
  const [own = {}] = rowsIn(await schedule.post(by, [schedule.item({ draft: true })]), 'schedule_events');
  assert.equal(own._status_code, 200, JSON.stringify(own));
  assert.ok((await schedule.seen(by)).has(Number(own.id)));
  const away = await schedule.change(by, own.id, { assigned_user_ids: [others.other.userId] });
  assert.equal(away._status_code, 417, 'he does not see that person');
  const given = await schedule.change(by, own.id, { assigned_user_ids: [others.member.userId] });
  assert.equal(given._status_code, 200, JSON.stringify(given));
});

test('everybody of an event must be managed to change it, and those who come or go to change who is assigned', async () => {
  const { member, other } = others;
  const by = await asker(['manage_schedules'], true);
  const second = await company.person({ groupId: groups.managed });
  const ids = (...list: Person[]): number[] => list.map(({ userId }) => userId);
  const base = await schedule.make({ assigned_user_ids: ids(member, other) });
  assert.ok((await schedule.seen(by, { ids: Number(base.id) })).has(Number(base.id)), 'he sees the row of his member');
  const denied = await schedule.change(by, base.id, { title: 'mine' });
  assert.equal(denied._status_code, 403);
  const draft = await schedule.change(by, base.id, { draft: true });
  assert.equal(draft._status_code, 403);
  const team = await schedule.make({ assigned_user_ids: ids(member, second), title: 'both mine' });
  assert.equal((await schedule.change(by, team.id, { title: 'changed' }))._status_code, 201);
  const left = await schedule.change(by, base.id, { active: false });
  assert.equal(left._status_code, 201, 'his member may be taken off');
  const stored = await schedule.seen(company.admin, { ids: Number(left.id) });
  assert.equal(stored.get(Number(left.id))?.active, false);
});

test('a person takes himself off a team with manage_my_schedule, and changes nothing for the others', async () => {
  const by = await asker(['manage_my_schedule'], false);
  const event = await schedule.make({ assigned_user_ids: [by.userId, others.other.userId] });
  assert.equal((await schedule.change(by, event.id, { title: 'mine' }))._status_code, 403);
  assert.equal((await schedule.change(by, event.id, { active: false }, { team_events: 'base' }))._status_code, 403);
  const off = await schedule.change(by, event.id, { active: false });
  assert.deepEqual([off._status_code, off.active], [201, false], JSON.stringify(off));
  const rest = [...(await schedule.seen(others.other)).values()].at(-1);
  assert.deepEqual([rest?.active, rest?.assigned_user_ids], [true, [String(others.other.userId)]]);
});

test('the people of a schedule come along for those who see it, and for nobody else', async () => {
  const people = async (by: Person): Promise<number[]> => {
    const answer = await by.get('/schedule_events', { schedule_calendar_ids: schedule.calendar, start: '2000-01-01' });
    return Object.keys(answer.body.supplemental_data?.users ?? {}).map(Number);
  };
  const { colleague, other } = others;
  await schedule.make({ assigned_user_ids: [colleague.userId, other.userId] });
  const viewer = await company.person({ permissions: ['view_company_schedules'] });
  assert.ok((await people(viewer)).includes(other.userId));
  const inGroup = await asker(['view_group_schedules'], false);
  const seen = await people(inGroup);
  assert.ok(seen.includes(colleague.userId) && !seen.includes(other.userId), 'names of the own group only');
  assert.deepEqual(await people(colleague), [colleague.userId]);
});

test('another company sees nothing of it, and can not refer to its calendars', async () => {
  const stranger = await world.company();
  const theirs = await scheduleOf(stranger);
  const event = await schedule.make();
  const asked = await stranger.admin.get('/schedule_events', {
    schedule_calendar_ids: schedule.calendar,
    start: '2000-01-01',
  });
  assert.deepEqual(asked.body.results?.schedule_events, {} as never);
  const [made] = rowsIn(
    await theirs.post(stranger.admin, [theirs.item({ schedule_calendar_id: schedule.calendar })]),
    'schedule_events',
  );
  assert.equal(made?._status_extra, `schedule_calendar_id ${schedule.calendar} does not exist`);
  assert.equal(
    (await theirs.change(stranger.admin, event.id, { title: 'x' }))._status_extra,
    'The schedule event does not exist',
  );
});
