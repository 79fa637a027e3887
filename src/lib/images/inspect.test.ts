import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import {
  jpegEnd,
  jpegFrame,
  jpegOf,
  jpegScan,
  jpegSegment,
  jpegStart,
  pngChunk,
  pngHeader,
  pngOf,
  pngStart,
} from '../../../test/support/images.ts';
import { turnsWhile } from '../../../test/support/turns.ts';
import { inspectImage } from './inspect.ts';

const png = pngOf();
const jpeg = jpegOf();
const zeros = (count: number): Buffer => Buffer.alloc(count);
const jpegWith = (...parts: readonly Buffer[]): Buffer => Buffer.concat([jpegStart, ...parts, jpegEnd]);
const packed = (bytes: number): Buffer => deflateSync(zeros(bytes), { level: 9 });
const pngWith = (...chunks: readonly Buffer[]): Buffer => Buffer.concat([pngStart, ...chunks]);
const [header, picture, end] = [pngHeader({}), pngChunk('IDAT', packed(8)), pngChunk('IEND')];

/** The smallest archive that programs unpack: one empty file. */
function zip(before: number): Buffer {
  const local = Buffer.concat([
    Buffer.from('PK\x03\x04', 'latin1'),
    zeros(22),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('a'),
  ]);
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    zeros(24),
    Buffer.from([1, 0]),
    zeros(16),
    Buffer.from('a'),
  ]);
  const last = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), zeros(18)]);
  last[8] = last[10] = 1;
  last.writeUInt32LE(entry.length, 12);
  last.writeUInt32LE(before + local.length, 16);
  return Buffer.concat([local, entry, last]);
}

describe('images that are accepted', () => {
  const cases: readonly [string, Buffer, string, number, number][] = [
    ['a grey PNG', png, 'image/png', 3, 2],
    ['a PNG of one bit', pngOf({ width: 9, height: 1, depth: 1, picture: zeros(3) }), 'image/png', 9, 1],
    ['a PNG with alpha in 16 bits', pngOf({ depth: 16, colourType: 6, picture: zeros(25 * 2) }), 'image/png', 3, 2],
    // Passes of 1, 1, 1, 2, 2, 4 and 4 rows with 1, 1, 2, 2, 4, 4 and 8 pixels each.
    ['an interlaced PNG', pngOf({ width: 8, height: 8, interlaced: true, picture: zeros(15 + 64) }), 'image/png', 8, 8],
    [
      'an interlaced PNG of one pixel',
      pngOf({ width: 1, height: 1, interlaced: true, picture: zeros(2) }),
      'image/png',
      1,
      1,
    ],
    ['a PNG with a palette', pngOf({ colourType: 3, before: [pngChunk('PLTE', zeros(6))] }), 'image/png', 3, 2],
    [
      'a picture in two chunks',
      pngWith(header, pngChunk('IDAT', packed(8).subarray(0, 5)), pngChunk('IDAT', packed(8).subarray(5)), end),
      'image/png',
      3,
      2,
    ],
    [
      'texts and a colour profile',
      pngOf({
        before: [
          pngChunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), packed(1000)])),
          pngChunk('tEXt', 'Title\0Home'),
          pngChunk('zTXt', Buffer.concat([Buffer.from('k\0\0'), packed(99)])),
          pngChunk('iTXt', Buffer.concat([Buffer.from('k\0\x01\0en\0k\0'), packed(99)])),
          pngChunk('iTXt', 'k\0\0\0\0\0plain'),
        ],
      }),
      'image/png',
      3,
      2,
    ],
    ['a PNG with a few stray bytes', Buffer.concat([png, zeros(16).fill(7)]), 'image/png', 3, 2],
    ['a PNG filled up to a block', Buffer.concat([png, zeros(4000)]), 'image/png', 3, 2],
    ['a JPEG', jpeg, 'image/jpeg', 8, 8],
    ['a progressive JPEG', jpegWith(jpegFrame(20, 10, 0xc2), jpegScan(), jpegScan([1])), 'image/jpeg', 20, 10],
    [
      'restarts and stuffing in a scan',
      jpegWith(jpegFrame(), jpegScan([1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xff, 0xd7, 4])),
      'image/jpeg',
      8,
      8,
    ],
    [
      'a comment and a thumbnail',
      jpegOf([jpegSegment(0xfe, Buffer.from('made by hand')), jpegSegment(0xe1, jpeg)]),
      'image/jpeg',
      8,
      8,
    ],
    ['a photo followed by its preview', Buffer.concat([jpeg, zeros(9), jpegOf()]), 'image/jpeg', 8, 8],
  ];
  for (const [what, bytes, type, width, height] of cases) {
    test(what, async () => assert.deepEqual(await inspectImage(bytes), { type, width, height }));
  }
});

