import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { setPassword } from '../../src/operations/sign-in.ts';
import { inspect, openBrowser } from '../support/browser.ts';
import { authorizePath, password, startWorld, type World } from './support.ts';

let world: World;
let base: string;
let browser: Browser;
let callback: string;
const receiver = createServer((request, response) => {
  // Like many an application it leads on to another origin, which a page's form-action must not hinder.
  const [path = '', query = ''] = (request.url ?? '').split('?');
  if (path === '/callback') response.writeHead(302, { location: `http://127.0.0.1:${port()}/done?${query}` }).end();
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Arrived</title>');
});
const port = (): number => (receiver.address() as AddressInfo).port;

before(async () => {
  world = await startWorld();
  base = `${await world.app.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  callback = `http://localhost:${port()}/callback`;
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  receiver.close();
  await world?.stop();
});

async function visit(
  changes: Record<string, string> = {},
  more: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext(more);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${base}${authorizePath(world, { redirect_uri: callback, ...changes })}`);
  assert.deepEqual(complaints, []);
  return { page, context };
}

async function signIn(page: Page, secret: string): Promise<void> {
  await page.getByLabel('Company address').fill('acme');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a person signs in, allows, and lands at the application with a code', async () => {
  const { page, context } = await visit({ state: 'a&b=<i>' });
  await page.locator('#company:focus').waitFor();
  await inspect(page, 'sign-in');
  await signIn(page, 'wrong password');
  await page.getByText('The company address, user name or password is not right.').waitFor();
  await page.locator('#problems:focus').waitFor();
  assert.equal(await page.getByLabel('User name').inputValue(), 'ada');
  await inspect(page, 'sign-in-wrong');
  await signIn(page, password);
  await page.getByRole('heading', { level: 1, name: /^Allow/ }).waitFor();
  await inspect(page, 'consent');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL(/\/done\?/);
  const { searchParams } = new URL(page.url());
  assert.match(searchParams.get('code') ?? '', /^S\./);
  assert.equal(searchParams.get('state'), 'a&b=<i>');
  await context.close();
});

test('a person without JavaScript says no', async () => {
  const { page, context } = await visit({}, { javaScriptEnabled: false });
  await signIn(page, password);
  await page.getByRole('button', { name: 'Don’t allow' }).click();
  await page.waitForURL(/\/done\?/);
  assert.equal(new URL(page.url()).searchParams.get('error'), 'access_denied');
  await context.close();
});

test('a person creates a company on the way', async () => {
  const { page, context } = await visit({ display_mode: 'create' });
  await inspect(page, 'sign-up');
  await page.getByLabel('Company name').fill('Blake Moving');
  await page.getByLabel('Company address').fill('acme');
  await page.getByLabel('Time zone').selectOption('America/Boise');
  await page.getByLabel('First name').fill('Mary');
  await page.getByLabel('Last name').fill('Samsonite');
  await page.getByLabel('Email').fill('mary@example.com');
  await page.getByLabel('Password', { exact: true }).fill('a suitcase of bills');
  await page.getByLabel('Repeat the password').fill('a suitcase of bill');
  await page.getByRole('button', { name: 'Create company' }).click();
  await page.getByRole('link', { name: 'The two passwords differ.' }).click();
  await page.locator('#repeat:focus').waitFor();
  await inspect(page, 'sign-up-wrong');
  assert.equal(await page.getByLabel('Time zone').inputValue(), 'America/Boise');
  await page.getByLabel('Company address').fill('');
  await page.getByLabel('Password', { exact: true }).fill('a suitcase of bills');
  await page.getByLabel('Repeat the password').fill('a suitcase of bills');
  await page.getByRole('button', { name: 'Create company' }).click();
  await page.getByText('blake-moving').waitFor();
  await inspect(page, 'consent-new');
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL(/\/done\?code=/);
  await context.close();
});

test('a person chooses a new password first where that is due', async () => {
  const { companyId, userId } = world.company;
  const temporary = 'temporary secret 1';
  const change = { companyId, userId, password: temporary, requireChange: true, via: 'test', requestId: 'test' };
  await setPassword(world.services, change, world.services.clock.now());
  const { page, context } = await visit();
  await signIn(page, temporary);
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
  await inspect(page, 'password');
  await page.getByLabel('New password', { exact: true }).fill('quite another phrase');
  await page.getByLabel('Repeat the new password').fill('quite another phrase');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL(/\/done\?code=/);
  await context.close();
});

test('a link that does not work says so', async () => {
  const { page, context } = await visit();
  await page.goto(`${base}${authorizePath(world, { client_id: 'nobody' })}`);
  await inspect(page, 'error');
  await context.close();
});
