import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { idsOf, itemOf, itemsOf, type Row, read, supplementOf } from './jobs-support.ts';
import { newSite } from './project-activities-support.ts';

let world: World;
let company: Company;
let admin: Person;
const name = 'project_activity_read_times';
const path = `/${name}`;
const now = Date.UTC(2020, 0, 1) / 1000;

before(async () => {
  world = await openWorld({ shared: true, now });
  company = await world.company();
  admin = company.admin;
});
after(() => world.close());

test('the example: the time is noted for the one who asks, by POST or by PUT, and moves with each', async () => {
  world.clock.set(now);
  const [one, two] = [await newSite(company), await newSite(company)];
  const answer = await admin.post(path, [{ project_id: one.id }, { project_id: String(two.id) }]);
  const { id, ...rest } = itemsOf(answer, name)[0] ?? {};
  assert.deepEqual(rest, {
    _status_code: 200,
    _status_message: 'Created',
    user_id: admin.userId,
    project_id: one.id,
    latest_read_time: '2020-01-01T00:00:00+00:00',
  });
  assert.equal(supplementOf(answer, 'users', admin.userId)?.username, 'admin');
  assert.deepEqual(supplementOf(answer, 'projects', one.id)?.linked_objects, { notes_read_times: [id] });
  for (const [seconds, method] of [
    [60, 'post'],
    [120, 'put'],
  ] as const) {
    world.clock.set(now + seconds);
    const again = itemOf(await admin[method](path, [{ project_id: one.id, user_id: admin.userId }]), name);
    assert.deepEqual([again._status_code, again.id], [200, id], 'the same row');
    assert.equal(again.latest_read_time, `2020-01-01T00:0${seconds / 60}:00+00:00`);
  }
  const listed = await admin.get(path, { ids: Number(id) });
  assert.deepEqual(Object.keys(itemsOf(listed, name)[0] ?? {}), ['id', 'user_id', 'project_id', 'latest_read_time']);
  assert.deepEqual(idsOf(listed, 'projects', 'supplemental_data'), [one.id]);
  const fresh = await newSite(company);
  assert.equal(itemOf(await admin.put(path, [{ project_id: fresh.id }]), name)._status_code, 200);
});

test('each sees his own ids beside a project', async () => {
  const site = await newSite(company);
  const viewer = await company.person({ permissions: ['view_projects'] });
  const mine = itemOf(await admin.post(path, [{ project_id: site.id }]), name).id;
  const linkedFor = async (person: Person): Promise<unknown> =>
    (await read(person, 'projects', site.id)).linked_objects;
  assert.deepEqual(await linkedFor(viewer), { notes_read_times: [] });
  const theirs = itemOf(await viewer.post(path, [{ project_id: site.id }]), name).id;
  assert.deepEqual(await linkedFor(viewer), { notes_read_times: [theirs] });
  assert.deepEqual(await linkedFor(admin), { notes_read_times: [mine] });
  const put = await viewer.put('/projects', [{ id: site.id }]);
  assert.equal(itemOf(put, 'projects')._status_code, 417);
  const changed = itemOf(await admin.put('/projects', [{ id: site.id, description: 'x' }]), 'projects');
  assert.deepEqual(changed.linked_objects, { notes_read_times: [mine] }, 'also right after a change');
});

test('only oneself, and only projects that one sees', async () => {
  const [site, other] = [await newSite(company), await newSite(company)];
  const member = await company.person();
  await admin.post('/jobcode_assignments', [{ user_id: member.userId, jobcode_id: site.jobcode }]);
  const stranger = await newSite(await world.company());
  const cases: [Person, object, string][] = [
    [admin, {}, 'Missing required params: project_id'],
    [admin, { project_id: 0 }, 'project_id must not be blank'],
    [admin, { project_id: 'x' }, 'project_id must be an id'],
    [admin, { project_id: site.id, user_id: member.userId }, 'user_id must be your own'],
    [member, { project_id: site.id, user_id: admin.userId }, `user_id ${admin.userId} does not exist`],
    [member, { project_id: other.id }, `project_id ${other.id} does not exist`],
    [admin, { project_id: stranger.id }, `project_id ${stranger.id} does not exist`],
    [admin, { project_id: site.id, latest_read_time: '2030-01-01T00:00:00+00:00' }, 'Invalid params: latest_read_time'],
  ];
  for (const [person, item, says] of cases) {
    const { _status_code, _status_extra } = itemOf(await person.post(path, [item]), name);
    assert.deepEqual([_status_code, _status_extra], [400, says]);
  }
  assert.equal(itemOf(await member.post(path, [{ project_id: site.id }]), name)._status_code, 200);
  assert.equal((await admin.delete(path, [1])).status, 501);
});

test('a list holds the own rows, and every filter', async () => {
  const place = await world.company();
  const [one, two] = [await newSite(place), await newSite(place)];
  const viewer = await place.person({ permissions: ['view_projects'] });
  const answer = await place.admin.post(path, [{ project_id: one.id }, { project_id: two.id }]);
  const [a = 0, b = 0] = itemsOf(answer, name).map(({ id }) => Number(id));
  const theirs = Number(itemOf(await viewer.post(path, [{ project_id: one.id }]), name).id);
  const cases: [Person, Record<string, string | number>, number[]][] = [
    [place.admin, {}, [a, b]],
    [viewer, {}, [theirs]],
    [viewer, { own: 'no' }, []],
    [viewer, { own: 'both' }, [theirs]],
    [place.admin, { own: 'both' }, [a, b, theirs]],
    [place.admin, { ids: `${b},${theirs}` }, [b]],
    [place.admin, { project_ids: one.id }, [a]],
    [place.admin, { modified_since: '2001-01-01T00:00:00+00:00' }, [a, b]],
    [place.admin, { modified_since: '2099-01-01T00:00:00+00:00' }, []],
    [place.admin, { modified_before: '2001-01-01T00:00:00+00:00' }, []],
    [place.admin, { limit: 1, page: 2 }, [b]],
  ];
  for (const [person, query, expected] of cases)
    assert.deepEqual(idsOf(await person.get(path, query), name), expected, JSON.stringify(query));
});

test('one row a person and project, however many requests come at once or name it twice', async () => {
  const site = await newSite(company);
  const twice = await admin.post(path, [{ project_id: site.id }, { project_id: site.id }]);
  const ids = itemsOf(twice, name).map((row: Row) => [row._status_code, row.id]);
  assert.deepEqual(ids[0], ids[1]);
  const viewer = await company.person({ permissions: ['view_projects'] });
  const answers = await Promise.all(Array.from({ length: 4 }, () => viewer.post(path, [{ project_id: site.id }])));
  const made = answers.map((answer) => itemOf(answer, name));
  assert.deepEqual(
    made.map(({ _status_code }) => _status_code),
    [200, 200, 200, 200],
  );
  assert.equal(new Set(made.map(({ id }) => id)).size, 1);
});