describe('images that are refused, with the reason', () => {
  const cases: readonly [string, Buffer, RegExp][] = [
    ['nothing', zeros(0), /neither a PNG nor a JPEG/],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0', 'latin1'), /neither/],
    ['a page', Buffer.from('<html><script>alert(1)</script>'), /neither/],
    ['half a signature', pngStart.subarray(0, 5), /neither/],
    ['a PNG of its signature only', pngStart, /cut off/],
    ['a PNG without header', pngWith(picture, end), /without a header/],
    ['two headers', pngWith(header, header, picture, end), /two headers/],
    ['no picture', pngWith(header, end), /without a picture/],
    ['no end', pngWith(header, picture), /cut off/],
    ['an interrupted picture', pngWith(header, picture, pngChunk('tEXt', 'a\0b'), picture, end), /interrupted/],
    ['a wrong checksum', pngWith(header, pngChunk('IDAT', packed(8), 7), end), /checksum of its IDAT/],
    ['a wrong checksum of a text', pngWith(header, pngChunk('tEXt', 'a\0b', 7), picture, end), /checksum of its tEXt/],
    ['an unknown critical chunk', pngWith(header, pngChunk('EVIL'), picture, end), /unknown chunk EVIL/],
    ['a chunk whose name is no name', pngWith(header, pngChunk('a\0b1'), picture, end), /broken chunk/],
    [
      'a chunk longer than the file',
      Buffer.concat([png.subarray(0, -12), Buffer.from('7fffffff49454e44', 'hex'), zeros(4)]),
      /cut off/,
    ],
    ['a short header', pngWith(pngChunk('IHDR', zeros(12)), picture, end), /broken header/],
    ['a bit depth that does not exist', pngOf({ depth: 3 }), /broken header/],
    ['colours with four bits', pngOf({ depth: 4, colourType: 2 }), /broken header/],
    ['a colour type that does not exist', pngOf({ colourType: 5 }), /broken header/],
    ['no width', pngOf({ width: 0, picture: zeros(2) }), /without width or height/],
    ['no height', pngOf({ height: 0, picture: zeros(2) }), /without width or height/],
    ['absurd dimensions', pngOf({ width: 2 ** 31 - 1, height: 2 ** 31 - 1, picture: zeros(9) }), /pixels; at most/],
    ['too many pixels', pngOf({ width: 20_000, height: 20_000, picture: zeros(9) }), /pixels; at most/],
    [
      'a picture too large when unpacked',
      pngOf({ width: 9_000, height: 9_000, depth: 16, colourType: 6, picture: zeros(9) }),
      /when unpacked/,
    ],
    ['a bomb', pngWith(header, pngChunk('IDAT', packed(50_000_000)), end), /unpacks to more/],
    ['one byte too many', pngOf({ picture: zeros(9) }), /unpacks to more/],
    ['one byte too few', pngOf({ picture: zeros(7) }), /incomplete/],
    ['a picture that is not packed', pngWith(header, pngChunk('IDAT', 'plain'), end), /can not be unpacked/],
    [
      'a picture that stops in the middle',
      pngWith(header, pngChunk('IDAT', packed(8).subarray(0, 6)), end),
      /can not be unpacked/,
    ],
    ['an empty picture', pngWith(header, pngChunk('IDAT'), end), /can not be unpacked|incomplete/],
    [
      'a text that is a bomb',
      pngOf({ after: [pngChunk('zTXt', Buffer.concat([Buffer.from('k\0\0'), packed(20_000_000)]))] }),
      /zTXt chunk is damaged, or too large/,
    ],
    [
      'texts that are a bomb together',
      pngOf({
        after: Array.from({ length: 5 }, () =>
          pngChunk('iTXt', Buffer.concat([Buffer.from('k\0\x01\0\0\0'), packed(1_000_000)])),
        ),
      }),
      /iTXt chunk/,
    ],
    [
      'a colour profile that is a bomb',
      pngOf({ before: [pngChunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), packed(9_000_000)]))] }),
      /iCCP chunk/,
    ],
    ['a palette that is missing', pngOf({ colourType: 3 }), /palette/],
    ['a palette that is broken', pngOf({ colourType: 3, before: [pngChunk('PLTE', zeros(7))] }), /palette/],
    ['an animation', pngOf({ before: [pngChunk('acTL', zeros(8))] }), /animated/],
    ['frames of an animation', pngOf({ after: [pngChunk('fdAT', zeros(8))] }), /animated/],
    ['too many chunks', pngOf({ after: Array.from({ length: 50_001 }, () => pngChunk('aaAa')) }), /too many/],
    ['bytes behind the end', Buffer.concat([png, Buffer.from('something else entirely')]), /23 bytes behind the end/],
    ['zeros without end', Buffer.concat([png, zeros(70_000)]), /behind the end/],
    ['an archive behind the end', Buffer.concat([png, zip(png.length)]), /behind the end/],
    ['an archive within', pngOf({ after: [pngChunk('prVt', zip(0))] }), /ZIP archive/],
    ['a script in a text', pngOf({ after: [pngChunk('tEXt', 'Comment\0<ScRiPt src=x>')] }), /HTML or a script/],
    ['a page in a text', pngOf({ after: [pngChunk('tEXt', 'Comment\0<html >')] }), /HTML or a script/],
    [
      'a script across the pieces that are searched',
      pngOf({ after: [pngChunk('prVt', Buffer.concat([zeros(1_048_570 - png.length + 4), Buffer.from('<script>')]))] }),
      /HTML or a script/,
    ],
    ['a document', pngOf({ before: [pngChunk('tEXt', 'a\0%PDF-1.7')] }), /PDF/],
    ['a JPEG that is cut off in its segments', jpeg.subarray(0, 30), /cut off/],
    ['a JPEG that is cut off in its picture', jpeg.subarray(0, -3), /cut off/],
    ['a JPEG without its last byte', jpeg.subarray(0, -1), /cut off/],
    ['a JPEG of nothing', jpegWith(), /without a picture/],
    ['a JPEG without a frame', jpegWith(jpegSegment(0xfe, [1])), /without a picture/],
    ['a scan before the frame', jpegWith(jpegScan(), jpegFrame()), /without a frame/],
    ['a frame without a scan', jpegWith(jpegFrame()), /without a picture/],
    ['a scan without a picture', jpegWith(jpegFrame(), jpegScan([])), /without a picture/],
    ['two frames', jpegWith(jpegFrame(), jpegFrame(), jpegScan()), /two frames/],
    ['a JPEG without width', jpegWith(jpegFrame(0, 8), jpegScan()), /without width or height/],
    ['an absurd JPEG', jpegWith(jpegFrame(65_535, 65_535), jpegScan()), /pixels; at most/],
    ['a lossless JPEG', jpegWith(jpegFrame(8, 8, 0xc3), jpegScan()), /no browser shows/],
    ['a frame that is broken', jpegWith(jpegSegment(0xc0, [8, 0, 8, 0, 8, 3, 1, 1, 1]), jpegScan()), /broken frame/],
    [
      'too many scans',
      jpegWith(jpegFrame(8, 8, 0xc2), ...Array.from({ length: 101 }, () => jpegScan())),
      /too many scans/,
    ],
    ['a segment of no length', Buffer.concat([jpegStart, Buffer.from([0xff, 0xe0, 0, 1])]), /damaged/],
    ['something between segments', jpegWith(Buffer.from('xyz'), jpegFrame(), jpegScan()), /neither|damaged/],
    ['an archive behind a JPEG', Buffer.concat([jpeg, zip(jpeg.length)]), /behind the end/],
    ['a page behind a JPEG', Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')]), /behind the end/],
    ['a script in a comment', jpegOf([jpegSegment(0xfe, Buffer.from('<script>'))]), /HTML or a script/],
    ['a broken preview behind a JPEG', Buffer.concat([jpeg, jpeg.subarray(0, 40)]), /cut off/],
  ];
  for (const [what, bytes, reason] of cases) {
    test(what, async () => {
      const found = await inspectImage(bytes);
      assert.equal(typeof found, 'string', JSON.stringify(found));
      assert.match(String(found), reason);
    });
  }
});

