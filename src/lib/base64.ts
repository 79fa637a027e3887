import { setImmediate } from 'node:timers/promises';

/** Characters that are decoded at once, so that no second copy of a large text is made. */
const step = 65_536;
/** Characters between two turns of others. */
const stretch = 1_048_576;

/**
 * The bytes of base64 text in the standard alphabet, with or without padding; white space counts for nothing. Gives a reason
 * when it is no base64, and 'too-large' when it holds more than `most` bytes.
 */
export async function decodeBase64(
  text: string,
  from: number,
  most: number,
): Promise<Buffer | 'invalid' | 'too-large'> {
  const bytes = Buffer.allocUnsafe(Math.min(Math.ceil(((text.length - from) * 3) / 4), most + 3));
  let size = 0;
  let waiting = '';
  let ended = false;
  for (let at = from; at < text.length; at += step) {
    if (at > from && (at - from) % stretch === 0) await setImmediate();
    const piece = text.slice(at, at + step).replace(/[\t\n\f\r ]+/g, '');
    if (piece === '') continue;
    if (ended || !/^[A-Za-z0-9+/]*={0,2}$/.test(piece)) {
      // Padding may lie across two pieces.
      if (!ended || !/^={0,2}$/.test(piece)) return 'invalid';
    }
    ended = piece.endsWith('=');
    waiting += piece;
    const whole = waiting.length - (waiting.length % 4);
    if (size + (whole / 4) * 3 > most + 3) return 'too-large';
    size += bytes.write(waiting.slice(0, whole), size, 'base64');
    waiting = waiting.slice(whole);
  }
  if (waiting.length === 1 || /^=|^.=/.test(waiting)) return 'invalid';
  size += bytes.write(waiting, size, 'base64');
  return size > most ? 'too-large' : bytes.subarray(0, size);
}
