import { signatureOf } from '../rules/webhook-signature.ts';
import { postOutside } from './post-outside.ts';

const timeLimit = 10_000;
const excerptBytes = 1_000;

/** What a receiver made of a message. */
export interface WebhookAnswer {
  /** Undefined where no answer came. */
  readonly statusCode: number | undefined;
  /** Blank when it was taken. */
  readonly error: string;
  /** Beginning of the answer. */
  readonly response: string;
}

/** A message for a webhook's address. */
export interface WebhookMessage {
  readonly id: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly body: string;
}

/**
 * Posts a signed message, as the Standard Webhooks specification has it. Any status from 200 to 299 counts as taken. Takes 10
 * seconds at most, and throws nothing.
 */
export async function postWebhook(
  { id, now, url, secrets, body }: WebhookMessage,
  { allowPrivate }: { allowPrivate: boolean },
): Promise<WebhookAnswer> {
  const timestamp = Math.floor(now);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'OpenPunch',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf({ id, timestamp, body }, secrets),
  };
  const signal = AbortSignal.timeout(timeLimit);
  try {
    const { status, text } = await postOutside(url, {
      headers,
      body: Buffer.from(body),
      allowPrivate,
      signal,
      excerpt: excerptBytes,
    });
    const taken = status >= 200 && status < 300;
    return { statusCode: status, error: taken ? '' : `The receiver answered ${status}.`, response: storable(text) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = signal.aborted ? 'no answer came within 10 seconds' : (code ?? message);
    return { statusCode: undefined, error: `The receiver can not be reached: ${why}.`, response: '' };
  }
}

/** A text that the database takes. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
