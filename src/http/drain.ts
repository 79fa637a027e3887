import type { FastifyInstance } from 'fastify';

const sweepMilliseconds = 50;

/**
 * Lets `app.close` finish what runs, but wait for no client: connections are closed as soon as they are idle, and after
 * the patience whatever they do.
 */
export function drainOnClose(app: FastifyInstance, patienceMilliseconds: number): void {
  app.addHook('preClose', async () => {
    const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMilliseconds);
    const end = setTimeout(() => app.server.closeAllConnections(), patienceMilliseconds);
    app.server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  });
}
