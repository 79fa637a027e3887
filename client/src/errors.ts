/** An item of a batch that was refused. */
export interface ItemFailure {
  /** The key of the item in the answer: mostly its position in the request, from 1. */
  readonly key: string;
  /** Its `_status_code`. */
  readonly code: number;
  /** Why, in a sentence for a person. */
  readonly message: string;
  /** The item as it stands in the answer: what was sent, and its status. */
  readonly item: Readonly<Record<string, unknown>>;
}

/** A request that was refused, or of which some items were. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status; 200 where only items failed, and for every refusal of the legacy API. */
  readonly status: number;
  /** The number or word that the API gives to this refusal; the status where it gives none. */
  readonly code: number | string;
  /** The body of the answer. */
  readonly body: unknown;
  /** Under which the server's log knows the request. */
  readonly requestId: string | undefined;
  /** The items that failed; none where the request failed as a whole. */
  readonly failures: readonly ItemFailure[];

  constructor(
    message: string,
    about: {
      status: number;
      code?: number | string | undefined;
      body?: unknown;
      requestId?: string | undefined;
      failures?: readonly ItemFailure[];
    },
  ) {
    super(message);
    this.status = about.status;
    this.code = about.code ?? about.status;
    this.body = about.body;
    this.requestId = about.requestId;
    this.failures = about.failures ?? [];
  }
}

/** The error for an answer that refuses a request, in whichever shape of the four APIs. */
export function refusalOf(response: Response, body: unknown): ApiError {
  const { message, code } = readRefusal(body);
  const { status, statusText, headers } = response;
  const said = message ?? (statusText === '' ? `The server answered with status ${status}.` : statusText);
  return new ApiError(said, { status, code, body, requestId: headers.get('x-request-id') ?? undefined });
}

interface Refusal {
  readonly message?: string | undefined;
  readonly code?: number | string | undefined;
}

function readRefusal(body: unknown): Refusal {
  if (!isObject(body)) return {};
  const { error, error_description: description, errors, last_error: last, error_code: code } = body;
  // TSheets legacy: {"last_error": "…", "error_code": 5002}
  if (typeof last === 'string') return { message: last, code: numberOrText(code) };
  // OAuth: {"error": "invalid_grant", "error_description": "…"}
  if (typeof error === 'string' && typeof description === 'string') return { message: description, code: error };
  // Timekit: {"error": "…"} or {"errors": {"field": ["…"]}}
  if (typeof error === 'string') return { message: error };
  if (isObject(errors)) return { message: Object.values(errors).flat().join(' ') };
  if (!isObject(error)) return {};
  // TSheets REST: {"error": {"code": 417, "message": "…"}}; TimeStation: {"error": {"error_code": "402", "error_text": "…"}}
  const message = error.message ?? error.error_text;
  return {
    message: typeof message === 'string' ? message : undefined,
    code: numberOrText(error.code ?? error.error_code),
  };
}

function numberOrText(value: unknown): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
