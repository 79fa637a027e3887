import type { FastifyRequest } from 'fastify';
import type { Ctx } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { authenticate, noteActivity } from '../operations/tokens.ts';
import { resources } from '../resources/index.ts';
import { note } from './facts.ts';
import { TooManyRequests } from './rate-limit.ts';
import type { Services } from './services.ts';

/**
 * The access token of a request: `Authorization: Bearer T` in any case, a bare token in that header, or `?oauth_token=T`.
 * Other schemes (Basic) are none of it.
 */
export function bearerOf(request: Pick<FastifyRequest, 'headers' | 'query'>): string | undefined {
  const header = request.headers.authorization?.trim() ?? '';
  const [, token = ''] = /^(?:bearer[ \t]+)?(\S+)$/i.exec(header) ?? [];
  if (token !== '' && !/^bearer$/i.test(token)) return token;
  const { oauth_token: given } = (request.query ?? {}) as { oauth_token?: unknown };
  const text: unknown = Array.isArray(given) ? given[0] : given;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/**
 * Finds out who sends a request, by its access token, and counts the request against the token's limit. `via` names the
 * dialect in the history. Throws DomainError: 'unauthenticated', or TooManyRequests.
 */
export async function identify(services: Services, request: FastifyRequest, via: string): Promise<Ctx> {
  const bearer = bearerOf(request);
  if (bearer === undefined) throw new DomainError('unauthenticated', 'The request has no access token.');
  const now = services.clock.now();
  const caller = await authenticate(services, bearer, now);
  const { actor, tokenKey } = caller;
  note(request, { companyId: actor.companyId, userId: actor.userId, tokenKey });
  const { allowed, retryAfter } = services.limiter.take(tokenKey);
  if (!allowed) {
    services.metrics.rateLimited.inc();
    throw new TooManyRequests(retryAfter);
  }
  noteActivity(services, caller, now);
  return {
    actor,
    db: services.database.forCompany(actor.companyId),
    cache: services.cache,
    resources,
    now,
    via,
    requestId: request.id,
  };
}
