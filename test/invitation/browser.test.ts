import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { inspect, openBrowser } from '../support/browser.ts';
import { type Company, openWorld, type World } from '../support/world.ts';
import { goodPassword, linkFor } from './support.ts';

let world: World;
let company: Company;
let browser: Browser;

before(async () => {
  world = await openWorld();
  company = await world.company();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

test('a person without JavaScript opens the link, mends a mistake, chooses a password and reads how to sign in', async () => {
  const pat = await company.person();
  const link = await linkFor(world, company, pat);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${world.url}${link}`);
  await page.getByRole('heading', { level: 1, name: /^Welcome to / }).waitFor();
  assert.deepEqual(complaints, []);
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByLabel('Repeat the password').fill(`${goodPassword}?`);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByRole('link', { name: 'The two passwords differ.' }).waitFor();
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByLabel('Repeat the password').fill(goodPassword);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your password is saved' }).waitFor();
  await page.getByText(pat.username, { exact: true }).waitFor();
  await context.close();
});

test('every page is accessible on phones and desktops, light and dark', async () => {
  const link = await linkFor(world, company, await company.person());
  const page = await browser.newPage();
  await page.goto(`${world.url}${link}`);
  await page.locator('#password:focus').waitFor();
  await inspect(page, 'invitation');
  await page.getByLabel('Password', { exact: true }).fill('too short');
  await page.getByLabel('Repeat the password').fill('too short');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('There is a problem').waitFor();
  await page.locator('#problems:focus').waitFor();
  await inspect(page, 'invitation-wrong');
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByLabel('Repeat the password').fill(goodPassword);
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByRole('heading', { name: 'Your password is saved' }).waitFor();
  await inspect(page, 'invitation-done');
  await page.goto(`${world.url}${link}`);
  await page.getByRole('heading', { name: 'This invitation does not work' }).waitFor();
  await inspect(page, 'invitation-broken');
  await page.close();
});
