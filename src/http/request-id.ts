import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const sane = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/;

/** The id of a request: the one that a client or proxy sent, where it is short and plain, else a random one. */
export function requestIdOf(message: Pick<IncomingMessage, 'headers' | 'url'>): string {
  const { 'x-request-id': sent, authorization = '' } = message.headers;
  // An id travels into logs and history, where no token may go.
  if (typeof sent === 'string' && sane.test(sent) && !authorization.includes(sent) && !message.url?.includes(sent)) {
    return sent;
  }
  return randomUUID();
}

/** Answers every request with its id. */
export function answerRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}
