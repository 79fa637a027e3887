import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setPassword } from '../../src/operations/sign-in.ts';
import { inspect } from '../support/browser.ts';
import { openWebApp, type WebApp } from '../support/web-app.ts';

const given = 'correct horse battery 7';
const chosen = 'another horse battery 8';
let app: WebApp;

before(async () => {
  app = await openWebApp();
});
after(() => app?.close());

test('a person signs in, must choose another password, and lands where he wanted to go', async () => {
  const { world, company } = app;
  const pat = await company.person();
  const change = { companyId: company.id, userId: pat.userId, password: given, requireChange: true };
  await setPassword(world.services, { ...change, via: 'test', requestId: '' }, world.clock.now());
  const page = await app.open('/api-access/tokens');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await page.title(), 'Sign in – OpenPunch');
  await inspect(page, 'sign-in');

  await page.getByLabel('Company address').fill(company.clientUrl);
  await page.getByLabel('User name').fill(pat.username);
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('The company address, user name or password is not right.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(given);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid=true]').waitFor();
  await inspect(page, 'password');
  await page.getByLabel('New password', { exact: true }).fill(chosen);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'For administrators only' }).waitFor();
  await inspect(page, 'access-refused');
  await page.getByRole('link', { name: 'OpenPunch' }).click();
  await page.getByRole('heading', { name: /^Hello, / }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'API access' }).count(), 0);
  assert.deepEqual(app.complaints, []);
});

test('too many wrong passwords are told how long to wait', async () => {
  const page = await app.open('/account/sign-in');
  await page.getByLabel('Company address').fill(app.company.clientUrl);
  await page.getByLabel('User name').fill('somebody');
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await page.getByLabel('Password', { exact: true }).fill(`wrong ${attempt}`);
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByLabel('Password', { exact: true }).press('Enter');
    await answer;
  }
  await page.getByText(/^Too many attempts\. Try again in/).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Try again in \d+ seconds?$/ }).isDisabled(), true);
});

test('signing out everywhere ends the other browser too, which says so at its next step', async () => {
  const { admin } = app.company;
  const [here, there] = await Promise.all([app.open('/', admin), app.open('/api-access', admin)]);
  await there.getByRole('heading', { name: 'API access' }).waitFor();
  await here.getByRole('button', { name: /^Account of / }).click();
  await here.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await here.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await here.getByRole('heading', { name: 'Sign in' }).waitFor();
  await there.getByRole('main').getByRole('link', { name: 'Personal tokens', exact: true }).click();
  await there.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(new URL(there.url()).searchParams.get('to'), '/api-access/tokens');
});

test('by keyboard: the skip link comes first, pages take the focus, Esc closes, and the colours are remembered', async () => {
  const page = await app.open('/', app.company.admin);
  await page.getByRole('heading', { name: /^Hello, / }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate('document.activeElement.id'), 'content');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API access' }).press('Enter');
  await page.getByRole('heading', { name: 'API access' }).waitFor();
  await page.locator('#content:focus').waitFor();

  await page.getByRole('button', { name: 'Colours: as the system' }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Colours: as the system' }).press('Enter');
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Colours: dark' }).waitFor();
  assert.equal(await page.evaluate('document.documentElement.dataset.mantineColorScheme'), 'dark');
  assert.deepEqual(app.complaints, []);
});