test('every image that is cut off anywhere is refused', async () => {
  for (const whole of [png, jpeg]) {
    for (let length = 0; length < whole.length; length += 1) {
      assert.equal(typeof (await inspectImage(whole.subarray(0, length))), 'string', `${length} of ${whole.length}`);
    }
  }
});

test('whatever the bytes, there is an answer; a PNG with any other byte is refused', async () => {
  const garbage = fc.tuple(fc.constantFrom(png, jpeg), fc.uint8Array({ maxLength: 200 }), fc.nat(80));
  await fc.assert(
    fc.asyncProperty(garbage, async ([image, noise, at]) => {
      await inspectImage(Buffer.concat([image.subarray(0, at), noise, image.subarray(at)]));
      await inspectImage(Buffer.concat([image.subarray(0, at), noise]));
    }),
    { numRuns: 300 },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(png.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const damaged = Buffer.from(png);
      damaged[at] = (damaged[at] ?? 0) ^ change;
      assert.equal(typeof (await inspectImage(damaged)), 'string');
    }),
    { numRuns: 300 },
  );
});

test('parts without number are refused before they are read', async () => {
  const segments = Buffer.concat(Array.from({ length: 10_001 }, () => jpegSegment(0xfe)));
  assert.equal(await inspectImage(jpegOf([segments])), 'has too many JPEG segments');
  const text = Buffer.concat([Buffer.from('a\0\0'), deflateSync('x')]);
  const texts = Array.from({ length: 501 }, () => pngChunk('zTXt', text));
  assert.equal(await inspectImage(pngOf({ after: texts })), 'has too many compressed PNG chunks');
  assert.notEqual(typeof (await inspectImage(pngOf({ after: texts.slice(1) }))), 'string');
});

test('others have their turn while the picture of a JPEG is read, whatever it is made of', async () => {
  for (const pattern of [[0xff, 0], [0xff, 0xd0], [0xff], [1, 2, 3]]) {
    const picture = Buffer.alloc(6_000_000, Buffer.from(pattern));
    const image = Buffer.concat([jpegStart, jpegFrame(), jpegScan(), picture, jpegEnd]);
    const turns = await turnsWhile(async () => assert.notEqual(typeof (await inspectImage(image)), 'string'));
    // As many again for the search of what is embedded.
    assert.ok(turns >= 10, `${turns} turns for ${pattern}`);
  }
});
