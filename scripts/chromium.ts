import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The sentence of a browser test that has no browser. */
export const NO_CHROMIUM = 'No Chromium was found: install the Debian package chromium, or set CHROMIUM_PATH.';

/** The browser of CHROMIUM_PATH or of this machine; undefined when there is none. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  return given ? given : PLACES.find((path) => existsSync(path));
}

/** The browser for a browser test; without one the test fails with one sentence. */
export function chromiumPath(): string {
  const path = findChromium();
  if (path === undefined) throw new Error(NO_CHROMIUM);
  return path;
}

/** Finds Chromium or, as root on a Debian system, installs it. Undefined when neither is possible. */
export function provideChromium(): string | undefined {
  const found = findChromium();
  if (found !== undefined || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  console.log('Installing the Debian package chromium for the browser tests ...');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const result = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (result.status !== 0) {
      console.log(`apt-get ${args[0]} failed: ${result.stderr.trim().split('\n').at(-1) ?? ''}`);
      return undefined;
    }
  }
  return findChromium();
}
