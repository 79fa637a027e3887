import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { rowsIn } from '../support/rows.ts';
import { openWorld, type World } from '../support/world.ts';

const root = new URL('../../client/', import.meta.url);
let world: World;

before(async () => {
  world = await openWorld({ shared: true });
});
after(() => world.close());

test('the first clock-in of the README works as it stands there', async (context) => {
  const { admin, ...company } = await world.company();
  const jobcode = await company.jobcode();
  const text = await readFile(new URL('README.md', root), 'utf8');
  const [, block = ''] = /^## A first clock-in\n+```ts\n(.*?)^```$/ms.exec(text) ?? [];
  const stated: readonly (readonly [said: string, here: string])[] = [
    ["'openpunch-client'", `'${new URL('src/index.ts', root).href}'`],
    ["'http://127.0.0.1:8080'", `'${world.url}'`],
    ["process.env.TOKEN ?? ''", `'${admin.token}'`],
    ['jobcode_id: 4', `jobcode_id: ${jobcode}`],
  ];
  let program = block;
  for (const [said, here] of stated) {
    assert.ok(program.includes(said), `${said} is not in the example`);
    program = program.replace(said, here);
  }
  const folder = await mkdtemp(join(tmpdir(), 'openpunch-'));
  try {
    const printed: unknown[] = [];
    context.mock.method(console, 'log', (line: unknown) => printed.push(line));
    const file = join(folder, 'example.mts');
    await writeFile(file, program);
    await import(pathToFileURL(file).href);
    assert.match(String(printed[0]), /^On the clock since \d{4}-/);
  } finally {
    await rm(folder, { recursive: true });
  }
  const sheets = rowsIn(await admin.get('/timesheets', { modified_since: '2000-01-01' }), 'timesheets');
  assert.deepEqual(
    sheets.map(({ jobcode_id: job, on_the_clock: open }) => [job, open]),
    [[jobcode, false]],
  );
});
