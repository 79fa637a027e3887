import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { documentOf } from './document.ts';
import type { Described, Description } from './types.ts';

interface Kept {
  readonly text: string;
  readonly gzipped: Buffer;
  readonly etag: string;
}

/**
 * Serves the OpenAPI document of all dialects at /openapi.json, and of each at /openapi/<name>.json. They are public: they hold
 * nothing that depends on a company. Programs of any site may read them.
 */
export function serveOpenApi(app: FastifyInstance, descriptions: readonly Described[], version: string): void {
  const serve = (path: string, describe: () => readonly Description[]): void => {
    let kept: Kept | undefined;
    app.get(path, async ({ headers }, reply) => {
      kept ??= keep(JSON.stringify(documentOf(describe(), version)));
      const { text, gzipped, etag } = kept;
      reply.headers({ etag, vary: 'accept-encoding', 'cache-control': 'no-cache', 'access-control-allow-origin': '*' });
      if (headers['if-none-match'] === etag) return reply.code(304).send();
      reply.type('application/json; charset=utf-8');
      const packs = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(headers['accept-encoding'] ?? ''));
      return packs ? reply.header('content-encoding', 'gzip').send(gzipped) : reply.send(text);
    });
  };
  serve('/openapi.json', () => descriptions.map(({ describe }) => describe()));
  for (const { name, describe } of descriptions) serve(`/openapi/${name}.json`, () => [describe()]);
}

function keep(text: string): Kept {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return { text, gzipped: gzipSync(text), etag };
}
