import type { FastifyInstance } from 'fastify';
import { answerErrors, type Problem } from '../../http/errors.ts';
import type { Log } from '../../http/log.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Tree } from './action.ts';
import { paramsOf } from './params.ts';
import { send } from './write.ts';
import { xmlOf } from './xml.ts';

/** A number, its short text, and when it is answered. */
type Numbered = readonly [code: number, text: string, when: string];

/** The two numbers that the reference gives; 9999 stands for whatever has none of its own. */
const notLoggedIn: Numbered = [
  5002,
  'Not logged in',
  'Before `login`; with a token that is not known, or whose session has ended.',
];
const generic: Numbered = [9999, 'Generic', 'A fault of the server, with HTTP 500.'];

/** Our own numbers, by the code of a refusal and else by its kind. They begin at 7000, where the reference names none. */
const byCode: Readonly<Record<string, Numbered>> = {
  'not-logged-in': notLoggedIn,
  'api-key': [7001, 'Invalid API key', 'The key is unknown or revoked, or its user is archived.'],
  // Clients know how to begin anew from the number that the reference gives, whatever ended their session.
  session: notLoggedIn,
  'sign-in': [7003, 'Wrong user name or password', 'Nobody has this name and this password.'],
  'password-change': [7004, 'Password must be changed', 'The user has to choose a new password in the browser first.'],
  'unknown-action': [7012, 'Unknown action', 'There is no such action.'],
  'wrong-method': [7013, 'Method not allowed', 'Neither GET nor POST, with HTTP 405.'],
  'idempotency-key': [7015, 'Idempotency-Key used for another request', 'The key came with a request that differs.'],
  'off-the-clock': [7023, 'Not clocked in', 'The user is not on the clock.'],
  'already-open': [7024, 'Already clocked in', 'The user is on the clock.'],
  'not-tracking-time': [7025, 'User does not track time', 'The user has no permission to.'],
  'rate-limit': [7031, 'Too many requests', 'Beyond the limit of the session or of the API key, with HTTP 429.'],
};

const byKind: Readonly<Record<Problem['kind'], Numbered>> = {
  unauthenticated: notLoggedIn,
  forbidden: [7005, 'Permission denied', 'The user has no right to it.'],
  missing: [7010, 'Missing parameter', 'A parameter, a job code or notes are required.'],
  invalid: [7011, 'Invalid parameter', 'A parameter can not be understood, or a rule forbids its value.'],
  request: [7014, 'Bad request', 'Not HTTP, or too much of it, with an HTTP status 4xx.'],
  'not-found': [7020, 'Not found', 'It does not exist, or the user may not see it.'],
  conflict: [7021, 'Conflict', 'Overlapping time, a name that is taken, or an email address that several users have.'],
  locked: [7022, 'Locked', 'Time that was approved, exported or closed.'],
  'too-many': [7030, 'Too many', 'Wrong passwords, with HTTP 429; or more than an action takes.'],
  unsupported: [7040, 'Not supported', 'The server does not do this.'],
  unavailable: [7050, 'Unavailable', 'The server can not answer now, with HTTP 503.'],
  unknown: generic,
};

/** Every number with its meaning, in order. */
export const errorCodes: readonly Numbered[] = [...Object.values(byCode), ...Object.values(byKind)]
  .filter((one, index, all) => all.indexOf(one) === index)
  .sort(([a], [b]) => a - b);

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
