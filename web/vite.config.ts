import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/** Everything that the server answers itself; `vite` passes it on while the app is being worked on. */
const served = ['/web', '/api', '/api.php', '/v1', '/v1.1', '/v2', '/openapi', '/openapi.json', '/health'];
const server = process.env.OPENPUNCH_URL ?? 'http://127.0.0.1:8080';

/** How the web app is built (scripts/web.ts) and served while it is being worked on. */
const config: UserConfig = {
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: Object.fromEntries(served.map((path) => [`^${path.replaceAll('.', '\\.')}(/|$|\\?)`, server])) },
};
export default config;
