import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const style = `:root{color-scheme:light dark;--page:#eef2f5;--card:#fff;--text:#17212b;--quiet:#52606d;--soft:#dde4ea;--accent:#0b665a}
@media (prefers-color-scheme:dark){:root{--page:#0e1318;--card:#182028;--text:#e9eef3;--quiet:#a9b6c2;--soft:#2c3844;--accent:#54cdb6}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;padding:2rem 1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:27rem;background:var(--card);border-radius:16px;padding:2rem;box-shadow:0 12px 32px #0f1a2414}
h1{display:flex;align-items:center;gap:.625rem;font-size:1.5rem;line-height:1.25;margin:0 0 .5rem;color:var(--accent)}
p{margin:0;color:var(--quiet)}
h2{font-size:.875rem;line-height:1.5;font-weight:600;color:var(--quiet);margin:1.75rem 0 .25rem}
dl{margin:0}
dl>div{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;border-top:1px solid var(--soft)}
dt{font-weight:600}
dd{margin:0;display:flex;flex-wrap:wrap;gap:0 1.25rem}
dt,dd>*{display:inline-flex;align-items:center;min-height:44px;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}`;

const clock = `<svg width="28" height="28" viewBox="0 0 28 28" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true"><circle cx="14" cy="14" r="11.5"/><path d="M14 8v6.5l4 2.5"/></svg>`;

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
<h1>${clock}OpenPunch</h1>
<p>Time tracking on your own server. This is version ${version}.</p>
<h2>APIs</h2>
<dl>
<div><dt>TSheets REST</dt><dd><code>/api/v1</code></dd></div>
<div><dt>TSheets legacy</dt><dd><code>/api.php</code></dd></div>
<div><dt>TimeStation</dt><dd><code>/v1</code> <code>/v1.1</code></dd></div>
<div><dt>Timekit</dt><dd><code>/v2</code></dd></div>
</dl>
<h2>This server</h2>
<dl>
<div><dt>Runs</dt><dd><a href="/health/live"><code>/health/live</code></a></dd></div>
<div><dt>Is ready</dt><dd><a href="/health/ready"><code>/health/ready</code></a></dd></div>
<div><dt>Metrics</dt><dd><a href="/metrics"><code>/metrics</code></a></dd></div>
</dl>
</main>
</body>
</html>
`;

/** Serves the page at the server's address: what this is and where its APIs live. */
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
