import { Readable } from 'node:stream';
import { crc32, createInflate, inflateSync } from 'node:zlib';
import { Flaw } from './flaw.ts';
import { demandNothingBehind, demandSize, type Size } from './limits.ts';

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const mostUnpacked = 268_435_456;
const mostUnpackedMetadata = 4_194_304;
const mostChunks = 50_000;
/** Compressed texts and profiles; each is unpacked at one go. */
const mostPacked = 500;

/** Samples a pixel, and the bit depths that are allowed, by colour type. */
const colourTypes: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Start and step, across and down, of each pass of an interlaced image. */
const passes = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

interface Header extends Size {
  readonly colourType: number;
  /** Bytes of the unpacked picture, filter bytes included. */
  readonly unpacked: number;
}

/**
 * Reads a PNG to its end: every checksum, the order of its chunks, and the picture itself, unpacked piece by piece and never
 * beyond what its header announces. Throws Flaw.
 */
export async function inspectPng(bytes: Buffer): Promise<Size> {
  const picture: Buffer[] = [];
  let header: Header | undefined;
  let palette = false;
  let last = '';
  let metadata = mostUnpackedMetadata;
  let packed = 0;
  let at = pngSignature.length;
  for (let count = 1; last !== 'IEND'; count += 1) {
    if (count > mostChunks) throw new Flaw('has too many PNG chunks');
    const { type, data, end } = chunkAt(bytes, at);
    at = end;
    if (header === undefined && type !== 'IHDR') throw new Flaw('is a PNG without a header');
    if (header !== undefined && type === 'IHDR') throw new Flaw('is a PNG with two headers');
    if (type === 'IHDR') header = readHeader(data);
    else if (type === 'IDAT') {
      if (picture.length > 0 && last !== 'IDAT') throw new Flaw('is a PNG whose picture is interrupted');
      if (header?.colourType === 3 && !palette) throw new Flaw('is a PNG without the palette that it needs');
      picture.push(data);
    } else if (type === 'PLTE') {
      if (palette || data.length === 0 || data.length % 3 !== 0 || data.length > 768)
        throw new Flaw('is a PNG with a broken palette');
      palette = true;
    } else if (type === 'acTL' || type === 'fcTL' || type === 'fdAT') {
      throw new Flaw('is an animated PNG; only still images are allowed');
    } else if (/^[A-Z]/.test(type) && type !== 'IEND') {
      throw new Flaw(`is a PNG with an unknown chunk ${type}`);
    } else {
      const inside = packedPart(type, data);
      if (inside !== undefined) {
        packed += 1;
        if (packed > mostPacked) throw new Flaw('has too many compressed PNG chunks');
        metadata -= unpackMetadata(type, inside, metadata);
      }
    }
    last = type;
  }
  if (header === undefined || picture.length === 0) throw new Flaw('is a PNG without a picture');
  await unpackPicture(picture, header.unpacked);
  demandNothingBehind(bytes, at);
  return header;
}

function chunkAt(bytes: Buffer, at: number): Chunk {
  if (at + 12 > bytes.length) throw new Flaw('is a PNG that is cut off');
  const end = at + 12 + bytes.readUInt32BE(at);
  const type = bytes.toString('latin1', at + 4, at + 8);
  if (!/^[A-Za-z]{4}$/.test(type)) throw new Flaw('is a PNG with a broken chunk');
  if (end > bytes.length) throw new Flaw('is a PNG that is cut off');
  if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
    throw new Flaw(`is a damaged PNG: the checksum of its ${type} chunk is wrong`);
  return { type, data: bytes.subarray(at + 8, end - 4), end };
}

function readHeader(data: Buffer): Header {
  if (data.length !== 13) throw new Flaw('is a PNG with a broken header');
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
  const [depth = 0, colourType = 0, compression, filter, interlaced = 0] = data.subarray(8);
  const known = colourTypes[colourType];
  if (known === undefined || !known.depths.includes(depth) || compression !== 0 || filter !== 0 || interlaced > 1)
    throw new Flaw('is a PNG with a broken header');
  demandSize({ width, height });
  const unpacked = unpackedBytes(width, height, depth * known.samples, interlaced === 1);
  if (unpacked > mostUnpacked)
    throw new Flaw(`is a PNG of ${unpacked} bytes when unpacked; at most ${mostUnpacked} are allowed`);
  return { width, height, colourType, unpacked };
}

function unpackedBytes(width: number, height: number, bits: number, interlaced: boolean): number {
  const rows = (across: number, down: number): number =>
    across === 0 ? 0 : down * (1 + Math.ceil((across * bits) / 8));
  if (!interlaced) return rows(width, height);
  return passes.reduce(
    (sum, [x, stepX, y, stepY]) =>
      sum + rows(Math.ceil(Math.max(0, width - x) / stepX), Math.ceil(Math.max(0, height - y) / stepY)),
    0,
  );
}

async function unpackPicture(pieces: readonly Buffer[], expected: number): Promise<void> {
  const unpacking = Readable.from(pieces).pipe(createInflate());
  let size = 0;
  try {
    for await (const piece of unpacking as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > expected) throw new Flaw('is a PNG that unpacks to more than its picture');
    }
  } catch (error) {
    throw error instanceof Flaw ? error : new Flaw('is a damaged PNG: its picture can not be unpacked');
  }
  if (size < expected) throw new Flaw('is a PNG whose picture is incomplete');
}

/** Unpacks the compressed part of a text or a colour profile; gives its bytes. */
function unpackMetadata(type: string, packed: Buffer, most: number): number {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) }).length;
  } catch {
    throw new Flaw(`is a PNG whose ${type} chunk is damaged, or too large when unpacked`);
  }
}

function packedPart(type: string, data: Buffer): Buffer | undefined {
  const name = data.indexOf(0);
  if (type === 'zTXt' || type === 'iCCP') return data.subarray(name + 2);
  if (type !== 'iTXt' || data[name + 1] !== 1) return undefined;
  const language = data.indexOf(0, name + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  return data.subarray(translated < 0 ? data.length : translated + 1);
}
