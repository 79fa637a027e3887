import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Ctx } from '../../engine/context.ts';
import { answerOnce, idempotencyKeyOf } from '../../http/idempotency.ts';
import type { RateLimiter } from '../../http/rate-limit.ts';
import type { Services } from '../../http/services.ts';
import { bodyLimit, readBodies } from './bodies.ts';
import { endpoints } from './endpoints.ts';
import { answerFailures, wrongMethod } from './errors.ts';
import { type Fields, formFields } from './fields.ts';
import type { Endpoint, Handler } from './handler.ts';
import { identify } from './key.ts';

/** A published version of the API: v1.1 answers 201 where v1 answers 200 to a POST. */
export interface Version {
  readonly created: 200 | 201;
}

const noFields: Fields = new Map();
const json = 'application/json; charset=utf-8';

/** Every endpoint of the TimeStation API, below /v1 and /v1.1. The versions of a company share its limit. */
export async function timestation(
  app: FastifyInstance,
  services: Services,
  limiter: RateLimiter,
  version: Version,
): Promise<void> {
  readBodies(app);
  answerFailures(app, services.log);
  // Browsers of other sites may use a key that they know; they never send one by themselves.
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    maxAge: 600,
    strictPreflight: false,
  });
  for (const [path, handlers] of byPath(endpoints)) register(app, services, limiter, version, path, handlers);
}

function byPath(all: readonly Endpoint[]): Map<string, Map<string, Handler>> {
  const paths = new Map<string, Map<string, Handler>>();
  for (const { method, path, handler } of all) {
    const handlers = paths.get(path) ?? new Map<string, Handler>();
    paths.set(path, handlers.set(method, handler));
  }
  return paths;
}

/** One route answers every method of an address, so that a method it does not have is refused in this API's shape. */
function register(
  app: FastifyInstance,
  services: Services,
  limiter: RateLimiter,
  version: Version,
  path: string,
  handlers: ReadonlyMap<string, Handler>,
): void {
  const callers = new WeakMap<FastifyRequest, Ctx>();
  // Strangers are turned away before anything of theirs is read.
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    callers.set(request, await identify(services, request, limiter));
  };
  app.all(path, { onRequest, bodyLimit }, async (request, reply) => {
    const ctx = callers.get(request);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const handler = handlers.get(method);
    if (ctx === undefined || handler === undefined) throw wrongMethod(method);
    const [, query = ''] = /^[^?]*\?(.*)$/s.exec(request.url) ?? [];
    const call = {
      services,
      ctx,
      params: request.params as Readonly<Record<string, string>>,
      query: formFields(query),
      body: (request.body as Fields | undefined) ?? noFields,
    };
    const status = method === 'POST' ? version.created : 200;
    const key = method === 'GET' ? undefined : idempotencyKeyOf(request);
    if (key === undefined)
      return reply
        .code(status)
        .type(json)
        .send(await handler(call));
    const said = [method, request.routeOptions.url, call.params, call.query, call.body];
    return answerOnce(ctx, reply, { key, said }, async (inside) => {
      const body = JSON.stringify(await handler({ ...call, ctx: inside }));
      return { status, contentType: json, body };
    });
  });
}
