import type { FastifyInstance } from 'fastify';
import { answerErrors, type Problem } from '../../http/errors.ts';
import type { Log } from '../../http/log.ts';
import { DomainError } from '../../lib/errors.ts';
import { inOurWords } from './words.ts';

/** TimeStation's word for every key that opens nothing. */
const invalidKey = 'Invalid API Key';

const statusOfCode: Readonly<Record<string, number>> = {
  'wrong-method': 405,
  'content-type': 415,
  'idempotency-key': 422,
};

/** Where this API's status is another than HTTP's common one: 402 says that valid parameters met a rule. */
const statusOfKind: Partial<Readonly<Record<Problem['kind'], number>>> = {
  conflict: 402,
  locked: 402,
  unsupported: 402,
};

/** What is answered where the address is none, such as `/v1/%zz`. */
export const badAddress = {
  below: '/v1',
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ error: { error_code: '400', error_text: 'The address is not valid' } }),
  // Pages of any origin may read it, as they may every answer.
  headers: { 'access-control-allow-origin': '*' },
};

/** Answers every request that fails, and every address without an endpoint, in TimeStation's shape. */
export function answerFailures(app: FastifyInstance, log: Log): void {
  answerErrors(app, log, (problem, _request, reply) => {
    const status = statusOf(problem);
    reply.code(status).type('application/json; charset=utf-8');
    // Clients that send the key only when asked for it need to be asked.
    if (status === 401) reply.header('www-authenticate', 'Basic realm="TimeStation API", charset="UTF-8"');
    return {
      error: {
        error_code: String(status),
        error_text: status === 401 ? invalidKey : inOurWords(problem.detail),
      },
    };
  });
  app.setNotFoundHandler(() => {
    throw new DomainError('not-found', 'There is nothing at this address');
  });
}

function statusOf({ kind, code, status, retryAfter }: Problem): number {
  if (code !== undefined && statusOfCode[code] !== undefined) return statusOfCode[code];
  if (kind === 'too-many' && retryAfter === undefined) return 400;
  return statusOfKind[kind] ?? status;
}

/** The refusal of a method that an address does not have. */
export function wrongMethod(method: string): DomainError {
  return new DomainError('invalid', `${method} is not possible at this address`, { code: 'wrong-method' });
}
