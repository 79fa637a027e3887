import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { setPassword } from '../../src/operations/sign-in.ts';
import { inspect } from '../support/browser.ts';
import { openWebApp, type WebApp } from '../support/web-app.ts';

let app: WebApp;

before(async () => {
  app = await openWebApp();
});
after(() => app?.close());

/** The text for machines that stands below a label. */
const valueBelow = async (page: Page, label: string): Promise<string> =>
  (await page.getByText(label, { exact: true }).last().locator('xpath=following-sibling::*').textContent())?.trim() ??
  '';

/** Sends what a curl line says. */
async function run(line: string): Promise<Response> {
  const url = /https?:\/\/\S+/.exec(line)?.[0] ?? '';
  const [, name = '', value = ''] = /-H '([^:]+): ([^']+)'/.exec(line) ?? [];
  const basic = /-u '([^']+)'/.exec(line)?.[1];
  const headers = basic === undefined ? { [name]: value } : { authorization: `Basic ${btoa(basic)}` };
  return fetch(url, { headers });
}

test('an application is registered, its secret shows once, and it can be changed, switched off and deleted', async () => {
  const page = await app.open('/', app.company.admin);
  await page.getByRole('heading', { name: /^Hello, / }).waitFor();
  await inspect(page, 'home');
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Applications/ })
    .click();
  await page.getByRole('heading', { name: 'Applications', exact: true }).waitFor();
  await page.getByText('No applications yet').waitFor();

  await page.getByRole('button', { name: 'New application' }).click();
  await page.getByLabel('Name').fill('Payroll bridge');
  await page.getByLabel('Redirect URIs').fill('ftp://payroll.example.com');
  await page.getByRole('dialog').getByRole('button', { name: 'New application' }).click();
  await page.getByText(/A redirect URI must start with https/).waitFor();
  await page.getByLabel('Redirect URIs').fill('https://payroll.example.com/oauth');
  await page.getByRole('dialog').getByRole('button', { name: 'New application' }).click();
  await page.getByText('Shown this once').waitFor();
  const secret = await valueBelow(page, 'Client secret');
  assert.ok(secret.length >= 32);
  await inspect(page, 'application-secret');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Payroll bridge' }).click();
  await page.getByRole('heading', { name: 'Credentials' }).waitFor();
  assert.equal((await page.content()).includes(secret), false);
  await inspect(page, 'application');
  await page.getByLabel('Name').fill('Payroll bridge 2');
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Payroll bridge 2' }).waitFor();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('The application is switched off').waitFor();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No applications yet').waitFor();
  assert.deepEqual(app.complaints, []);
});

test('personal tokens and TimeStation keys work over their APIs until they are revoked', async () => {
  for (const [path, button] of [
    ['tokens', 'New token'],
    ['timestation-keys', 'New key'],
  ] as const) {
    const page = await app.open(`/api-access/${path}`, app.company.admin);
    await page.getByRole('button', { name: button }).click();
    await page.getByLabel('Label').fill('Friday export');
    await page.getByRole('dialog').getByRole('button', { name: button }).click();
    await page.getByText('Shown this once').waitFor();
    const line = await valueBelow(page, 'Try it');
    assert.equal((await run(line)).status, 200, line);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('heading', { name: 'Friday export', exact: true }).waitFor();
    if (path === 'tokens') await inspect(page, 'personal-tokens');
    await page.getByRole('button', { name: 'Revoke Friday export' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('heading', { name: 'Friday export', exact: true }).waitFor({ state: 'detached' });
    assert.equal((await run(line)).status, 401, line);
  }
});

test('a Timekit app is made in test mode, given other keys, and switched off', async () => {
  const page = await app.open('/api-access/timekit-apps', app.company.admin);
  await page.getByRole('button', { name: 'New app' }).click();
  await page.getByLabel('Name').fill('Workshop visits');
  await page.getByLabel('Test mode').click();
  await page.getByRole('dialog').getByRole('button', { name: 'New app' }).click();
  await page.getByText('Shown this once').waitFor();
  const first = await valueBelow(page, 'App token');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New keys for Workshop visits' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New keys' }).click();
  await page.getByText('Shown this once').waitFor();
  const second = await valueBelow(page, 'App token');
  assert.notEqual(second, first);
  await page.keyboard.press('Escape');
  await inspect(page, 'timekit-apps');
  const status = async (key: string) =>
    (await fetch(`${app.world.url}/v2/app`, { headers: { authorization: `Basic ${btoa(`:${key}`)}` } })).status;
  assert.deepEqual([await status(first), await status(second)], [401, 200]);
  await page.getByRole('button', { name: 'Switch off Workshop visits' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('Switched off').waitFor();
  assert.equal(await status(second), 401);
});

test('the walkthrough ends in a line that works: by OAuth, with the code handed over from another tab, and by a personal token', async () => {
  const { world, company } = app;
  const password = 'correct horse battery 7';
  const login = { companyId: company.id, userId: company.admin.userId, password, via: 'test', requestId: '' };
  await setPassword(world.services, login, world.clock.now());
  const page = await app.open('/api-access/obtain-a-token', company.admin);
  await page.getByRole('button', { name: 'Register one for this page' }).click();
  const link = page.getByRole('link', { name: /^Open the link/ });
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await tab
    .getByLabel(/company/i)
    .first()
    .fill(company.clientUrl);
  await tab.getByLabel(/user ?name/i).fill('admin');
  await tab.getByLabel('Password').fill(password);
  await tab.getByRole('button', { name: /^Sign in/ }).click();
  await tab.getByRole('button', { name: /^Allow/ }).click();
  await tab.getByText('The code was handed over').waitFor();
  assert.equal(new URL(tab.url()).search, '');
  await tab.close();
  await inspect(page, 'obtain-a-token');
  await page.getByRole('button', { name: 'Exchange the code' }).click();
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page.getByText('Answer 200').waitFor();
  assert.equal((await run(await valueBelow(page, 'Request'))).status, 200);

  await page.getByText('Personal token', { exact: true }).click();
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByRole('button', { name: 'Run it here' }).click();
  await page.getByText('Answer 200').waitFor();
  const said = (await (await run(await valueBelow(page, 'Request'))).json()) as { results: { users: object } };
  assert.deepEqual(Object.keys(said.results.users), [String(company.admin.userId)]);
  assert.deepEqual(app.complaints, []);
});
