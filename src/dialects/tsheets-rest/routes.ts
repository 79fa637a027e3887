import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../../engine/context.ts';
import type { Definition } from '../../engine/definition.ts';
import { identify } from '../../http/identify.ts';
import { LargeBodies } from '../../http/large-bodies.ts';
import type { Services } from '../../http/services.ts';
import type { DomainError } from '../../lib/errors.ts';
import { resources } from '../../resources/index.ts';
import { actions } from './actions.ts';
import { notOffered, wrongMethod } from './errors.ts';
import { eventsHandler } from './events/handler.ts';
import { answerFailures } from './failures.ts';
import type { Handler } from './handlers.ts';
import { createHandler, listHandler, removeHandler, updateHandler } from './handlers.ts';
import { keyed } from './keyed.ts';
import { aliases, bodyLimits, putsAsPosts } from './quirks.ts';
import { parseBody } from './read.ts';
import { reportHandler } from './reports/handler.ts';
import { reports } from './reports/index.ts';
import { pushKeyHandler } from './singletons/push-key.ts';
import { singletons } from './singletons.ts';

/** Every endpoint of the TSheets REST API v1, below /api/v1. */
export function tsheetsRest(app: FastifyInstance, services: Services): void {
  app.removeAllContentTypeParsers();
  // Clients name the JSON they send in many ways, also in ways that are no media type, or not at all.
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.headers['content-type'] !== undefined) raw.headers['content-type'] = 'application/json';
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseBody(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  answerFailures(app, services.log);
  for (const definition of resources.values()) {
    if (definition.verbs.has('list')) registerResource(app, services, definition);
  }
  for (const [name, handler] of Object.entries(singletons)) {
    register(app, services, name, new Map([['GET', handler]]), wrongMethod);
  }
  for (const [name, handler] of Object.entries(actions)) {
    if (!resources.has(name)) register(app, services, name, new Map([['POST', keyed(handler)]]), notOffered);
  }
  for (const [name, report] of Object.entries(reports)) {
    register(app, services, name, new Map([['POST', reportHandler(report)]]), notOffered);
  }
  register(app, services, 'events', new Map([['GET', eventsHandler(app, services)]]), wrongMethod);
  register(app, services, 'push_key', new Map([['GET', pushKeyHandler(services.database.system)]]), wrongMethod);
}

function registerResource(app: FastifyInstance, services: Services, definition: Definition): void {
  const handlers = new Map<string, Handler>([['GET', listHandler(definition)]]);
  if (definition.verbs.has('create')) handlers.set('POST', keyed(createHandler(definition)));
  if (definition.verbs.has('update')) handlers.set('PUT', keyed(updateHandler(definition)));
  if (putsAsPosts(definition.name)) handlers.set('PUT', keyed(createHandler(definition)));
  if (definition.verbs.has('remove')) handlers.set('DELETE', keyed(removeHandler(definition)));
  const action = actions[definition.name];
  if (action !== undefined) handlers.set('POST', keyed(action));
  const refuse = handlers.size === 1 ? wrongMethod : notOffered;
  register(app, services, definition.name, handlers, refuse);
  for (const [alias, name] of Object.entries(aliases)) {
    if (name === definition.name) register(app, services, alias, handlers, refuse);
  }
}

/** One route answers every method of an endpoint, so that a method it does not have gets this dialect's own error. */
function register(
  app: FastifyInstance,
  services: Services,
  name: string,
  handlers: ReadonlyMap<string, Handler>,
  refuse: (method: string, endpoint: string) => DomainError,
): void {
  const bodyLimit = bodyLimits[name];
  const callers = new WeakMap<FastifyRequest, Ctx>();
  const largeBodies = new LargeBodies();
  // A large body is received only from somebody who is known, and while there is room for it.
  const knowEarly = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const ctx = await identify(services, request, 'tsheets-rest');
    callers.set(request, ctx);
    largeBodies.admit(request, reply, `${ctx.actor.companyId} ${ctx.actor.userId}`, bodyLimit ?? 0);
  };
  const options = bodyLimit === undefined ? {} : { bodyLimit, onRequest: knowEarly };
  app.all(`/${name}`, options, async (request: FastifyRequest, reply: FastifyReply) => {
    const ctx = callers.get(request) ?? (await identify(services, request, 'tsheets-rest'));
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const handler = handlers.get(method);
    if (handler === undefined) {
      const known = ['GET', 'POST', 'PUT', 'DELETE'].includes(method);
      throw known ? refuse(method, name) : wrongMethod(method, name);
    }
    const answer = await handler(ctx, request, reply);
    return typeof answer === 'string' ? reply.type('application/json; charset=utf-8').send(answer) : answer;
  });
}
