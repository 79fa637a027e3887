import { answerOnce, idempotencyKeyOf } from '../../http/idempotency.ts';
import { type Handler, queryOf } from './handlers.ts';

/** The same write, done once for each Idempotency-Key that it comes with. */
export function keyed(handler: Handler): Handler {
  return async (ctx, request, reply) => {
    const key = idempotencyKeyOf(request);
    if (key === undefined) return handler(ctx, request, reply);
    const query = new URLSearchParams(queryOf(request));
    // A token that was renewed in between makes it no other request.
    query.delete('oauth_token');
    const said = [request.method, request.routeOptions.url, query.toString(), request.body];
    return answerOnce(ctx, reply, { key, said }, async (inside) => {
      const body = await handler(inside, request, reply);
      if (typeof body !== 'string') throw new Error('A write gives its answer, and does not send it itself');
      return { status: reply.statusCode, contentType: 'application/json; charset=utf-8', body };
    });
  };
}
