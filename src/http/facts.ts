import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What became known about a request while it was answered, for its log line and the metrics. */
export interface RequestFacts {
  dialect?: string;
  companyId?: number;
  userId?: number;
  /** Names the access token without being it. */
  tokenKey?: string;
}

const factsOf = new WeakMap<object, RequestFacts>();
const nothing: Readonly<RequestFacts> = {};

/** Adds to what is known about a request. */
export function note(request: FastifyRequest, facts: RequestFacts): void {
  factsOf.set(request.raw, { ...factsOf.get(request.raw), ...facts });
}

/** What is known about a request so far. */
export function noted(request: FastifyRequest): Readonly<RequestFacts> {
  return factsOf.get(request.raw) ?? nothing;
}

/** Notes the dialect of every request of a scope, also of those that are refused before anything is known. */
export function nameDialect(scope: FastifyInstance, dialect: string): FastifyInstance {
  return scope.addHook('onRequest', (request, _reply, done) => {
    note(request, { dialect });
    done();
  });
}
