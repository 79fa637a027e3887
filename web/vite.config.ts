import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';

/** Everything that the server answers itself; `vite` passes it on while the app is being worked on. */
const served = ['/web', '/api', '/api.php', '/v1', '/v1.1', '/v2', '/openapi', '/openapi.json', '/health'];
const server = process.env.OPENPUNCH_URL ?? 'http://127.0.0.1:8080';

/** Puts scheme.js into the head as a file of its own, before the app and without waiting for it. */
function schemeScript(): Plugin {
  return {
    name: 'scheme-script',
    apply: 'build',
    buildStart() {
      const source = readFileSync(join(import.meta.dirname, 'scheme.js'), 'utf8');
      this.emitFile({ type: 'asset', name: 'scheme.js', source: `{${source}}` });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const file = Object.values(bundle).find((part) => part.type === 'asset' && part.names.includes('scheme.js'));
        if (file === undefined) throw new Error('The build lost scheme.js');
        return [{ tag: 'script', attrs: { src: `/${file.fileName}` }, injectTo: 'head-prepend' }];
      },
    },
  };
}

/** How the web app is built (scripts/web.ts) and served while it is being worked on. */
const config: UserConfig = {
  root: import.meta.dirname,
  plugins: [react(), schemeScript()],
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: Object.fromEntries(served.map((path) => [`^${path.replaceAll('.', '\\.')}(/|$|\\?)`, server])) },
};
export default config;
