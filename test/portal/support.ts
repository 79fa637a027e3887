import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { openWorld, type World } from '../support/world.ts';

/** A server with its documentation, and a browser that looks at it. */
export interface Portal {
  world: World;
  /** A page in a context of its own, at a path of the portal. */
  visit(path: string, options?: { width?: number }): Promise<Page>;
  /** Everything that pages asked other servers for; always to be empty. */
  strangers: string[];
  /** What pages complained about. */
  complaints: string[];
  close(): Promise<void>;
}

/** Opens the portal in a browser. */
export async function openPortal(): Promise<Portal> {
  const world = await openWorld();
  const browser: Browser = await openBrowser();
  const strangers: string[] = [];
  const complaints: string[] = [];
  const visit = async (path: string, { width = 1280 } = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 844 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('request', (request) => {
      if (!request.url().startsWith(world.url) && !request.url().startsWith('data:')) strangers.push(request.url());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // Each 4xx is one, and some are asked for on purpose.
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
    });
    await page.goto(`${world.url}${path}`);
    await page.locator('h1').waitFor();
    return page;
  };
  return {
    world,
    visit,
    strangers,
    complaints,
    close: async () => {
      await browser.close();
      await world.close();
    },
  };
}
