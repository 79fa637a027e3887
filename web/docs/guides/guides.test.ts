import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideSlug, headingNames, plainText, portalAddress, readGuide, readGuides } from './guides.ts';

const text =
  '# Paging\n\nHow to read *all* of a list.\n\n## One page\n\nWords.\n\n```sh\n# no heading\n```\n\n## One page\n\nMore.\n';

test('a guide has a title, a sentence about it, and sections', () => {
  const guide = readGuide('paging', text);
  assert.equal(guide.title, 'Paging');
  assert.equal(guide.lead, 'How to read all of a list.');
  assert.deepEqual(
    guide.sections.map(({ id, title, level, line }) => [id, title, level, guide.body.split('\n')[line - 1]]),
    [
      ['one-page', 'One page', 2, '## One page'],
      ['one-page-1', 'One page', 2, '## One page'],
    ],
  );
  assert.match(guide.sections[0]?.text ?? '', /Words\. # no heading|Words\./);
});

test('guides come in the order of the numbers of their files', () => {
  const files = { '../10-b.md': '# B\n', '../02-a.md': '# A\n' };
  assert.deepEqual(
    readGuides(files).map(({ slug, title, lead }) => [slug, title, lead]),
    [
      ['a', 'A', ''],
      ['b', 'B', ''],
    ],
  );
  assert.equal(guideSlug('./07-web-hooks.md'), 'web-hooks');
});

test('links of guides lead to pages of the portal', () => {
  const cases: [string, string | undefined][] = [
    ['./02-authentication.md', '/docs/guides/authentication'],
    ['02-authentication.md#oauth', '/docs/guides/authentication#oauth'],
    ['/docs/api/tsheets-rest/users', '/docs/api/tsheets-rest/users'],
    ['https://example.com/a.md', 'https://example.com/a.md'],
    ['#below', '#below'],
    ['../operating.md', undefined],
    ['../src/a.ts', undefined],
  ];
  for (const [href, address] of cases) assert.equal(portalAddress(href), address, href);
});

test('headings have the anchors that GitHub gives them', () => {
  const name = headingNames();
  assert.equal(name('What `_status_code` says'), 'what-_status_code-says');
  assert.equal(name('Errors, and limits!'), 'errors-and-limits');
});

test('text is told from its marks', () => {
  assert.equal(
    plainText('See [the *list*](a.md), `x_y`.\n\n| a | b |\n| - | - |\n| 1 | 2 |'),
    'See the list , x_y . a b 1 2',
  );
});
