import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { rangeOf } from '../../src/http/byte-ranges.ts';
import { attachmentNamed } from '../../src/http/content-disposition.ts';
import { type Pieces, sendPieces } from '../../src/http/pieces.ts';

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

test('sendPieces', async () => {
  const line = 'ç'.repeat(50);
  let made = 0;
  const left = Promise.withResolvers<void>();
  function* pieces(count: number, failAt = -1): Generator<string> {
    for (let index = 0; index < count; index += 1) {
      if (index === failAt) throw new Error('as intended');
      yield line;
    }
  }
  async function* endless(): AsyncGenerator<string> {
    try {
      for (; ; made += 1) yield line;
    } finally {
      left.resolve();
    }
  }
  const answers: Readonly<Record<string, () => Pieces>> = {
    '/empty': () => [],
    '/short': () => ['a', new TextEncoder().encode('b'), 'ç'],
    '/long': () => pieces(100_000),
    '/fails': () => pieces(10, 5),
    '/breaks': () => pieces(100_000, 90_000),
    '/endless': endless,
  };
  const app = Fastify();
  for (const [path, answer] of Object.entries(answers)) {
    app.get(path, (_request, reply) => sendPieces(reply.type('text/plain; charset=utf-8'), answer()));
  }
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  try {
    const text = async (path: string): Promise<string> => (await fetch(url + path)).text();
    assert.equal(await text('/empty'), '');
    const short = await fetch(`${url}/short`);
    assert.deepEqual([short.headers.get('content-length'), await short.text()], ['4', 'abç']);
    assert.equal(await text('/long'), line.repeat(100_000));
    assert.equal((await fetch(`${url}/fails`)).status, 500);
    await assert.rejects(text('/breaks'));
    const reader = (await fetch(`${url}/endless`)).body?.getReader();
    await reader?.read();
    // A client that goes away ends the making, which never ran far ahead of it.
    await reader?.cancel();
    await left.promise;
    assert.ok(made < 1_000_000, `${made} pieces`);
  } finally {
    await app.close();
  }
});
