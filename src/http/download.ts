import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rangeOf } from './byte-ranges.ts';
import { attachmentNamed } from './content-disposition.ts';

/** Something to be downloaded, whose bytes never change. */
export interface Download {
  readonly name: string;
  readonly size: number;
  /** Tells these bytes from all others. */
  readonly tag: string;
  /** Epoch seconds. */
  readonly modified: number;
  /** Headers of the request on which it depends. */
  readonly vary: string;
  /** The bytes from one position to before another. */
  readonly bytes: (from: number, to: number) => AsyncIterable<Buffer>;
}

const daySeconds = 86_400;

/**
 * Sends a download, whole or in part, or says that the client has it already (RFC 9110, Range and If-… headers). Whatever it
 * is, a browser saves it and shows nothing of it. `refuseRange` makes the body of a range that does not exist.
 */
export function sendDownload(
  request: FastifyRequest,
  reply: FastifyReply,
  download: Download,
  refuseRange: () => string,
): FastifyReply {
  const { size } = download;
  const tag = `"${download.tag}"`;
  const modified = new Date(download.modified * 1_000).toUTCString();
  reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': `private, max-age=${daySeconds}`,
    // Who asks decides what is there, also on a machine that several people share.
    vary: download.vary,
    etag: tag,
    'last-modified': modified,
  });
  if (isKnown(request, tag, download.modified)) return reply.code(304).send();
  const range = isCurrent(request.headers['if-range'], tag, modified)
    ? rangeOf(request.headers.range, size)
    : undefined;
  if (range === 'none') {
    reply.code(416).headers({ 'cache-control': 'no-store', 'content-range': `bytes */${size}` });
    return reply.type('application/json; charset=utf-8').send(refuseRange());
  }
  const { from, to } = range ?? { from: 0, to: size };
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${size}`);
  reply.headers({
    'content-type': 'application/octet-stream',
    'content-length': to - from,
    'content-disposition': attachmentNamed(download.name),
  });
  // A HEAD needs no bytes to be read.
  if (request.method === 'HEAD') return reply.send();
  return reply.send(Readable.from(download.bytes(from, to), { objectMode: false, highWaterMark: 1 }));
}

function isKnown({ headers }: FastifyRequest, tag: string, modified: number): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && modified * 1_000 <= since;
}

/** Whether the part that a client has belongs to these bytes, so that another part may be sent. */
function isCurrent(condition: string | string[] | undefined, tag: string, modified: string): boolean {
  return condition === undefined || condition === tag || condition === modified;
}
