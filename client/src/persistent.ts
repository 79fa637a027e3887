/** How often and how long a client tries. */
export interface Patience {
  /** How often a request is sent at most; 1 for no repetition, 4 when not given. */
  readonly attempts?: number;
  /** The longest time, in seconds, that it waits between two attempts because the server said so; 60 when not given. */
  readonly longestWait?: number;
}

/** Requests whose method is POST although they write nothing. */
export const readsByPost = /\/(reports\/|availability|unavailable\/|findtime)/;

type Send = (request: Request) => Promise<Response>;

const firstPause = 250;

/**
 * Sends a request again where that is safe and may help: when the server says to wait (429 and 503 with Retry-After), after that
 * time; when no answer came, where the request writes nothing or has an Idempotency-Key, after a short pause that doubles.
 */
export function persistent(send: Send, { attempts = 4, longestWait = 60 }: Patience): Send {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= attempts;
      let pause: number;
      request.signal.throwIfAborted();
      try {
        const response = await send(last ? request : request.clone());
        const seconds = waitOf(response);
        if (last || seconds === undefined || seconds > longestWait) return response;
        await response.body?.cancel();
        pause = seconds * 1000;
      } catch (error) {
        if (last || request.signal.aborted || !isRepeatable(request)) throw error;
        pause = firstPause * 2 ** (attempt - 1);
      }
      await sleep(pause, request.signal);
    }
  };
}

/** Whether a request that may have been carried out can be sent once more. */
function isRepeatable({ method, headers, url }: Request): boolean {
  if (method === 'GET' || headers.has('idempotency-key')) return true;
  return method === 'POST' && readsByPost.test(new URL(url).pathname);
}

/** The seconds after which the server wants to be asked again; undefined where it does not say so. */
function waitOf({ status, headers }: Response): number | undefined {
  const value = headers.get('retry-after');
  if ((status !== 429 && status !== 503) || value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : Math.max(0, (moment - Date.now()) / 1000);
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
