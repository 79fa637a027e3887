import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const style = `:root{color-scheme:light dark}
body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:2rem 1rem}
code{overflow-wrap:anywhere}
dt{font-weight:600;margin-top:1rem}
dd{margin:0}`;

const page = (version: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>OpenPunch</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>OpenPunch</h1>
<p>Time tracking on your own server. This is version ${version}.</p>
<dl>
<dt>TSheets REST API</dt>
<dd><code>/api/v1</code></dd>
<dt>Health</dt>
<dd><a href="/health/live"><code>/health/live</code></a>, <a href="/health/ready"><code>/health/ready</code></a></dd>
<dt>Metrics for Prometheus</dt>
<dd><a href="/metrics"><code>/metrics</code></a></dd>
</dl>
</main>
</body>
</html>
`;

/** Serves the page at the server's address: what this is and where its API lives. */
export async function serveHome(app: FastifyInstance, version: string): Promise<void> {
  const html = page(version);
  const styleHash = createHash('sha256').update(style).digest('base64');
  await app.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: [`'sha256-${styleHash}'`],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // Whoever speaks TLS in front of the server decides this for the whole host name.
      strictTransportSecurity: false,
    });
    scope.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(html));
  });
}
