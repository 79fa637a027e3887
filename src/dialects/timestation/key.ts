import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Ctx } from '../../engine/context.ts';
import { contextOf, identifyByKey } from '../../http/identify.ts';
import { RateLimiter } from '../../http/rate-limit.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';

const requestsADay = 5_000;
const dayMilliseconds = 86_400_000;

/** The limit of a company's requests in any 24 hours; none where the operator switched limits off. Reference: Rate Limiting. */
export function dailyLimit({ rateLimit }: Pick<Config, 'rateLimit'>): RateLimiter {
  const limit = rateLimit === undefined ? undefined : { requests: requestsADay, milliseconds: dayMilliseconds };
  return new RateLimiter(limit, () => performance.now());
}

/** The API key: the user name of Basic, whatever the password, or a bearer token. Reference: Authentication. */
function keyIn(header: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^\s*(basic|bearer)\s+(\S+)\s*$/i.exec(header ?? '') ?? [];
  if (credentials === '') return undefined;
  if (scheme.toLowerCase() === 'bearer') return credentials;
  const [name = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  return name === '' ? undefined : name;
}

/** Who sends a request; counts it against the company's day. Throws DomainError: 'unauthenticated', or TooManyRequests. */
export async function identify(services: Services, request: FastifyRequest, limiter: RateLimiter): Promise<Ctx> {
  const key = keyIn(request.headers.authorization);
  if (key === undefined) throw new DomainError('unauthenticated', 'The request has no API key.');
  const { actor } = await identifyByKey(services, request, key, {
    doors: ['timestation'],
    limit: { limiter, countedBy: (caller) => String(caller.actor.companyId) },
  });
  return contextOf(services, request, actor, 'timestation');
}
