import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inspect } from '../support/browser.ts';
import { openPortal, type Portal } from './support.ts';

let portal: Portal;

before(async () => {
  portal = await openPortal();
});

after(async () => {
  const { strangers, complaints } = portal;
  await portal.close();
  assert.deepEqual(strangers, [], 'the pages ask other servers');
  assert.deepEqual(complaints, [], 'the pages fail');
});

test('search finds the object that is meant, and Enter leads there', async () => {
  const page = await portal.visit('/docs');
  await page.keyboard.press('Control+K');
  const field = page.getByRole('combobox', { name: 'Search the documentation' });
  await field.waitFor();
  await field.fill('jobcode');
  const first = page.getByRole('listbox', { name: 'Results' }).getByRole('option').first();
  await first.filter({ hasText: 'TSheets REST' }).waitFor();
  assert.match((await first.textContent()) ?? '', /^jobcodes/);
  assert.equal(await first.getAttribute('aria-selected'), 'true');
  await field.press('ArrowDown');
  assert.equal(await first.getAttribute('aria-selected'), 'false');
  await field.press('ArrowUp');
  await field.press('Enter');
  await page.waitForURL('**/docs/api/tsheets-rest/jobcodes');
  await page.getByRole('heading', { level: 1, name: 'jobcodes' }).waitFor();
  await page.context().close();
});

test('search opens with a slash, keeps the focus inside, finds properties and status codes, and closes', async () => {
  const page = await portal.visit('/docs/changelog');
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Search the documentation' });
  await field.fill('on_the_clock');
  await page.getByRole('group', { name: 'Properties' }).getByRole('option').first().waitFor();
  await field.fill('417');
  await page.getByRole('group', { name: 'Status codes' }).getByRole('option').first().waitFor();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null'), true);
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await page.context().close();
});

test('each language shows its code, and the choice holds on other endpoints, pages and after a reload', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/timesheets');
  const samples = (id: string) => page.locator(`#${id}`);
  const expected = {
    cURL: 'curl ',
    'C#': 'HttpClient',
    Java: 'HttpRequest.newBuilder',
    'Node.js': 'await fetch(',
    PHP: 'curl_init',
    Ruby: 'Net::HTTP',
    Python: 'import requests',
    Go: 'package main',
  };
  const create = samples('createTimesheets');
  for (const [title, words] of Object.entries(expected)) {
    await create.getByRole('tab', { name: title, exact: true }).click();
    const code = create.getByRole('tabpanel', { name: title, exact: true }).locator('pre');
    await code.filter({ hasText: words }).waitFor();
    assert.match((await code.textContent()) ?? '', /\/api\/v1\/timesheets/, title);
  }
  await samples('listTimesheets').getByRole('tabpanel', { name: 'Go' }).getByText('package main').waitFor();
  await page.reload();
  await create.getByRole('tabpanel', { name: 'Go' }).getByText('package main').waitFor();
  await page
    .getByRole('navigation', { name: 'Documentation' })
    .getByRole('link', { name: 'users', exact: true })
    .click();
  await samples('listUsers').getByRole('tabpanel', { name: 'Go' }).getByText('package main').waitFor();
  await page.context().close();
});

test('endpoints have addresses, which survive a reload, and the contents follow what is read', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/timesheets#updateTimesheets');
  const top = () => page.evaluate('document.getElementById("updateTimesheets").getBoundingClientRect().top');
  const current = page.locator('nav a[aria-current=location]');
  await current.filter({ hasText: 'Update timesheets' }).waitFor();
  assert.ok(Number(await top()) < 200, String(await top()));
  await page.reload();
  await current.filter({ hasText: 'Update timesheets' }).waitFor();
  await page.evaluate('document.getElementById("deleteTimesheets").scrollIntoView()');
  await current.filter({ hasText: 'Delete timesheets' }).waitFor();
  await page.context().close();
});

test('the table of an object tells types, access and who may see what', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/users');
  const rowOf = (name: string) => page.locator(`#property-${name}`);
  assert.match((await rowOf('id').textContent()) ?? '', /integer.*Read only/);
  assert.match((await rowOf('first_name').textContent()) ?? '', /string.*Read and write/);
  await page.context().close();
});

test('on a phone the contents are in a drawer', async () => {
  const page = await portal.visit('/docs', { width: 390 });
  const { x = 0, width = 0 } = (await page.getByRole('link', { name: 'Sign in' }).boundingBox()) ?? {};
  assert.ok(x > 0 && x + width <= 390, 'the header has room for the way in');
  await page.getByRole('button', { name: 'Contents' }).click();
  const drawer = page.getByRole('dialog', { name: 'Contents' });
  await drawer.getByRole('link', { name: 'timesheets', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'timesheets' }).waitFor();
  await drawer.waitFor({ state: 'detached' });
  await page.context().close();
});

test('the dialect can be changed, and its file be downloaded', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/users');
  await page.getByRole('combobox', { name: 'API' }).selectOption('timekit');
  await page.waitForURL('**/docs/api/timekit');
  const href = await page.getByRole('link', { name: /OpenAPI file/ }).getAttribute('href');
  const answer = await fetch(`${portal.world.url}${href}`);
  assert.equal(answer.headers.get('content-encoding'), 'gzip');
  assert.equal(((await answer.json()) as { openapi: string }).openapi, '3.1.1');
  await page.context().close();
});

test('the portal is used by keyboard alone', async () => {
  const page = await portal.visit('/docs/api/tsheets-rest/jobcodes');
  const focused = () => page.evaluate('document.activeElement.textContent.trim()');
  const tabTo = async (words: string): Promise<void> => {
    const passed: unknown[] = [];
    while ((await focused()) !== words) {
      assert.ok(passed.push(await focused()) < 100, `${words} is not among ${passed.join(', ')}`);
      await page.keyboard.press('Tab');
    }
  };
  await tabTo('Skip the table of contents');
  await page.keyboard.press('Enter');
  await tabTo('cURL');
  await page.keyboard.press('ArrowRight');
  await page.locator('#listJobcodes').getByRole('tabpanel', { name: 'C#', exact: true }).waitFor();
  assert.equal(await focused(), 'C#');
  const outlined = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
  assert.notEqual(outlined, 'none');
  await tabTo('Try it');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send GET' }).waitFor();
  await page.context().close();
});

test('pages are accessible in both themes and fit a phone', async () => {
  const page = await portal.visit('/docs');
  await inspect(page, 'docs-start');
  await page.goto(`${portal.world.url}/docs/guides/rate-limits`);
  await page.getByRole('heading', { level: 1, name: 'Rate limits' }).waitFor();
  await inspect(page, 'docs-guide');
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Search the documentation' }).fill('user');
  await page.getByRole('listbox', { name: 'Results' }).getByRole('option').first().waitFor();
  await inspect(page, 'docs-search');
  await page.goto(`${portal.world.url}/docs/api/tsheets-rest/groups`);
  await page
    .locator('#createGroups')
    .getByRole('button', { name: /Try it/ })
    .click();
  await page.locator('#createGroups').getByRole('tabpanel').locator('.hljs-string').first().waitFor();
  await inspect(page, 'docs-object');
  await page.context().close();
});
