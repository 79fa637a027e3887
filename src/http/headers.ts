import type { FastifyInstance } from 'fastify';

/** Headers for every answer: its type is what it says, and no proxy or browser keeps it. Routes may set others. */
export function setCommonHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    done();
  });
}

/** Answers OPTIONS where no dialect does; what may be done at an address, its own answers tell. */
export function answerOptions(app: FastifyInstance): void {
  app.options('*', async (_request, reply) =>
    reply.header('allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS').code(204).send(),
  );
}
