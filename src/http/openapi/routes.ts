import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { documentOf } from './document.ts';
import type { Described, Description } from './types.ts';

/**
 * Serves the OpenAPI document of all dialects at /openapi.json, and of each at /openapi/<name>.json. They are public: they hold
 * nothing that depends on a company. Programs of any site may read them.
 */
export function serveOpenApi(app: FastifyInstance, descriptions: readonly Described[], version: string): void {
  const serve = (path: string, describe: () => readonly Description[]): void => {
    let kept: { text: string; etag: string } | undefined;
    app.get(path, async (request, reply) => {
      if (kept === undefined) {
        const text = JSON.stringify(documentOf(describe(), version));
        kept = { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
      }
      reply.headers({ etag: kept.etag, 'cache-control': 'no-cache', 'access-control-allow-origin': '*' });
      if (request.headers['if-none-match'] === kept.etag) return reply.code(304).send();
      return reply.type('application/json; charset=utf-8').send(kept.text);
    });
  };
  serve('/openapi.json', () => descriptions.map(({ describe }) => describe()));
  for (const { name, describe } of descriptions) serve(`/openapi/${name}.json`, () => [describe()]);
}
