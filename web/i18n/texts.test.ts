import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseSync, Visitor } from 'vite';

/** Attributes of elements that people read or hear. */
const read =
  /^(label|title|text|lead|action|description|placeholder|alt|error|word|aria-(label|description|placeholder|roledescription|valuetext))$/;

/** The texts of a screen that stand in it instead of in en.ts, as 'line: text'. */
function literalTexts(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  assert.deepEqual(errors, [], path);
  const found: string[] = [];
  const complain = (start: number, text: unknown) => {
    if (typeof text !== 'string' || !/\p{L}/u.test(text)) return;
    found.push(`${source.slice(0, start).split('\n').length}: ${text.trim()}`);
  };
  const wordsOf = (node: { type: string; start: number; value?: unknown; quasis?: { value: { raw: string } }[] }) => {
    if (node.type === 'Literal') complain(node.start, node.value);
    if (node.type === 'TemplateLiteral') complain(node.start, node.quasis?.map(({ value }) => value.raw).join(' '));
  };
  new Visitor({
    JSXText: ({ start, value }) => complain(start, value.replaceAll(/&\w+;/g, '')),
    JSXElement: ({ children }) => {
      for (const child of children) if (child.type === 'JSXExpressionContainer') wordsOf(child.expression);
    },
    JSXAttribute: ({ name, value }) => {
      if (value === null || typeof name.name !== 'string' || !read.test(name.name)) return;
      wordsOf(value.type === 'JSXExpressionContainer' ? value.expression : value);
    },
  }).visit(program);
  return found;
}

test('no screen holds a text of its own: each is in en.ts', () => {
  const root = join(import.meta.dirname, '..');
  const files = globSync('**/*.tsx', { cwd: root, exclude: ['dist*/**'] });
  assert.ok(files.length > 20);
  const found = files.flatMap((path) =>
    literalTexts(path, readFileSync(join(root, path), 'utf8')).map((text) => `web/${path}:${text}`),
  );
  assert.deepEqual(found, []);
});

test('the checker finds texts wherever people read them', () => {
  const cases: [source: string, found: string[]][] = [
    ['<p>Hello</p>', ['1: Hello']],
    ["<p>\n{'Hello'}</p>", ['2: Hello']],
    ['<p>{`Hello`}</p>', ['1: Hello']],
    ['<Button aria-label="Close" />', ['1: Close']],
    ["<TextInput label={'Name'} />", ['1: Name']],
    ['<p className="wide">· {t("name")} &nbsp;</p>', []],
    ['<Moment key="used" at={at} />', []],
  ];
  for (const [source, found] of cases) assert.deepEqual(literalTexts('some.tsx', source), found, source);
});
