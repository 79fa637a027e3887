import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../../engine/context.ts';
import { answerOnce, idempotencyKeyOf, type WriteAnswer } from '../../http/idempotency.ts';
import type { Services } from '../../http/services.ts';
import { servicesWithin } from '../../operations/within.ts';
import { routes as apps } from './apps/index.ts';
import { routes as availability } from './availability/index.ts';
import { routes as bookings } from './bookings/index.ts';
import { routes as calendars } from './calendars/index.ts';
import type { Call, Reply } from './call.ts';
import { routes as credentials } from './credentials/index.ts';
import { answerErrorsOf, wrongMethod } from './errors.ts';
import { routes as events } from './events/index.ts';
import { identify } from './identify.ts';
import { pageKeys } from './paging.ts';
import { routes as projects } from './projects/index.ts';
import { bodyLimit, readBodies, timesOf } from './read.ts';
import { routes as resources } from './resources/index.ts';
import type { Route } from './route.ts';
import { includesOf } from './search.ts';
import { invalid, isObject } from './validation.ts';

/** Every call, whatever it needs. */
export const routes: readonly Route[] = [
  ...apps,
  ...resources,
  ...calendars,
  ...events,
  ...projects,
  ...availability,
  ...bookings,
  ...credentials,
];

/** Every call of Timekit's API, below /v2. */
export async function timekit(scope: FastifyInstance, services: Services): Promise<void> {
  // Pages of any origin may call: whoever may do what, the key tells. What they ask to send, they may send.
  await scope.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: ['Timekit-TestMode', 'Retry-After', 'X-Request-Id', 'Idempotent-Replayed'],
    maxAge: 86_400,
    strictPreflight: false,
  });
  readBodies(scope);
  const models = new Map(routes.map(({ path, model }) => [`/v2${path}`, model]));
  answerErrorsOf(scope, services, (request) => models.get(request.routeOptions.url ?? '') ?? 'Route');
  for (const [path, methods] of Map.groupBy(routes, (route) => route.path)) register(scope, services, path, methods);
}

/** One route answers every method of a path, so that a method it does not have gets this dialect's own error. */
function register(scope: FastifyInstance, services: Services, path: string, methods: readonly Route[]): void {
  scope.all(path, { bodyLimit }, async (request: FastifyRequest, reply: FastifyReply) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = methods.find((one) => one.method === method);
    if (route === undefined) throw wrongMethod(request.method, path);
    const call = await callOf(services, request, reply, route);
    // Signing in, the one write that needs no key of an application, makes another key each time.
    const key = method === 'GET' || route.open !== undefined ? undefined : idempotencyKeyOf(request);
    if (key !== undefined) return answerKeyed(call, route, reply, key);
    const answer = await route.handler(call);
    if (answer.status === 204) return reply.code(204).send();
    return reply.code(answer.status ?? 200).send(bodyOf(call, answer));
  });
}

/** Does a write once for the key that it came with; all of it, whatever part of the server does it, in one transaction. */
function answerKeyed(call: Call, route: Route, reply: FastifyReply, key: string): Promise<FastifyReply> {
  const { services, request } = call;
  const said = [route.method, request.url, call.app.id, call.zone, request.body];
  return answerOnce(call.ctx, reply, { key, said }, async (ctx: Ctx): Promise<WriteAnswer> => {
    const inside = { ...call, ctx, services: { ...services, ...servicesWithin(ctx) } };
    const answer = await route.handler(inside);
    if (answer.status === 204) return { status: 204, contentType: '', body: '' };
    const body = JSON.stringify(bodyOf(inside, answer));
    return { status: answer.status ?? 200, contentType: 'application/json; charset=utf-8', body };
  });
}

async function callOf(services: Services, request: FastifyRequest, reply: FastifyReply, route: Route): Promise<Call> {
  const caller = await identify(services, request, reply, route);
  const query = new URL(request.url, 'http://host').searchParams;
  const { body } = request;
  const isRead = route.method === 'GET' || route.method === 'DELETE';
  const isEmpty = isRead || body === undefined || body === null;
  if (!isEmpty && route.list === true && !Array.isArray(body)) throw invalid('body', 'The body must be a JSON array.');
  const isList = Array.isArray(body) && route.list === 'also';
  if (!isEmpty && route.list !== true && !isObject(body) && !isList)
    throw invalid('body', 'The body must be a JSON object.');
  return {
    ...caller,
    services,
    request,
    params: request.params as Record<string, string>,
    query,
    body: !isEmpty && isObject(body) ? body : {},
    list: !isEmpty && Array.isArray(body) ? body : [],
    includes: includesOf(query),
    ...timesOf(request, query),
  };
}

function bodyOf(call: Call, { data, page, more }: Reply): Record<string, unknown> {
  const paged = page === undefined ? {} : pageKeys(call, page, Array.isArray(data) ? data.length : 0);
  return { data: data ?? {}, ...paged, ...more };
}
