import type { FastifyRequest } from 'fastify';
import type { Actor, Ctx } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { actInClient } from '../operations/managed-clients.ts';
import { type Authenticated, authenticate, type Door, noteActivity } from '../operations/tokens.ts';
import { resources } from '../resources/index.ts';
import { note } from './facts.ts';
import { type RateLimiter, TooManyRequests } from './rate-limit.ts';
import type { Services } from './services.ts';

/**
 * The access token of a request: `Authorization: Bearer T` in any case, with a colon too (an early client), a bare token in that header, or `?oauth_token=T`.
 * Other schemes (Basic) are none of it.
 */
export function bearerOf(request: Pick<FastifyRequest, 'headers' | 'query'>): string | undefined {
  const header = request.headers.authorization?.trim() ?? '';
  const [, token = ''] = /^(?:bearer:?[ \t]+)?(\S+)$/i.exec(header) ?? [];
  if (token !== '' && !/^bearer:?$/i.test(token)) return token;
  const { oauth_token: given } = (request.query ?? {}) as { oauth_token?: unknown };
  const text: unknown = Array.isArray(given) ? given[0] : given;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/**
 * Finds out who sends a request to the TSheets REST API, by its access token, and counts the request against the token's
 * limit. `via` names the dialect in the history. Throws DomainError: 'unauthenticated', or TooManyRequests.
 */
export async function identify(services: Services, request: FastifyRequest, via: string): Promise<Ctx> {
  const bearer = bearerOf(request);
  if (bearer === undefined) throw new DomainError('unauthenticated', 'The request has no access token.');
  const caller = await identifyByKey(services, request, bearer, { doors: ['tsheets-rest'] });
  const acting = await actingIn(services, request, caller.actor, via);
  const { appCreated } = caller;
  return { ...contextOf(services, request, acting, via), ...(appCreated === null ? {} : { appCreated }) };
}

/**
 * Who the sender of a request is by now, for answers that go on for long: without counting it again. Throws DomainError where
 * the token is not valid any more.
 */
export async function identifyAgain(services: Services, request: FastifyRequest, via: string): Promise<Ctx> {
  const { actor } = await authenticate(services, bearerOf(request) ?? '', services.clock.now());
  return contextOf(services, request, await actingIn(services, request, actor, via), via);
}

/** Which keys a dialect takes, and what it counts requests by: the key and the common limit when not said. */
export interface KeyRules {
  readonly doors: readonly Door[];
  readonly limit?: { readonly limiter: RateLimiter; countedBy(caller: Authenticated): string };
}

/**
 * Who sends a request, by the key that it brings, which counts against the limit. Throws DomainError: 'unauthenticated', or
 * TooManyRequests.
 */
export async function identifyByKey(
  services: Services,
  request: FastifyRequest,
  key: string,
  { doors, limit }: KeyRules,
): Promise<Authenticated> {
  const now = services.clock.now();
  const caller = await authenticate(services, key, now, doors);
  const { actor, tokenKey } = caller;
  note(request, { companyId: actor.companyId, userId: actor.userId, tokenKey });
  const { allowed, retryAfter } = (limit?.limiter ?? services.limiter).take(limit?.countedBy(caller) ?? tokenKey);
  if (!allowed) {
    services.metrics.rateLimited.inc();
    throw new TooManyRequests(retryAfter);
  }
  noteActivity(services, caller, now);
  return caller;
}

/** What the engine and the operations need to know of a request whose sender is known. */
export function contextOf(services: Services, request: FastifyRequest, actor: Actor, via: string): Ctx {
  return {
    actor,
    db: services.database.forCompany(actor.companyId),
    cache: services.cache,
    config: services.config,
    resources,
    now: services.clock.now(),
    via,
    requestId: request.id,
  };
}

/** The header that names the managed client in which a request acts. Reference: 20-managed-clients.md, Managing Clients. */
const clientHeader = 'vnd.tsheets.managedclientid';
/** The headers that tell who asks, and in which company he acts. */
export const identifyingHeaders = `authorization, ${clientHeader}`;

async function actingIn(services: Services, request: FastifyRequest, actor: Actor, via: string): Promise<Actor> {
  const header = request.headers[clientHeader];
  if (header === undefined) return actor;
  // Sent twice, the values come as one text with a comma.
  const id = /^\s*(\d{1,9})\s*$/.exec(String(header))?.[1];
  if (id === undefined) {
    throw new DomainError('invalid', 'vnd.tsheets.ManagedClientId must be the id of a managed client.');
  }
  const acting = await actInClient(services, actor, Number(id), via);
  note(request, { companyId: acting.companyId, userId: acting.userId });
  return acting;
}
