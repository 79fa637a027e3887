import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../lib/errors.ts';
import { errorBody, statusOf } from './errors.ts';

/** Answers a request that failed as a whole, in this dialect's shape. What is not known is logged once. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asKnown(error);
  if (known === undefined) {
    request.log.error({ err: error }, 'unexpected error');
    return answer(reply, 500, `Something went wrong; the request is logged as ${request.id}`);
  }
  const status = statusOf(known);
  if (status === 429 || status === 503) reply.header('retry-after', String(retryAfterOf(known)));
  return answer(reply, status, known.detail);
}

function answer(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(errorBody(status, detail));
}

function retryAfterOf(error: DomainError): number {
  return 'retryAfter' in error && typeof error.retryAfter === 'number' ? error.retryAfter : 1;
}

/** Fastify's own refusals of a request, in the words of the domain. */
function asKnown(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  const { code = '', statusCode = 500 } = (error ?? {}) as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new DomainError('too-many', 'The body is too large');
  if (statusCode >= 400 && statusCode < 500) {
    return new DomainError('invalid', 'The request could not be read', { code: 'bad-request' });
  }
  return undefined;
}
