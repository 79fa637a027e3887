import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, problemOf } from '../../http/errors.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';
import { type Errors, Invalid, NotFound } from './validation.ts';

interface ErrorBody {
  readonly error?: string;
  readonly model?: string;
  readonly errors?: Errors;
  readonly action?: string;
}

/** A path that is served, asked in a way that it is not: 405. */
export function wrongMethod(method: string, path: string): DomainError {
  return new DomainError('unsupported', `The ${method} method is not allowed for ${path}.`, { code: 'wrong-method' });
}

/** What is answered where the address is none, such as `/v2/%zz`. */
export const badAddress = {
  below: '/v2/',
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ error: 'The address is not valid.' } satisfies ErrorBody),
  // Pages of any origin may read it, as they may every answer.
  headers: { 'access-control-allow-origin': '*' },
};

/** How errors are answered in this dialect. Reference: (a) Authentication and errors; `modelOf` names what a request asks for. */
export function answerErrorsOf(
  scope: FastifyInstance,
  services: Services,
  modelOf: (request: FastifyRequest) => string,
): void {
  scope.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request, services.log);
    const [status, body] = answerTo(error, problem, modelOf(request));
    if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
    return reply.code(status).send(body);
  });
  scope.setNotFoundHandler((_request: FastifyRequest, reply: FastifyReply) =>
    reply.code(404).send({ error: 'Route does not exist', model: 'Route' } satisfies ErrorBody),
  );
}

function answerTo(error: unknown, problem: Problem, model: string): [number, ErrorBody] {
  if (error instanceof Invalid) {
    const { errors, action } = error;
    return [422, action === undefined ? { errors } : { errors, action }];
  }
  if (error instanceof NotFound) return [404, { error: error.detail, model: error.model }];
  const { status, kind, detail, field, code, retryAfter } = problem;
  if (kind === 'request') return [status, { error: status === 400 ? 'Malformed JSON' : detail }];
  if (code === 'wrong-method') return [405, { error: detail }];
  if (kind === 'not-found') return [404, { error: 'Resource does not exist', model }];
  if (retryAfter !== undefined || ['unauthenticated', 'forbidden', 'unknown'].includes(kind)) {
    return [status, { error: detail }];
  }
  // Whatever else the rules refuse, the request could be understood and not be done.
  return [422, field === undefined ? { error: detail } : { errors: { [field]: [detail] } }];
}
