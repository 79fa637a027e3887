import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from '../support/browser.ts';
import { openWebApp } from '../support/web-app.ts';

test('a webhook is made for an application, its secret shows once, and it is changed, switched off and deleted', async () => {
  const app = await openWebApp();
  try {
    const page = await app.open('/api-access/webhooks', app.company.admin);
    await page.getByRole('button', { name: 'New webhook' }).click();
    await page.getByLabel('Address').fill('http://hooks.example.com/hours');
    await page.getByRole('dialog').getByRole('button', { name: 'New webhook' }).click();
    await page.locator('[aria-invalid=true], [role=alert]:not(:empty)').first().waitFor();
    await page.getByLabel('Address').fill('https://hooks.example.com/hours');
    await page.getByLabel('Resources (optional)').fill('timesheets, users');
    await page.getByLabel('deleted').uncheck();
    await page.getByRole('dialog').getByRole('button', { name: 'New webhook' }).click();
    await page.getByText('Shown this once').waitFor();
    await page.getByText(/^whsec_/).waitFor();
    await page.keyboard.press('Escape');

    await page.getByText('created, updated').waitFor();
    await page.getByRole('link', { name: 'https://hooks.example.com/hours' }).click();
    await page.getByText('Nothing has been sent yet.').waitFor();
    await inspect(page, 'webhook');
    await page.getByLabel('Description (optional)').fill('Tells the payroll');
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('Nothing is sent until you switch it on.').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No webhooks yet').waitFor();
    assert.deepEqual(app.complaints, []);
  } finally {
    await app.close();
  }
});
