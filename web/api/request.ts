import i18next from 'i18next';
import type { Failure } from '../../src/dialects/web/shapes.ts';

/** A request that the server refused, or that never reached it (status 0). Its message is a sentence for people. */
export class RequestFailed extends Error {
  readonly status: number;
  /** The field of the request at fault. */
  readonly field: string | undefined;
  /** Seconds to wait, where there were too many attempts. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    message: string,
    more: { field?: string | undefined; retryAfter?: number | undefined } = {},
  ) {
    super(message);
    this.name = 'RequestFailed';
    this.status = status;
    this.field = more.field;
    this.retryAfter = more.retryAfter;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Asks the server's own API below /web; throws RequestFailed. */
export async function request<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-openpunch': 'web' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const answer = await fetch(path, {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestFailed(0, i18next.t('failure.offline'));
  });
  if (!answer.ok) throw await failureOf(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

async function failureOf(answer: Response): Promise<RequestFailed> {
  const said = (await answer.json().catch(() => undefined)) as Partial<Failure> | undefined;
  const wait = Number(answer.headers.get('retry-after'));
  return new RequestFailed(answer.status, said?.error?.message ?? i18next.t('failure.strange'), {
    field: said?.error?.field,
    retryAfter: wait > 0 ? wait : undefined,
  });
}
