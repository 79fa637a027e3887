import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerErrors } from '../../http/errors.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';
import { routes as applications } from './applications.ts';
import { routes as bookingApps } from './booking-apps.ts';
import { refuseForeignRequests } from './guard.ts';
import { visitorOf } from './identify.ts';
import { routes as keys } from './keys.ts';
import type { Route, Visitor } from './route.ts';
import { routes as sessions } from './sessions.ts';
import type { Failure } from './shapes.ts';
import { routes as tryTokens } from './try-token.ts';
import { routes as webhooks } from './webhooks.ts';

/** Every call of the web app. */
export const routes: readonly Route[] = [
  ...sessions,
  ...applications,
  ...keys,
  ...bookingApps,
  ...tryTokens,
  ...webhooks,
];

const bodyLimit = 65_536;
/** What the operations call differently. */
const fieldNames: Readonly<Record<string, string>> = { redirect_uri: 'redirectUris', client_id: 'clientId' };

function failure(message: string, field?: string): Failure {
  return { error: field === undefined ? { message } : { message, field: fieldNames[field] ?? field } };
}

/** The web app's own API, below /web: for its pages, and with their cookie only. */
export async function web(scope: FastifyInstance, services: Services): Promise<void> {
  // Only JSON is read: what a form of another site can send is no such thing.
  scope.removeContentTypeParser('text/plain');
  await scope.register(cookie);
  scope.addHook('onRequest', (_request, reply, done) => {
    reply.header('cross-origin-resource-policy', 'same-origin');
    done();
  });
  refuseForeignRequests(scope, services);
  answerErrors(scope, services.log, ({ detail, field }) => failure(detail, field));
  scope.setNotFoundHandler((_request, reply) => reply.code(404).send(failure('There is nothing at this address.')));
  for (const route of routes) {
    scope.route({
      method: route.method,
      url: route.path,
      bodyLimit,
      handler: (request, reply) => answer(services, route, request, reply),
    });
  }
}

async function answer(
  services: Services,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const params = request.params as Record<string, string>;
  // Ids and slugs are plain; PostgreSQL could not even be asked for anything else.
  if (!Object.values(params).every((param) => /^[\x21-\x7e]{1,200}$/.test(param))) {
    throw new DomainError('not-found', 'There is nothing at this address.');
  }
  const visitor = await visitorOf(services, request);
  const call = { services, request, reply, params };
  const body =
    route.access === 'anybody'
      ? await route.handler({ ...call, visitor })
      : await route.handler({ ...call, ...admitted(route, visitor) });
  return reply.code(route.status ?? 200).send(route.status === 204 ? undefined : body);
}

/** Throws DomainError where the visitor may not do this. */
function admitted(route: Exclude<Route, { access: 'anybody' }>, visitor: Visitor | undefined): Visitor {
  if (visitor === undefined) throw new DomainError('unauthenticated', 'Sign in first.');
  const { person, ctx } = visitor;
  if (person.requirePasswordChange && route.beforePasswordChange !== true) {
    throw new DomainError('forbidden', 'Choose a new password first.');
  }
  if (route.access === 'admin' && !ctx.actor.permissions.has('admin')) {
    throw new DomainError('forbidden', 'This is for administrators.');
  }
  return visitor;
}
