import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { webOf } from '../support/web.ts';
import type { Company } from '../support/world.ts';
import { openPortal, type Portal } from './support.ts';

let portal: Portal;
let company: Company;

before(async () => {
  portal = await openPortal();
  company = await portal.world.company();
});

after(async () => {
  const { strangers, complaints } = portal;
  await portal.close();
  assert.deepEqual(strangers, [], 'the pages ask other servers');
  assert.deepEqual(complaints, [], 'the pages fail');
});

/** Opens the form of an endpoint. */
async function open(page: Page, id: string) {
  const section = page.locator(`#${id}`);
  await section.getByRole('button', { name: /^Try it/ }).click();
  return section.getByRole('form');
}

async function signIn(page: Page, person: { userId: number } = company.admin): Promise<void> {
  const web = await webOf(portal.world, company, person);
  const { hostname } = new URL(portal.world.url);
  await page
    .context()
    .addCookies([
      { name: 'openpunch_session', value: web.cookie() ?? '', domain: hostname, path: '/', httpOnly: true },
    ]);
  await page.reload();
}

test('whoever is signed in tries a request as himself', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/current_user');
  const person = await company.person();
  await signIn(page, person);
  const form = await open(page, 'getCurrentUser');
  await form.getByText('Sent as').waitFor();
  await form.getByRole('button', { name: 'Send GET' }).click();
  await form.getByText(/^200 /).waitFor();
  const body = form.getByRole('figure', { name: 'The answer' }).locator('pre');
  const { results } = JSON.parse((await body.textContent()) ?? '') as { results: { users: object } };
  assert.deepEqual(Object.keys(results.users), [String(person.userId)]);
  await form.getByText('Headers', { exact: true }).click();
  await form.getByRole('row', { name: /^content-type application\/json/ }).waitFor();
  await page.context().close();
});

test('a write is sent with the body of the form, and a refusal is shown', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/groups');
  await signIn(page);
  const form = await open(page, 'createGroups');
  const body = form.getByRole('textbox', { name: 'Body' });
  await body.fill('{ "data": [{ "name": "Made in the portal" }] }');
  await form.getByRole('button', { name: 'Send POST' }).click();
  await form.getByText(/^200 /).waitFor();
  const { text } = await company.admin.get('/groups');
  assert.match(text, /"Made in the portal"/);
  await body.fill('no json');
  await form.getByRole('button', { name: 'Send POST' }).click();
  await form.getByText(/^400 /).waitFor();
  await page.context().close();
});

test('whoever is not signed in is led to sign in and back, or pastes a token', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/groups');
  const form = await open(page, 'listGroups');
  assert.equal(await form.getByRole('button', { name: 'Send GET' }).isDisabled(), true);
  const href = (await form.getByRole('link', { name: 'sign in' }).getAttribute('href')) ?? '';
  assert.equal(new URL(href, portal.world.url).searchParams.get('to'), '/docs/api/tsheets-rest/groups');
  await form.getByLabel('Key or token').fill('nonsense');
  await form.getByRole('button', { name: 'Send GET' }).click();
  await form.getByText(/^401 /).waitFor();
  await page.context().close();
});

test('the other doors take their keys too', async () => {
  const web = await webOf(portal.world, company, company.admin);
  for (const name of ['Front desk', 'Salon']) await web.post('/booking-apps', { name });
  const page = await portal.visit('/docs/api/timekit/resources');
  await signIn(page);
  const timekit = await open(page, 'timekitListResources');
  await timekit.getByRole('combobox', { name: 'App' }).selectOption({ label: 'Salon' });
  await timekit.getByRole('button', { name: 'Send GET' }).click();
  await timekit.getByText(/^200 /).waitFor();
  for (const [path, id] of [
    ['/docs/api/timestation/departments', 'timestationListDepartments'],
    ['/docs/api/tsheets-legacy/job-codes', 'legacyGetJobcodes'],
  ] as const) {
    await page.goto(`${portal.world.url}${path}`);
    const form = await open(page, id);
    await form.getByRole('button', { name: 'Send GET' }).click();
    await form.getByText(/^200 /).waitFor();
    assert.doesNotMatch((await form.getByRole('figure').textContent()) ?? '', /error/);
  }
  await page.context().close();
});
