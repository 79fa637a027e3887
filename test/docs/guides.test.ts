import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { anchorsOf, type Guide, readGuides } from './guide.ts';
import { perform } from './perform.ts';
import { openStage } from './stage.ts';

const guides = readGuides();
const root = new URL('../../', import.meta.url);
const languages = new Set(['csv', 'html', 'http', 'js', 'json', 'php', 'python', 'sh', 'text', 'ts', 'xml']);

test('each guide has a number of its own, a title, and a sentence that says what it is about', () => {
  const numbers = guides.map(({ file }) => /^(\d\d)-[a-z0-9-]+\.md$/.exec(file)?.[1]);
  assert.equal(new Set(numbers).size, guides.length, numbers.join());
  for (const { file, text } of guides) {
    assert.match(text, /^# \S.*\n\n[^\n#`-][^\n]*(\n[^\n]+)*\n\n/, `${file} does not begin as guides do`);
    assert.equal([...text.matchAll(/^# /gm)].length >= 1, true, file);
  }
});

test('code has a language', () => {
  for (const { file, blocks } of guides) {
    for (const { language, line } of blocks) assert.ok(languages.has(language), `${file}:${line} is in "${language}"`);
  }
});

test('every link leads somewhere', () => {
  for (const guide of guides) {
    for (const [, target = ''] of guide.prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      assert.ok(leadsSomewhere(guide, target), `${guide.file} links to ${target}`);
    }
  }
});

/** The first parts of the addresses of the web app, and what the server itself answers. */
const pages = /^\/(api-access|account|docs)(\/|$)|^\/openapi(\/[a-z-]+)?\.json$/;

function leadsSomewhere({ file, prose }: Guide, target: string): boolean {
  if (/^https:\/\//.test(target)) return true;
  if (target.startsWith('/')) return pages.test(target) && isReference(target);
  const [path = '', anchor] = target.split('#');
  if (path === '') return anchorsOf(prose).has(anchor ?? '');
  const place = new URL(path, new URL(`docs/guides/${file}`, root));
  if (!existsSync(place)) return false;
  return anchor === undefined || anchorsOf(readFileSync(place, 'utf8')).has(anchor);
}

/** Below the reference, the endpoint of the TSheets REST API that a page is about must be one. */
function isReference(target: string): boolean {
  const [, dialect, tag = ''] = /^\/docs\/api\/([^/]+)\/([^/#]+)/.exec(target) ?? [];
  if (dialect === undefined) return true;
  if (!readdirSync(new URL('src/dialects/', root)).includes(dialect)) return false;
  return (
    dialect !== 'tsheets-rest' ||
    readFileSync(new URL('src/dialects/tsheets-rest/README.md', root), 'utf8').includes(tag)
  );
}

test('what guides tell their readers to do works, and gives the answers that they print', async (context) => {
  const stage = await openStage();
  try {
    for (const guide of guides) {
      await context.test(guide.file, async () => {
        await perform(guide, stage);
      });
    }
  } finally {
    await stage.close();
  }
});
