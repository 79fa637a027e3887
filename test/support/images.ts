import { crc32, deflateSync } from 'node:zlib';

/** One chunk of a PNG; a checksum of its own makes it wrong. */
export function pngChunk(type: string, data: Buffer | string = '', checksum?: number): Buffer {
  const body = Buffer.concat([
    Buffer.from(type, 'latin1'),
    typeof data === 'string' ? Buffer.from(data, 'latin1') : data,
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checksum ?? crc32(body));
  return Buffer.concat([length, body, sum]);
}

export interface PngOptions {
  width?: number;
  height?: number;
  depth?: number;
  colourType?: number;
  interlaced?: boolean;
  /** Unpacked picture; the right number of zeros for 8 bits of grey when not given. */
  picture?: Buffer;
  /** Chunks between header and picture. */
  before?: readonly Buffer[];
  /** Chunks between picture and end. */
  after?: readonly Buffer[];
}

export const pngStart = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export function pngHeader({
  width = 3,
  height = 2,
  depth = 8,
  colourType = 0,
  interlaced = false,
}: PngOptions): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType, 0, 0, interlaced ? 1 : 0], 8);
  return pngChunk('IHDR', header);
}

/** A PNG; 3 by 2 pixels of black unless said otherwise. */
export function pngOf(options: PngOptions = {}): Buffer {
  const { width = 3, height = 2, before = [], after = [] } = options;
  const picture = options.picture ?? Buffer.alloc((width + 1) * height);
  return Buffer.concat([
    pngStart,
    pngHeader(options),
    ...before,
    pngChunk('IDAT', deflateSync(picture)),
    ...after,
    pngChunk('IEND'),
  ]);
}

/** A PNG of exactly so many bytes, filled by a private chunk of noise. */
export function pngOfSize(bytes: number): Buffer {
  const noise = Buffer.alloc(bytes - pngOf().length - 12);
  let state = 1;
  for (let index = 0; index < noise.length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    noise[index] = state >> 16;
  }
  return pngOf({ after: [pngChunk('prVt', noise)] });
}

/** A segment of a JPEG with its length. */
export function jpegSegment(code: number, data: readonly number[] | Buffer = []): Buffer {
  const bytes = Buffer.from(data as number[]);
  return Buffer.concat([Buffer.from([0xff, code, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]), bytes]);
}

export const jpegStart = Buffer.from([0xff, 0xd8]);
export const jpegEnd = Buffer.from([0xff, 0xd9]);

/** The segment of a grey frame. */
export function jpegFrame(width = 8, height = 8, code = 0xc0): Buffer {
  return jpegSegment(code, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
}

/** The segment that begins a scan, with its packed picture. */
export function jpegScan(data: readonly number[] = [0xd2, 0xcf, 0x20, 0xff, 0x00, 0x3f]): Buffer {
  return Buffer.concat([jpegSegment(0xda, [1, 1, 0, 0, 63, 0]), Buffer.from(data)]);
}

/** Quantisation and Huffman tables of a grey picture. */
const tables = Buffer.concat([
  jpegSegment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
  jpegSegment(0xc4, [0x00, 0, 1, ...Array.from({ length: 14 }, () => 0), 0]),
  jpegSegment(0xc4, [0x10, 0, 1, ...Array.from({ length: 14 }, () => 0), 0]),
]);
const jfif = jpegSegment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);

/** A JPEG of one grey block, with these segments in front of its frame. */
export function jpegOf(before: readonly Buffer[] = []): Buffer {
  return Buffer.concat([jpegStart, jfif, ...before, tables, jpegFrame(), jpegScan(), jpegEnd]);
}

/** A file as a data URI. */
export function dataUri(bytes: Buffer, type = 'image/png'): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}
