import { setImmediate } from 'node:timers/promises';
import { Flaw } from './flaw.ts';
import { demandNothingBehind, demandSize, type Size } from './limits.ts';

export const jpegSignature = Buffer.from([0xff, 0xd8, 0xff]);

const mostScans = 100;
const mostSegments = 10_000;
/** Bytes of packed pictures between two turns of others. */
const stretch = 1_048_576;
/** A photo may be followed by small ones of itself, such as a preview or a map of its brightness. */
const mostImages = 8;

const marker = { frameBaseline: 0xc0, frameProgressive: 0xc2, huffman: 0xc4, lastFrame: 0xcf, end: 0xd9, scan: 0xda };
/** Markers between 0xC0 and 0xCF that begin no frame: Huffman tables, an extension, arithmetic conditions. */
const noFrames = [marker.huffman, 0xc8, 0xcc];

/** Reads a JPEG to its end: its segments, its frame and its scans. Throws Flaw. */
export async function inspectJpeg(bytes: Buffer): Promise<Size> {
  const first = await readImage(bytes, 0);
  let { end } = first;
  for (let count = 1; count < mostImages; count += 1) {
    const next = afterPadding(bytes, end);
    if (!bytes.subarray(next, next + 3).equals(jpegSignature)) break;
    end = (await readImage(bytes, next)).end;
  }
  demandNothingBehind(bytes, end);
  return first;
}

async function readImage(bytes: Buffer, start: number): Promise<Size & { end: number }> {
  let frame: Size | undefined;
  let scans = 0;
  let at = start + 2;
  for (let segments = 1; ; segments += 1) {
    if (segments > mostSegments) throw new Flaw('has too many JPEG segments');
    const kind = markerAt(bytes, at);
    at = kind.end;
    if (kind.code === marker.end) break;
    const segment = segmentAt(bytes, at);
    at += segment.length + 2;
    if (kind.code >= marker.frameBaseline && kind.code <= marker.lastFrame && !noFrames.includes(kind.code)) {
      if (frame !== undefined) throw new Flaw('is a JPEG with two frames');
      frame = readFrame(kind.code, segment);
    } else if (kind.code === marker.scan) {
      scans += 1;
      if (frame === undefined) throw new Flaw('is a JPEG without a frame');
      if (scans > mostScans) throw new Flaw('is a JPEG with too many scans');
      at = await endOfScan(bytes, at);
    }
  }
  if (frame === undefined || scans === 0) throw new Flaw('is a JPEG without a picture');
  return { ...frame, end: at };
}

/** The marker that must stand here; 0xFF may be repeated before it. */
function markerAt(bytes: Buffer, start: number): { code: number; end: number } {
  let at = start;
  if (bytes[at] !== 0xff) throw new Flaw(at >= bytes.length ? 'is a JPEG that is cut off' : 'is a damaged JPEG');
  while (bytes[at] === 0xff) at += 1;
  const code = bytes[at];
  if (code === undefined) throw new Flaw('is a JPEG that is cut off');
  // Stuffing, restarts and starts belong elsewhere.
  if (code < marker.frameBaseline || (code >= 0xd0 && code <= 0xd8)) throw new Flaw('is a damaged JPEG');
  return { code, end: at + 1 };
}

function segmentAt(bytes: Buffer, at: number): Buffer {
  if (at + 2 > bytes.length) throw new Flaw('is a JPEG that is cut off');
  const length = bytes.readUInt16BE(at);
  if (length < 2) throw new Flaw('is a damaged JPEG');
  if (at + length > bytes.length) throw new Flaw('is a JPEG that is cut off');
  return bytes.subarray(at + 2, at + length);
}

function readFrame(code: number, segment: Buffer): Size {
  if (code > marker.frameProgressive) throw new Flaw('is a JPEG of a kind that no browser shows');
  const components = segment[5] ?? 0;
  if (segment.length !== 6 + components * 3 || segment[0] !== 8 || ![1, 3, 4].includes(components))
    throw new Flaw('is a JPEG with a broken frame');
  const size = { height: segment.readUInt16BE(1), width: segment.readUInt16BE(3) };
  demandSize(size);
  return size;
}

/**
 * Where the packed picture of a scan ends: at the next marker that is neither stuffing nor a restart. Others have their turn
 * while a long one is read.
 */
async function endOfScan(bytes: Buffer, start: number): Promise<number> {
  for (let from = start; from < bytes.length; from += stretch) {
    const end = markerBetween(bytes, from, Math.min(from + stretch, bytes.length - 1));
    if (end === start) throw new Flaw('is a JPEG without a picture');
    if (end !== undefined) return end;
    await setImmediate();
  }
  throw new Flaw('is a JPEG that is cut off');
}

function markerBetween(bytes: Buffer, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    // Where 0xFF is repeated the last one counts.
    if (bytes[at] === 0xff && bytes[at + 1] !== 0xff && !isInScan(bytes[at + 1] ?? 0)) return at;
  }
  return undefined;
}

function isInScan(code: number): boolean {
  return code === 0 || (code >= 0xd0 && code <= 0xd7);
}

function afterPadding(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0) at += 1;
  return at;
}
