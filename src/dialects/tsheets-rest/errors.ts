import { DomainError, type ErrorKind } from '../../lib/errors.ts';

/** The reasons that the reference gives for each status (00-overview.md, Possible HTTP Response Status Codes). */
const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Max Items Exceeded',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Method not implemented',
  503: 'Service Unavailable',
};

const requestStatus: Record<ErrorKind, number> = {
  invalid: 417,
  missing: 417,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  locked: 417,
  'too-many': 413,
  unsupported: 501,
  unauthenticated: 401,
  unavailable: 503,
};

/** HTTP status of a request that failed as a whole. */
export function statusOf(error: DomainError): number {
  if (error.code === 'rate-limit') return 429;
  if (error.code === 'wrong-method') return 405;
  if (error.code === 'address-not-allowed') return 499;
  if (error.code === 'bad-request') return 400;
  if (error.code === 'idempotency-key') return 422;
  return requestStatus[error.kind];
}

/** The name of a status. */
export function reasonOf(status: number): string {
  return reasons[status] ?? 'Error';
}

/** The body of a request that failed as a whole. */
export function errorBody(status: number, detail: string): string {
  return JSON.stringify({ error: { code: status, message: `${reasonOf(status)}: ${detail}` } });
}

/** A known endpoint asked in a way that it never answers. */
export function wrongMethod(method: string, endpoint: string): DomainError {
  return new DomainError('unsupported', `${method} is not allowed for ${endpoint}`, { code: 'wrong-method' });
}

/** A method that the endpoint does not offer, though others of its kind do. */
export function notOffered(method: string, endpoint: string): DomainError {
  return new DomainError('unsupported', `${method} is not implemented for ${endpoint}`);
}
