import type { FastifyInstance } from 'fastify';
import { answerErrors, type Problem } from '../../http/errors.ts';
import type { Log } from '../../http/log.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Tree } from './action.ts';
import { paramsOf } from './params.ts';
import { send } from './write.ts';
import { xmlOf } from './xml.ts';

type Numbered = readonly [code: number, text: string];

/** The two numbers that the reference gives; 9999 stands for whatever has none of its own. */
const notLoggedIn: Numbered = [5002, 'Not logged in'];
const generic: Numbered = [9999, 'Generic'];

/** Our own numbers, by the code of a refusal and else by its kind. They begin at 7000, where the reference names none. */
const byCode: Readonly<Record<string, Numbered>> = {
  'not-logged-in': notLoggedIn,
  'api-key': [7001, 'Invalid API key'],
  // Clients know how to begin anew from the number that the reference gives, whatever ended their session.
  session: notLoggedIn,
  'sign-in': [7003, 'Wrong user name or password'],
  'password-change': [7004, 'Password must be changed'],
  'unknown-action': [7012, 'Unknown action'],
  'wrong-method': [7013, 'Method not allowed'],
  'idempotency-key': [7015, 'Idempotency-Key used for another request'],
  'off-the-clock': [7023, 'Not clocked in'],
  'already-open': [7024, 'Already clocked in'],
  'not-tracking-time': [7025, 'User does not track time'],
  'rate-limit': [7031, 'Too many requests'],
};

const byKind: Readonly<Record<Problem['kind'], Numbered>> = {
  unauthenticated: notLoggedIn,
  forbidden: [7005, 'Permission denied'],
  missing: [7010, 'Missing parameter'],
  invalid: [7011, 'Invalid parameter'],
  request: [7014, 'Bad request'],
  'not-found': [7020, 'Not found'],
  conflict: [7021, 'Conflict'],
  locked: [7022, 'Locked'],
  'too-many': [7030, 'Too many'],
  unsupported: [7040, 'Not supported'],
  unavailable: [7050, 'Unavailable'],
  unknown: generic,
};

/** What a failure looks like. */
function failureOf({ kind, code = '', detail }: Pick<Problem, 'kind' | 'code' | 'detail'>): {
  readonly [name: string]: Tree;
} {
  const [number, text] = byCode[code] ?? byKind[kind];
  return { status: 'fail', last_error: detail, error_code: number, error_text: text };
}

/**
 * Clients of this API read the status in the body: HTTP's is 200, but for other methods, requests that HTTP itself refuses,
 * requests beyond the limit, and faults of the server.
 */
function statusOf({ kind, code, status }: Problem): number {
  if (code === 'wrong-method') return 405;
  return kind === 'request' || status === 429 || status >= 500 ? status : 200;
}

/** What is answered where the address is none, such as `/api.php/%zz`. */
export const badAddress = {
  below: '/api.php',
  type: 'text/xml; charset=utf-8',
  body: xmlOf(failureOf({ kind: 'request', code: '', detail: 'The address is not valid.' })),
};

/** Answers every request that fails in this dialect's shape. */
export function answerFailures(app: FastifyInstance, log: Log): void {
  answerErrors(app, log, (problem, request, reply) => {
    reply.code(statusOf(problem));
    if (problem.code === 'wrong-method') reply.header('allow', 'GET, HEAD, POST');
    return send(reply, paramsOf(request), failureOf(problem));
  });
}

/** The refusal of everything that only somebody who has logged in may do. */
export function notLoggedInYet(): DomainError {
  // As the reference shows it, for clients that compare texts.
  const detail = 'user is not logged in, you must first perform the login action before trying other actions';
  return new DomainError('unauthenticated', detail, { code: 'not-logged-in' });
}

/** The refusal of a method that this API does not speak. */
export function wrongMethod(method: string): DomainError {
  return new DomainError('unsupported', `${method} is not allowed; use GET or POST`, { code: 'wrong-method' });
}
