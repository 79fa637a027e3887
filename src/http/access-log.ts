import type { FastifyInstance } from 'fastify';
import { noted } from './facts.ts';
import type { Log } from './log.ts';
import { safeUrl } from './redact.ts';

/** Writes one line for every request, once its answer has left or its client has gone. */
export function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => {
      const { dialect, companyId, userId, tokenKey } = noted(request);
      log.request({
        request: request.id,
        method: request.method,
        route: request.routeOptions.url,
        url: safeUrl(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        aborted: reply.raw.writableEnded ? undefined : true,
        dialect,
        company: companyId,
        user: userId,
        token: tokenKey,
      });
    });
    done();
  });
}
