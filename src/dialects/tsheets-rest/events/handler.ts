import type { FastifyInstance } from 'fastify';
import { bearerOf, identifyAgain } from '../../../http/identify.ts';
import { TooManyRequests } from '../../../http/rate-limit.ts';
import type { Services } from '../../../http/services.ts';
import { secretHash } from '../../../lib/secrets.ts';
import { presentOf } from '../../../resources/history/settled.ts';
import { type Handler, queryOf } from '../handlers.ts';
import { pagingOf, paramsOf } from '../read.ts';
import { askedOf } from './asked.ts';
import { Hub } from './hub.ts';
import { eventsPage } from './page.ts';
import { EventStream } from './stream.ts';

/** Streams that one token may have open in this process. */
const mostStreams = 5;
const waitSeconds = 15;

/**
 * GET /events: changes as they happen, as server-sent events where the client accepts these, else a page of them. An addition to
 * the reference.
 */
export function eventsHandler(app: FastifyInstance, services: Services): Handler {
  const hub = new Hub(services.database);
  const open = new Map<string, Set<EventStream>>();
  // A server that stops does not wait for streams: their clients connect to another one.
  app.addHook('preClose', async () => {
    for (const streams of open.values()) for (const stream of streams) stream.finish();
  });
  return async (ctx, request, reply) => {
    const params = paramsOf(queryOf(request));
    const lastEventId = request.headers['last-event-id'];
    const asked = askedOf(params, typeof lastEventId === 'string' ? lastEventId : undefined, ctx.resources);
    const { system } = services.database;
    const streamed = request.method === 'GET' && /\btext\/event-stream\b/i.test(request.headers.accept ?? '');
    if (!streamed) return eventsPage(ctx, system, asked, pagingOf(params).limit);
    const since = asked.since ?? (await presentOf(system, ctx.actor.companyId));
    const token = secretHash(bearerOf(request) ?? '');
    const streams = open.get(token) ?? new Set();
    if (streams.size >= mostStreams) throw new TooManyRequests(waitSeconds);
    const identify = () => identifyAgain(services, request, ctx.via);
    const stream = new EventStream(ctx.actor.companyId, { hub, identify }, { ...asked, since });
    open.set(token, streams.add(stream));
    stream.once('close', () => {
      streams.delete(stream);
      if (streams.size === 0) open.delete(token);
    });
    // Proxies must not keep events back until there are many.
    return reply.header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8').send(stream);
  };
}
