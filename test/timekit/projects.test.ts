import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { resourceId, type TimekitApp, timekitApp, timekitWith } from '../support/timekit.ts';
import { type Company, openWorld, type World } from '../support/world.ts';

let world: World;
let company: Company;
let app: TimekitApp;
let ids: string[];

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 10, 23, 9) / 1_000 });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company);
  const people = [await company.person(), await company.person()];
  ids = await Promise.all(people.map(({ userId }) => resourceId(world, company, userId)));
});
after(() => world.close());

const project = (more: object = {}): object => ({
  name: 'Front desk',
  resources: ids,
  availability: { mode: 'mutual', length: '30 minutes' },
  booking: { graph: 'instant', what: 'Visit', where: '', description: null },
  ...more,
});

test('a project is made, read, changed and deleted', async () => {
  const made = await app.api.post(
    '/projects',
    project({ meta: { a: 1 }, customer_fields: { comment: { title: 'Comment' } } }),
  );
  assert.equal(made.status, 201, made.text);
  const { id, created_at: _c, updated_at: _u, ...data } = made.body.data as object as Record<string, unknown>;
  assert.deepEqual(data, {
    slug: 'front-desk',
    name: 'Front desk',
    reminders: [],
    meta: { a: 1 },
    allow_double_bookings: false,
    reservation_time: 300,
    resources: ids,
    availability: { mode: 'mutual', length: '30 minutes' },
    availability_constraints: [],
    booking: { graph: 'instant', what: 'Visit', where: '', description: null },
    customer_fields: { comment: { title: 'Comment' } },
    ui: {},
  });
  const other = await app.api.post('/projects', project());
  assert.equal(other.body.data?.slug, 'front-desk-2' as never);
  assert.equal(
    (await app.api.put(`/projects/${id}`, { name: 'Desk', availability_constraints: [{ block_weekends: [] }] })).status,
    204,
  );
  const read = await app.api.get(`/projects/${id}`);
  assert.deepEqual([read.body.data?.name, read.body.data?.slug], ['Desk', 'front-desk']);
  const list = await app.api.get('/projects');
  assert.deepEqual([list.body.total, list.body.data?.[1]?.id], [2, other.body.data?.id]);
  assert.deepEqual((await app.api.get('/projects?search=locations.uuid:a%3Bservices.uuid:b')).body.data, []);
  assert.equal((await app.api.delete(`/projects/${other.body.data?.id}`)).status, 204);
  assert.deepEqual((await app.api.get(`/projects/${other.body.data?.id}`)).body, {
    error: 'Resource does not exist',
    model: 'Project',
  });
  const again = await app.api.post('/projects', project({ slug: 'front-desk-2' }));
  assert.equal(again.status, 201);
  const elsewhere = await timekitApp(world, await world.company());
  assert.equal((await elsewhere.api.get(`/projects/${id}`)).status, 404);
  assert.equal((await elsewhere.api.put(`/projects/${id}`, { name: 'x' })).status, 404);
});

test('the resources of a project', async () => {
  const made = await app.api.post('/projects', project({ resources: [] }));
  const path = `/projects/${made.body.data?.id}/resources`;
  const added = await app.api.post(path, { resource_id: ids[1] });
  assert.deepEqual([added.status, added.body.data?.resources], [201, [ids[1]]]);
  assert.equal((await app.api.put(path, [ids[1], ids[0], ids[1]])).status, 204);
  const list = await app.api.get(path);
  assert.deepEqual(
    (list.body.data as object as { id: string }[]).map(({ id }) => id),
    [ids[1], ids[0]],
  );
  assert.equal((await app.api.delete(`${path}/${ids[1]}`)).status, 204);
  assert.equal((await app.api.delete(`${path}/${ids[1]}`)).status, 404);
  assert.equal((await app.api.put(path, ['x'])).status, 422);
  assert.equal((await app.api.put(path, { resources: ids })).status, 422);
  assert.equal((await app.api.post(path, {})).status, 422);
});

