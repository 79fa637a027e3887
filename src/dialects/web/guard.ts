import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses whatever may change something and that a page of another site could have sent with a person's cookie. A form can not
 * send the header, and a script of another site is not allowed to; the browser's own word on where a request comes from counts too.
 */
export function refuseForeignRequests(scope: FastifyInstance, { config }: Services): void {
  const published = new URL(config.publicUrl).origin;
  scope.addHook('onRequest', (request, _reply, done) => {
    done(harmless.has(request.method) || isOwn(request, published) ? undefined : foreign());
  });
}

function isOwn({ headers, protocol, host }: FastifyRequest, published: string): boolean {
  const { origin, 'sec-fetch-site': site, 'x-openpunch': mark } = headers;
  if (mark !== 'web') return false;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || origin === `${protocol}://${host}` || origin === published;
}

function foreign(): DomainError {
  return new DomainError('forbidden', 'This request does not come from a page of this server.');
}
