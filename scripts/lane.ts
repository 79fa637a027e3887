import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'node:test';
import { pathToFileURL } from 'node:url';

// One of the processes of a whole run: it runs, as long as there are any, the tests of the next file that no other has begun.

/** How long what a test file left open may keep this process from ending, once every test is over. */
const patienceMilliseconds = 20_000;
const scratch = process.env.OPENPUNCH_TEST_LANE ?? '';
const files = JSON.parse(readFileSync(join(scratch, 'files.json'), 'utf8')) as string[];

// Timers that keep no process alive, as a server's may not, come due here too.
const alive = setInterval(() => undefined, patienceMilliseconds);
for (const [index, file] of files.entries()) {
  if (!claim(join(scratch, `${index}.begun`))) continue;
  // The hooks of a file belong to it, and none of its tests begins before all of them are known.
  await describe(file, async () => void (await import(pathToFileURL(resolve(file)).href)));
  writeFileSync(join(scratch, `${index}.done`), '');
}
clearInterval(alive);
setTimeout(() => {
  console.error(`A test left open what keeps its process alive: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}, patienceMilliseconds).unref();

function claim(path: string): boolean {
  try {
    writeFileSync(path, '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
