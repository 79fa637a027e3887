import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { resourceId, type TimekitApp, timekitApp } from '../support/timekit.ts';
import { openWidgetSite, type WidgetPage, type WidgetSite } from '../support/widget.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

// A Monday. In Europe the clocks went back the night before, in America they will on the next Sunday.
const now = Date.UTC(2026, 9, 26, 7) / 1_000;

let world: World;
let company: Company;
let app: TimekitApp;
let ida: Person;
let browser: Browser;
let site: WidgetSite;
let projectId: string;

before(async () => {
  world = await openWorld({ now });
  company = await world.company({ timeZone: 'Europe/Oslo' });
  app = await timekitApp(world, company);
  ida = await company.person({ timeZone: 'Europe/Oslo' });
  browser = await openBrowser();
  site = await openWidgetSite(browser);
  const uuid = await resourceId(world, company, ida.userId);
  await app.api.put(`/resources/${uuid}`, {
    name: 'Ida Bakke',
    availability_constraints: [{ allow_hours: { start: 9, end: 17 } }],
  });
  const made = await app.api.post('/projects', {
    name: 'Front desk',
    resources: [uuid],
    availability: { mode: 'roundrobin_random', length: '1 hour', from: 'tomorrow', to: '2 weeks' },
    booking: { graph: 'instant', what: 'Visit', where: 'Desk 1', description: '' },
    customer_fields: { comment: { title: 'Comment', format: 'textarea' } },
    ui: { time_date_format: '24h-dmy-mon' },
  });
  projectId = String(made.body.data?.id);
});

after(async () => {
  await browser?.close();
  await site?.close();
  await world.close();
});

const config = (more: object = {}): object => ({
  app_key: app.widgetKey,
  api_base_url: `${world.url}/`,
  project_id: projectId,
  ...more,
});

/** What a visitor sees of a moment: '27. October 2026' and '09:00'. */
function seen(moment: number, timeZone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'long', timeStyle: 'short' }).formatToParts(
    moment * 1_000,
  );
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return { date: `${part('day')}. ${part('month')} ${part('year')}`, time: `${part('hour')}:${part('minute')}` };
}

async function fillIn({ page }: WidgetPage): Promise<void> {
  await page.fill('#input-name', 'Ola Nordmann');
  await page.fill('#input-email', 'ola@example.test');
  if ((await page.locator('#input-comment').count()) > 0) await page.fill('#input-comment', 'Back door, please');
  await page.click('.bookingjs-form-button');
}

// From the first free hour after midnight of each visitor's tomorrow on; what one has booked is not shown to the next.
const first = Date.UTC(2026, 9, 27, 8) / 1_000;
const visits: [timeZone: string, moment: number, weeks: number][] = [
  ['Europe/Oslo', first, 0],
  ['America/Los_Angeles', first + 3_600, 0],
  ['Asia/Kathmandu', first + 7_200, 0],
  // The Monday after the clocks went back in America.
  ['America/Los_Angeles', first + 6 * 86_400, 1],
];

