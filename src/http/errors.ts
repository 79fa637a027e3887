import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorKind } from '../lib/errors.ts';
import type { Log } from './log.ts';
import { redactText, safeUrl } from './redact.ts';

/** Any error in words that may be sent: what a dialect dresses in its own envelope. */
export interface Problem {
  /** The status where the dialect has no other for this kind. */
  readonly status: number;
  /** The domain's kind; 'request' when HTTP itself was misused, 'unknown' for a fault of the server. */
  readonly kind: ErrorKind | 'request' | 'unknown';
  /** One sentence for a person. */
  readonly detail: string;
  readonly field: string | undefined;
  readonly code: string | undefined;
  /** Seconds for a Retry-After header. */
  readonly retryAfter: number | undefined;
}

const statusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  missing: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  locked: 409,
  'too-many': 413,
  unsupported: 501,
  unavailable: 503,
};

const sentenceOf: Readonly<Record<number, string>> = {
  408: 'The request took too long to arrive.',
  413: 'The body is too large.',
  414: 'The address is too long.',
  415: 'The content type is not supported; send JSON.',
};

const secondsUntilBack = 2;
const reported = new WeakSet<object>();

/** Says what an error means to a client. One that nobody expected is written to the log, once. */
export function problemOf(error: unknown, request: FastifyRequest, log: Log): Problem {
  if (error instanceof DomainError) {
    const { kind, detail, field, code } = error;
    const retryAfter = retryAfterOf(error);
    // Of the two meanings of too many, requests and items, only the first passes by waiting.
    const status = kind === 'too-many' && retryAfter !== undefined ? 429 : statusOf[kind];
    return { status, kind, detail, field, code, retryAfter };
  }
  const nothing = { field: undefined, code: undefined, retryAfter: undefined };
  const status = clientStatusOf(error);
  if (status !== undefined) {
    // The framework's own texts are not used: a parser quotes the body, which may hold a password.
    const detail = /JSON/.test(codeOf(error)) ? 'The body is not valid JSON.' : sentenceOf[status];
    return { status, kind: 'request', detail: detail ?? 'The request can not be understood.', ...nothing };
  }
  report(error, request, log);
  return {
    status: 500,
    kind: 'unknown',
    detail: `Something went wrong here; the request id is ${request.id}.`,
    ...nothing,
  };
}

/** Writes a fault of the server to the log with its request, once per error. */
export function report(error: unknown, request: FastifyRequest, log: Log): void {
  if (typeof error === 'object' && error !== null) {
    if (reported.has(error)) return;
    reported.add(error);
  }
  log.event({
    level: 'error',
    request: request.id,
    method: request.method,
    route: request.routeOptions.url,
    url: safeUrl(request),
    error: redactText(describe(error), request),
  });
}

/** How a scope answers a problem: it may set headers, and gives the body or sends it itself. */
export type WriteProblem = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => unknown;

const writePlainly: WriteProblem = ({ status, detail }) => ({ error: { code: status, message: detail } });

/**
 * The last resort of a scope: every error of its routes becomes status, headers and body. A dialect gives its own `write`,
 * which may also change the status by `reply.code`.
 */
export function answerErrors(scope: FastifyInstance, log: Log, write: WriteProblem = writePlainly): void {
  scope.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request, log);
    reply.code(problem.status);
    if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
    const body = write(problem, request, reply);
    return reply.sent ? reply : reply.send(body);
  });
}

/** Answers every address that no route serves, as JSON. */
export function answerUnknownPaths(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: { code: 404, message: 'There is nothing at this address.' } }),
  );
}

function retryAfterOf(error: DomainError): number | undefined {
  if ('retryAfter' in error && typeof error.retryAfter === 'number') return error.retryAfter;
  return error.kind === 'unavailable' ? secondsUntilBack : undefined;
}

function clientStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${describe(error.cause)}`;
  return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`;
}
