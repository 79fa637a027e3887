import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangeOf } from '../../src/http/byte-ranges.ts';
import { attachmentNamed } from '../../src/http/content-disposition.ts';

test('rangeOf', () => {
  const cases: readonly [string | undefined, [number, number] | 'none' | undefined][] = [
    [undefined, undefined],
    ['bytes=0-0', [0, 1]],
    ['bytes=0-9', [0, 10]],
    ['bytes=3-', [3, 10]],
    ['bytes=9-', [9, 10]],
    ['bytes=10-', 'none'],
    ['bytes=10-12', 'none'],
    ['bytes=5-100', [5, 10]],
    ['bytes=-4', [6, 10]],
    ['bytes=-40', [0, 10]],
    ['bytes=-0', 'none'],
    ['Bytes = 2 - 3', [2, 4]],
    ['bytes=5-4', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=a-b', undefined],
    ['items=0-1', undefined],
    ['bytes=0x1-2', undefined],
    ['bytes=99999999999999999999-', undefined],
  ];
  for (const [header, expected] of cases) {
    const found = rangeOf(header, 10);
    assert.deepEqual(typeof found === 'object' ? [found.from, found.to] : found, expected, String(header));
  }
});

test('attachmentNamed', () => {
  const cases: readonly [string, string][] = [
    ['invisible_minion.jpg', 'attachment; filename="invisible_minion.jpg"'],
    ['a b (1).png', 'attachment; filename="a b (1).png"'],
    ['a"; x=".png', `attachment; filename="a__ x__.png"; filename*=UTF-8''a%22%3B%20x%3D%22.png`],
    ['a\r\nSet-Cookie: b', `attachment; filename="a__Set-Cookie_ b"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b`],
    ["it's*.png", `attachment; filename="it_s_.png"; filename*=UTF-8''it%27s%2A.png`],
    ['現場.jpg', `attachment; filename="__.jpg"; filename*=UTF-8''%E7%8F%BE%E5%A0%B4.jpg`],
    ['100%.png', `attachment; filename="100_.png"; filename*=UTF-8''100%25.png`],
    ['a\\b', `attachment; filename="a_b"; filename*=UTF-8''a%5Cb`],
  ];
  for (const [name, expected] of cases) assert.equal(attachmentNamed(name), expected);
});
