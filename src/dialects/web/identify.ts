import type { FastifyRequest } from 'fastify';
import { contextOf, identifyByKey } from '../../http/identify.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';
import { personOf } from '../../operations/web-sessions.ts';
import { sessionTokenIn } from './cookie.ts';
import { type Visitor, via } from './route.ts';

/**
 * Who has signed in, by the session's cookie; the request counts against the session's limit. Undefined without a session, also where
 * it has ended or the person was archived. Throws TooManyRequests.
 */
export async function visitorOf(services: Services, request: FastifyRequest): Promise<Visitor | undefined> {
  const token = sessionTokenIn(request);
  if (token === undefined) return undefined;
  const caller = await identifyByKey(services, request, token, { doors: ['web'] }).catch((error: unknown) => {
    if (error instanceof DomainError && error.kind === 'unauthenticated') return undefined;
    throw error;
  });
  if (caller === undefined) return undefined;
  const { actor, family, expiresAt } = caller;
  const person = await personOf(services, actor);
  if (person === undefined || family === null || expiresAt === null) return undefined;
  const { companyId, userId } = actor;
  const session = { companyId, userId, family, expiresAt };
  return { ctx: { ...contextOf(services, request, actor, via), signIn: family }, session, person };
}
