import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where the build puts the web app. */
const built = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** The app's own pages; it finds out itself what is at the addresses below them. */
const pages = [
  '/',
  '/docs',
  '/docs/*',
  '/account',
  '/account/*',
  '/api-access',
  '/api-access/*',
  '/webhooks',
  '/webhooks/*',
];

/** Stands in index.html where the nonce of an answer belongs. */
const noncePlaceholder = '__CSP_NONCE__';

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OpenPunch</title>
<p>This server runs, but its pages were not built. Start it with npm start, which builds them.</p>
</html>
`;

/**
 * Serves the web app from a folder: index.html at each of its pages, never kept and with a policy that lets only the app's own
 * scripts run; below /assets/ what its build named by content, kept for a year; compressed where the build left a .br or .gz beside
 * it. To programs that ask for JSON, / says what this is.
 */
export async function serveWebFiles(app: FastifyInstance, version: string, folder = built): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      suppressWarning: true,
      index: false,
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
    });
    scope.get('/favicon.svg', (_request, reply) =>
      reply.sendFile('favicon.svg', folder, { immutable: false, maxAge: '1d' }),
    );
    const show = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      sendPage(reply, folder);
    for (const path of pages.slice(1)) scope.get(path, show);
    scope.get('/', async (request, reply) => {
      if (!/application\/json/i.test(request.headers.accept ?? '')) return sendPage(reply, folder);
      return reply.send({ name: 'OpenPunch', version, documentation: '/docs', openapi: '/openapi.json' });
    });
  });
}

async function sendPage(reply: FastifyReply, folder: string): Promise<FastifyReply> {
  const nonce = randomBytes(18).toString('base64');
  reply
    .headers({
      'content-security-policy': policyWith(nonce),
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-cache',
    })
    .type('text/html; charset=utf-8');
  // Read anew each time: a build may have taken its place.
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (page === undefined) return reply.code(503).send(notBuilt);
  return reply.send(page.replaceAll(noncePlaceholder, nonce));
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
