import { setImmediate } from 'node:timers/promises';
import { Flaw } from './flaw.ts';

const piece = 1_048_576;
const overlap = 16;
const markup = /<(?:script|iframe|!doctype\s|html[\s>]|svg[\s>]|\?php\s)/i;

const endOfZip = Buffer.from('PK\x05\x06', 'latin1');
const zipEntry = 'PK\x01\x02';
const farthestEndOfZip = 22 + 65_535;

/** Throws Flaw for an image that is something else at the same time: a page, a program, an archive or a document. */
export async function demandNothingEmbedded(bytes: Buffer): Promise<void> {
  if (holdsZip(bytes)) throw new Flaw('holds a ZIP archive besides the image');
  if (bytes.subarray(0, 1_024).includes('%PDF-')) throw new Flaw('holds a PDF document besides the image');
  for (let at = 0; at < bytes.length; at += piece) {
    if (markup.test(bytes.toString('latin1', at, at + piece + overlap))) throw new Flaw('holds HTML or a script');
    // Others have their turn while a large file is searched.
    if (at > 0) await setImmediate();
  }
}

/** Finds an archive as programs that unpack do: from its end, by the list of entries that it points to. */
function holdsZip(bytes: Buffer): boolean {
  const start = Math.max(0, bytes.length - farthestEndOfZip);
  for (let at = bytes.indexOf(endOfZip, start); at >= 0; at = bytes.indexOf(endOfZip, at + 1)) {
    if (at + 22 > bytes.length) return false;
    const entries = at - bytes.readUInt32LE(at + 12);
    if (entries >= 0 && bytes.toString('latin1', entries, entries + 4) === zipEntry) return true;
  }
  return false;
}