test('what is wrong is said of its field', async () => {
  const cases: [more: object, field: string][] = [
    [{ name: undefined }, 'name'],
    [{ name: '' }, 'name'],
    [{ resources: undefined }, 'resources'],
    [{ resources: ['00000000-0000-0000-0000-000000000000'] }, 'resources'],
    [{ resources: [7] }, 'resources'],
    [{ availability: undefined }, 'availability'],
    [{ availability: 'x' }, 'availability'],
    [{ availability: { mode: 'any' } }, 'availability.mode'],
    [{ availability: { length: 'x' } }, 'availability.length'],
    [{ availability: { from: 'x' } }, 'availability.from'],
    [{ availability: { output_timezone: 'x' } }, 'availability.output_timezone'],
    [{ availability: { constraints: [{ allow_nothing: {} }] } }, 'availability.constraints'],
    [{ booking: undefined }, 'booking'],
    [{ booking: { graph: 'perhaps' } }, 'booking.graph'],
    [{ booking: { settings: { max_seats: 0 } } }, 'booking.settings.max_seats'],
    [{ booking: { settings: { min_booking_time: 'soon' } } }, 'booking.settings.min_booking_time'],
    [{ booking: { timeout: { time: 5, unit: 'moons' } } }, 'booking.timeout'],
    [{ slug: 'a b' }, 'slug'],
    [{ slug: 'FRONT-desk' }, 'slug'],
    [{ availability_constraints: [{ allow_day: {} }] }, 'availability_constraints'],
    [{ customer_fields: { phone: 7 } }, 'customer_fields.phone'],
    [{ customer_fields: { phone: { format: 'number' } } }, 'customer_fields.phone.format'],
    [{ ui: [1] }, 'ui'],
    [{ reminders: [{ type: 'fax' }] }, 'reminders.0.type'],
    [{ allow_double_bookings: 'perhaps' }, 'allow_double_bookings'],
    [{ reservation_time: 0 }, 'reservation_time'],
  ];
  for (const [more, field] of cases) {
    const answer = await app.api.post('/projects', project(more));
    assert.equal(answer.status, 422, JSON.stringify(more));
    assert.ok(answer.body.errors?.[field], `${field}: ${answer.text}`);
  }
});

test('a web page gets everything that the widget needs, and nothing that it would send back', async () => {
  const given = {
    slug: 'shop',
    customer_fields: { email: { title: 'Mail' }, comment: { title: 'Comment', format: 'textarea' } },
    ui: { time_date_format: '24h-dmy-mon', localization: { submit_button: 'Book' } },
  };
  const made = await app.api.post('/projects', project(given));
  const id = made.body.data?.id;
  const embed = await app.widget.get(`/projects/embed/${id}`);
  assert.equal(embed.status, 200);
  const { created_at: _c, updated_at: _u, ...data } = embed.body.data as object as Record<string, unknown>;
  assert.deepEqual(data, {
    id,
    slug: 'shop',
    name: 'Front desk',
    reminders: [],
    meta: {},
    allow_double_bookings: false,
    reservation_time: 300,
    app_key: app.widgetKey,
    booking: { graph: 'instant', what: 'Visit' },
    customer_fields: {
      name: { title: 'Name', required: true, split_name: false },
      email: { title: 'Mail', format: 'email', required: true },
      comment: { title: 'Comment', format: 'textarea' },
    },
    ui: {
      display_name: 'Front desk',
      avatar: '',
      show_credits: false,
      show_timezone_helper: true,
      availability_view: 'agendaWeek',
      time_date_format: '24h-dmy-mon',
      localization: {
        submit_button: 'Book',
        allocated_resource_prefix: 'with',
        success_message: 'We have received your booking. You will get a mail at %s',
        reschedule_submit_button: 'Reschedule',
        reschedule_success_message: 'We have rescheduled your booking successfully',
      },
    },
  });
  const hosted = await timekitWith(world).get('/projects/hosted/Shop');
  assert.deepEqual([hosted.status, hosted.body.data], [200, embed.body.data]);
  assert.deepEqual((await timekitWith(world).get('/projects/hosted/nothing')).body, {
    error: 'Resource does not exist',
    model: 'Project',
  });
  assert.equal((await timekitWith(world).get(`/projects/embed/${id}`)).status, 401);
});

test('the widget’s key opens what the widget needs, and nothing else', async () => {
  const id = ids[0];
  const cases: [method: string, path: string][] = [
    ['GET', '/app'],
    ['GET', '/projects'],
    ['POST', '/projects'],
    ['GET', '/resources'],
    ['GET', `/resources/${id}`],
    ['PUT', `/resources/${id}`],
    ['DELETE', `/resources/${id}`],
    ['GET', '/calendars'],
    ['GET', '/events'],
    ['POST', '/events'],
    ['GET', '/credentials'],
    ['POST', '/credentials'],
    ['GET', '/bookings'],
  ];
  for (const [method, path] of cases) {
    const body = method === 'POST' || method === 'PUT' ? '{}' : undefined;
    const answer = await app.widget.send(method, path, body);
    assert.ok([403, 404].includes(answer.status), `${method} ${path}: ${answer.status}`);
    if (path !== '/bookings') assert.equal(answer.status, 403, `${method} ${path}`);
  }
});
