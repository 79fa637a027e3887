import type { IncomingMessage } from 'node:http';
import { type FastifyBaseLogger, type FastifyServerOptions, LogController } from 'fastify';
import type { Log } from './log.ts';
import { redactRaw } from './redact.ts';

const silent = (): void => undefined;

/**
 * What Fastify, its plugins and `request.log` say, from warnings upwards, as lines of the one log. Pino is not used: it
 * would write addresses and errors as they are, with the tokens in them.
 */
class FrameworkLog implements FastifyBaseLogger {
  readonly level = 'warn';
  readonly trace = silent;
  readonly debug = silent;
  readonly info = silent;
  readonly silent = silent;
  readonly #log: Log;
  readonly #request: { readonly id: string; readonly raw: IncomingMessage } | undefined;

  constructor(log: Log, request?: { id: string; raw: IncomingMessage }) {
    this.#log = log;
    this.#request = request;
  }

  warn(...words: unknown[]): void {
    this.#write('warn', words);
  }

  error(...words: unknown[]): void {
    this.#write('error', words);
  }

  fatal(...words: unknown[]): void {
    this.#write('fatal', words);
  }

  child(): FastifyBaseLogger {
    return this;
  }

  ofRequest(id: string, raw: IncomingMessage): FastifyBaseLogger {
    return new FrameworkLog(this.#log, { id, raw });
  }

  #write(level: string, words: unknown[]): void {
    const text = words.map(describe).filter(Boolean).join(' ');
    const { id, raw } = this.#request ?? {};
    this.#log.event({ level, request: id, error: raw === undefined ? text : redactRaw(text, raw) });
  }
}

function describe(word: unknown): string {
  if (typeof word === 'string') return word;
  const error = word instanceof Error ? word : (word as { err?: unknown } | null)?.err;
  return error instanceof Error ? (error.stack ?? error.message) : '';
}

/** Fastify options that lead its own words into the log, and keep it from writing a line per request. */
export function frameworkLog(
  log: Log,
): Pick<FastifyServerOptions, 'loggerInstance' | 'logController' | 'childLoggerFactory'> {
  const logger = new FrameworkLog(log);
  return {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (_logger, bindings, _options, raw) => logger.ofRequest(String(bindings.reqId), raw),
  };
}
