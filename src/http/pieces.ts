import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** Something that is made piece by piece; texts are sent as UTF-8. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

const chunkBytes = 65_536;

/**
 * Sends an answer while it is made, no faster than the client reads it, and lets other requests in between. A short one goes
 * out whole; where making it fails at the start, that is an error like any other, and later the connection breaks off.
 */
export async function sendPieces(reply: FastifyReply, pieces: Pieces): Promise<FastifyReply> {
  const chunks = chunksOf(pieces);
  const first = await chunks.next();
  const second = first.done ? first : await chunks.next();
  if (second.done) return reply.send(first.value ?? '');
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value as Uint8Array;
    yield second.value as Uint8Array;
    yield* chunks;
  }
  return reply.send(Readable.from(all(), { objectMode: false, highWaterMark: 1 }));
}

/** The same bytes in chunks of some size, so that a thousand small pieces are no thousand writes. */
async function* chunksOf(pieces: Pieces): AsyncGenerator<Uint8Array, undefined> {
  let parts: Uint8Array[] = [];
  let text = '';
  let size = 0;
  const chunk = (): Uint8Array => {
    const bytes = text === '' ? Buffer.concat(parts) : Buffer.concat([...parts, Buffer.from(text)]);
    parts = [];
    text = '';
    size = 0;
    return bytes;
  };
  for await (const piece of pieces) {
    size += piece.length;
    if (typeof piece === 'string') text += piece;
    else {
      if (text !== '') parts.push(Buffer.from(text));
      text = '';
      parts.push(piece);
    }
    if (size < chunkBytes) continue;
    yield chunk();
    await setImmediate();
  }
  if (size > 0) yield chunk();
}