for (const [timeZone, moment, weeks] of visits) {
  test(`a visitor in ${timeZone} books what he sees, ${weeks} weeks on`, async () => {
    const visit = await site.open({ config: config(), timeZone, now });
    const { page, calls, complaints } = visit;
    await page.locator('.fc-timegrid-event').first().waitFor();
    for (let week = 0; week < weeks; week += 1) await page.click('.fc-next-button');
    await page.locator('.fc-timegrid-event').first().click();
    const [date, time] = [page.locator('.bookingjs-bookpage-date'), page.locator('.bookingjs-bookpage-time')];
    const shown = seen(moment, timeZone);
    assert.equal(await date.textContent(), shown.date);
    assert.equal(await time.textContent(), `${shown.time} - ${seen(moment + 3_600, timeZone).time}`);
    assert.equal(await page.locator('.bookingjs-bookpage-resource').textContent(), 'Ida Bakke');
    await fillIn(visit);
    await page.locator('.bookingjs-form.success').waitFor();
    assert.match((await page.locator('.bookingjs-form-success-message-body').textContent()) ?? '', /ola@example\.test/);
    assert.deepEqual(complaints, []);
    assert.deepEqual(
      calls.filter((call) => !call.startsWith('OPTIONS')),
      [
        `GET /v2/projects/embed/${projectId} 200`,
        'POST /v2/availability 200',
        'POST /v2/bookings?include=attributes,event,user 201',
      ],
    );
    await visit.close();
    const calendars = await company.admin.get('/schedule_calendars');
    const ids = Object.keys(calendars.body.results?.schedule_calendars ?? {}).join(',');
    const events = await company.admin.get('/schedule_events', {
      schedule_calendar_ids: ids,
      start: '2026-10-26T00:00:00+00:00',
    });
    const own = Object.values(events.body.results?.schedule_events ?? {}).filter(
      ({ start }) => Date.parse(String(start)) === moment * 1_000,
    );
    assert.equal(own.length, 1);
    const [event] = own;
    assert.deepEqual(
      [
        event?.user_id,
        event?.title,
        event?.location,
        event?.active,
        event?.draft,
        Date.parse(String(event?.end)) / 1_000,
      ],
      [ida.userId, 'Visit', 'Desk 1', true, false, moment + 3_600],
    );
    assert.match(String(event?.notes), /Back door, please/);
  });
}

test('a page is hosted without a key, and a test application says what it is', async () => {
  const trial = await timekitApp(world, company, { name: 'Trial', test: true });
  const uuid = await resourceId(world, company, (await company.person()).userId);
  const content = { name: 'Trial page', resources: [uuid], availability: {}, booking: { what: 'Visit' } };
  await trial.api.post('/projects', { ...content, slug: 'trial-page' });
  const hosted = { api_base_url: `${world.url}/`, project_slug: 'trial-page' };
  const visit = await site.open({ config: hosted, timeZone: 'Africa/Abidjan', now });
  await visit.page.locator('.fc-timegrid-event').first().click();
  assert.match((await visit.page.locator('.bookingjs-ribbon').textContent()) ?? '', /Test Mode/);
  await fillIn(visit);
  await visit.page.locator('.bookingjs-form.success').waitFor();
  assert.deepEqual(visit.complaints, []);
  await visit.close();
});

test('whoever is too late is told so, and moves to another time by the rescheduling page', async () => {
  const visit = await site.open({ config: config(), timeZone: 'Europe/Oslo', now });
  await visit.page.locator('.fc-timegrid-event').first().click();
  await visit.page.fill('#input-name', 'Kari');
  const search = { project_id: projectId, output_timezone: 'Europe/Oslo' };
  const [slot] = Object.values((await app.api.post('/availability', search)).body.data ?? {});
  const customer = { name: 'Per', email: 'per@example.test' };
  const start = slot?.start;
  const made = await app.api.post('/bookings', {
    project_id: projectId,
    resource_id: slot?.resources?.[0]?.id,
    start,
    end: slot?.end,
    customer,
  });
  assert.equal(made.status, 201, made.text);
  await fillIn(visit);
  await visit.page.locator('.bookingjs-error').waitFor();
  assert.equal(visit.calls.at(-1), 'POST /v2/bookings?include=attributes,event,user 422');
  await visit.close();

  const id = String(made.body.data?.id);
  const reschedule = { uuid: id, action: 'reschedule', eventStart: start, eventEnd: slot?.end };
  const moving = await site.open({ config: config({ reschedule }), timeZone: 'Europe/Oslo', now });
  await moving.page.locator('.fc-timegrid-event').first().click();
  await moving.page.fill('#input-message', 'Later, please');
  const answered = moving.page.waitForResponse(
    (response) => response.url().includes('/reschedule') && response.request().method() === 'POST',
  );
  await moving.page.click('.bookingjs-form-button');
  assert.equal((await answered).status(), 200);
  assert.deepEqual(moving.complaints, []);
  await moving.close();
  const moved = await app.api.get(`/bookings/${id}?include=attributes`);
  assert.equal(moved.body.data?.state, 'confirmed' as never);
  assert.notEqual(Date.parse(String(moved.body.data?.attributes?.event_info?.start)), Date.parse(String(start)));
});
