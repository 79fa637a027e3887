import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';

const build = new URL('../../node_modules/timekit-booking/public/build/', import.meta.url);
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/** A web page of somebody's own, on another origin than the server, with Timekit's booking widget in it. */
export interface WidgetSite {
  /** Opens the page in a browser of this zone, whose clock stands at `now`, with this configuration of the widget. */
  open(options: { config: object; timeZone: string; now: number }): Promise<WidgetPage>;
  close(): Promise<void>;
}

/** An open page. */
export interface WidgetPage {
  readonly page: Page;
  /** What the console called an error, and what no handler caught. */
  readonly complaints: readonly string[];
  /** Each request to the server: its method, path, and the status of its answer. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/** Serves pages with the widget's own bundle. */
export async function openWidgetSite(browser: Browser): Promise<WidgetSite> {
  let html = '';
  const server = createServer(async (request, response) => {
    const name = /^\/build\/([\w.-]+\.(\w+))$/.exec(request.url ?? '');
    if (name === null) return void response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
    const [, file = '', type = ''] = name;
    const bytes = await readFile(new URL(file, build)).catch(() => undefined);
    response.statusCode = bytes === undefined ? 404 : 200;
    response.setHeader('content-type', types[type] ?? 'application/octet-stream').end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    open: async ({ config, timeZone, now }) => {
      html = pageWith(config);
      const context = await browser.newContext({ timezoneId: timeZone, viewport: { width: 1280, height: 1200 } });
      const page = await context.newPage();
      const complaints: string[] = [];
      const calls: string[] = [];
      await page.clock.setFixedTime(now * 1_000);
      // The stylesheet asks an outside host for a font, which these tests do without.
      await page.route(
        (url) => url.hostname !== '127.0.0.1',
        (route) => route.fulfill({ status: 200, contentType: 'text/css', body: '' }),
      );
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('response', (response) => {
        const { pathname, search } = new URL(response.url());
        if (pathname.startsWith('/v2/'))
          calls.push(`${response.request().method()} ${pathname}${search} ${response.status()}`);
      });
      await page.goto(origin);
      return { page, complaints, calls, close: () => context.close() };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pageWith(config: object): string {
  // A closing tag within the configuration would end the script.
  const text = JSON.stringify(config).replaceAll('<', '\\u003c');
  return `<!doctype html><html><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/build/booking.min.css"></head><body><div id="bookingjs"></div>
<script>window.timekitBookingConfig = ${text};</script><script src="/build/booking.min.js"></script></body></html>`;
}
