import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildWeb } from '../../scripts/web.ts';
import { openBrowser } from './browser.ts';
import { webOf } from './web.ts';
import { type Company, openWorld, type Person, type World } from './world.ts';

/** A server with the web app as it is built, and a browser. */
export interface WebApp {
  readonly world: World;
  readonly company: Company;
  /** A page in a browser of its own, where somebody has signed in, or nobody. */
  open(path: string, person?: Pick<Person, 'userId'>): Promise<Page>;
  /** What the browser complained about: errors of scripts, and what the Content-Security-Policy forbade. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Builds the web app where it is not, and opens it. */
export async function openWebApp(): Promise<WebApp> {
  const [world] = await Promise.all([openWorld(), buildWeb()]);
  const company = await world.company();
  const browser: Browser = await openBrowser();
  const complaints: string[] = [];

  const newContext = async (person: Pick<Person, 'userId'> | undefined): Promise<BrowserContext> => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    const session = person && (await webOf(world, company, person)).cookie();
    if (session !== undefined) {
      await context.addCookies([{ name: 'openpunch_session', value: session, url: world.url, httpOnly: true }]);
    }
    return context;
  };
  return {
    world,
    company,
    complaints,
    open: async (path, person) => {
      const page = await (await newContext(person)).newPage();
      page.on('pageerror', ({ message }) => complaints.push(message));
      page.on('console', (message) => {
        // A refusal that a test asks for is no complaint.
        const refused = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !refused) complaints.push(message.text());
      });
      await page.goto(`${world.url}${path}`);
      return page;
    },
    close: async () => {
      await browser.close();
      await world.close();
    },
  };
}
