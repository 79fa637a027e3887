/** One thing that happened, as a line of JSON; `time` is added. Never put a token, password, code or secret in it. */
export type LogEntry = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where the server writes what happened. */
export interface Log {
  /** One line per request, where the configuration asks for it. */
  request(entry: LogEntry): void;
  /** What an operator has to see; always written. */
  event(entry: LogEntry): void;
  /** Writes what is still held back, before the process ends. */
  flush(): void;
}

/** This server's own tokens and codes are known by their shape, wherever someone put them. */
const ownToken = /S\.\d+__[0-9a-f]+|(?:live|test)_(?:api|widget)_key_\w+/gi;

/**
 * A log of JSON lines. Lines of the same turn of the event loop leave together: a write to a file or a pipe blocks
 * the process, and under load that would be once per request.
 */
export function createLog(write: (text: string) => void, options: { requests: boolean }): Log {
  let held = '';
  const flush = (): void => {
    const text = held;
    held = '';
    if (text !== '') write(text);
  };
  const add = (entry: LogEntry): void => {
    if (held === '') setImmediate(flush);
    const time = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
    held += `${JSON.stringify({ time, ...entry }).replace(ownToken, '[redacted]')}\n`;
  };
  return {
    request: options.requests ? add : () => undefined,
    event: add,
    flush,
  };
}
