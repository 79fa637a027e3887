import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { reports } from '../src/dialects/tsheets-rest/reports/index.ts';
import { resources } from '../src/resources/index.ts';

// Writes the coverage table of the TSheets dialect: what each page of the reference offers, and the tests that ask for it.

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = join(root, 'src/dialects/tsheets-rest/README.md');
const [begin, end] = ['<!-- coverage: written by scripts/coverage.ts -->', '<!-- end of coverage -->'];

/** What a page of the reference offers, by method; paging parameters are left out. Properties of a report are those it gives. */
interface Offer {
  readonly parameters?: readonly string[];
  readonly properties?: readonly string[];
  readonly statuses?: readonly number[];
}
interface Page {
  readonly properties: readonly string[];
  readonly endpoints: Readonly<Record<string, Readonly<Record<string, Offer>>>>;
}
type Reference = Readonly<Record<string, Page>>;

interface TestFile {
  readonly name: string;
  readonly text: string;
}

/** The facts of the reference, written down from its pages. */
export function reference(): Reference {
  return JSON.parse(readFileSync(join(root, 'test/golden/reference.json'), 'utf8')) as Reference;
}

/** Tests of every endpoint at once, and those of the other dialects, which have words in common with this one. */
const besides = /^(conformance|fuzz|openapi|legacy|timestation|timekit|doors|web|client)\/|^[^/]+$/;

function testFiles(): TestFile[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !besides.test(name))
    .sort()
    .map((name) => ({
      name: name.replace(/\.test\.ts$/, '').replace(/^api\//, ''),
      text: readFileSync(join(root, 'test', name), 'utf8'),
    }));
}

const calls: Readonly<Record<string, string>> = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' };

/** Whether a test speaks of an endpoint at all. */
function speaksOf({ text }: TestFile, endpoint: string): boolean {
  return new RegExp(`['"\`]/?${endpoint.slice(1)}(?![\\w/])`).test(text);
}

function asks(file: TestFile, method: string, endpoint: string): boolean {
  // Some paths are long enough for a function of their own, such as authorizePath().
  const call = `\\.${calls[method]}\\(\\s*(?:['"\`]${endpoint}(?![\\w/])|${endpoint.slice(1)}Path\\()`;
  const other = `['"]${method}['"],\\s*['"\`]${endpoint}(?![\\w/])`;
  if (new RegExp(`${call}|${other}`, 's').test(file.text)) return true;
  // Tests that go through helpers of their own name the endpoint and the method.
  return speaksOf(file, endpoint) && new RegExp(`\\b(${calls[method]}|${method})\\b`).test(file.text);
}

function names(file: TestFile, word: string): boolean {
  return new RegExp(`(?<![\\w.])${word}(?!\\w)`).test(file.text);
}

/** Whether a test says a word anywhere, as a property of an answer too. */
function mentions(file: TestFile, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(file.text);
}

/** A name, in italics where only the battery over all resources covers it. */
function marked(word: string, files: readonly TestFile[], says = names): string {
  return files.some((file) => says(file, word)) ? `\`${word}\`` : `_${word}_`;
}

/** Properties that a method takes in: those that the page lists for it, and those that the definition lets clients write. */
function writtenProperties(endpoint: string, method: string, offer: Offer): readonly string[] {
  const fields = Object.entries(resources.get(endpoint.slice(1))?.fields ?? {});
  const written = fields.flatMap(([name, { mode }]) => {
    const modes = typeof mode === 'string' ? [mode] : Object.values(mode);
    const fits = modes.some((one) => one !== 'read-only' && (one !== 'write-once' || method === 'POST'));
    return fits ? [name] : [];
  });
  return [...new Set([...(offer.properties ?? []), ...written])];
}

/** The rows of the table, and what no test asks for. */
export function coverage(): { table: string; holes: string[] } {
  const files = testFiles();
  const holes: string[] = [];
  const rows = ['| reference | request | parameters | properties | tests |', '| --- | --- | --- | --- | --- |'];
  for (const [page, { endpoints, properties }] of Object.entries(reference())) {
    for (const [endpoint, methods] of Object.entries(endpoints)) {
      for (const [method, offer] of Object.entries(methods)) {
        const asking = files.filter((file) => asks(file, method, endpoint));
        if (asking.length === 0) holes.push(`${page}: no test asks for ${method} ${endpoint}`);
        const about = files.filter((file) => speaksOf(file, endpoint));
        const own = method === 'GET' ? properties : writtenProperties(endpoint, method, offer);
        const says = endpoint.slice(1) in reports ? mentions : names;
        // The battery runs over resources: what a report takes and gives is asked for by its own tests, or by none.
        if (says === mentions) {
          const words = [...(offer.parameters ?? []), ...own];
          const unsaid = words.filter((word) => !about.some((file) => mentions(file, word)));
          for (const word of unsaid) holes.push(`${page}: no test of ${endpoint} speaks of ${word}`);
        }
        const listed = method === 'DELETE' || endpoint.includes('/raw') ? [] : own;
        const cells = [
          page.replace('.md', ''),
          `${method} ${endpoint}`,
          (offer.parameters ?? []).map((name) => marked(name, asking, says)).join(' '),
          listed.map((name) => marked(name, about, says)).join(' '),
          asking.map(({ name }) => name).join(', '),
        ];
        rows.push(`| ${cells.map((cell) => cell || '–').join(' | ')} |`);
      }
    }
  }
  return { table: rows.join('\n'), holes };
}

/** The README with the table as it is now. */
export function readmeWith(table: string): { before: string; after: string } {
  const before = readFileSync(readme, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error('The README has lost the marks of its coverage table.');
  return { before, after: `${before.slice(0, from + begin.length)}\n\n${table}\n\n${before.slice(to)}` };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(readme, readmeWith(coverage().table).after);
}
