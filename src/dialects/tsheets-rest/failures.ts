import type { FastifyInstance } from 'fastify';
import { answerErrors, type Problem, type WriteProblem } from '../../http/errors.ts';
import type { Log } from '../../http/log.ts';
import { DomainError } from '../../lib/errors.ts';
import { documentedEndpoints } from './endpoints.ts';
import { errorBody, statusOf, wrongMethod } from './errors.ts';

/** Answers every request that fails as a whole in this dialect's shape. */
export function answerFailures(app: FastifyInstance, log: Log): void {
  answerErrors(app, log, write);
  app.setNotFoundHandler((request) => {
    const [path = ''] = request.url.split('?');
    const endpoint = path.split('/').filter(Boolean).at(-1) ?? '';
    if (documentedEndpoints.includes(endpoint)) throw wrongMethod(request.method, endpoint);
    throw new DomainError('not-found', `There is no endpoint ${path}`);
  });
}

const write: WriteProblem = (problem, _request, reply) => {
  const status = statusFor(problem);
  reply.code(status).type('application/json; charset=utf-8');
  return errorBody(status, problem.detail);
};

function statusFor({ kind, status, detail, code }: Problem): number {
  if (kind === 'request' || kind === 'unknown') return status;
  return statusOf(new DomainError(kind, detail, code === undefined ? {} : { code }));
}
