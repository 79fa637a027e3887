import type { Log } from '../http/log.ts';
import { sentenceOf } from './command.ts';

/** Why the server stops. */
export interface Stop {
  readonly exitCode: number;
  /** What nobody caught, when that is why. */
  readonly error?: unknown;
}

/**
 * Waits for a signal, or for an error that nobody caught: after one of those the process's state is unknown, so it ends
 * and is started again from outside. A second signal ends the process at once.
 */
export function untilStopped(): Promise<Stop> {
  const { promise, resolve } = Promise.withResolvers<Stop>();
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    resolve({ exitCode: 0 });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.on('uncaughtException', (error) => resolve({ exitCode: 1, error }));
  process.on('unhandledRejection', (error) => resolve({ exitCode: 1, error }));
  return promise;
}

/** Waits until the process is to stop, and then closes in order what it runs on. Gives the exit code. */
export async function runUntilStopped(
  stopped: Promise<Stop>,
  running: AsyncDisposableStack,
  log: Log,
): Promise<number> {
  const { exitCode, error } = await stopped;
  if (error !== undefined) log.event({ level: 'fatal', error: sentenceOf(error) });
  log.flush();
  process.stdout.write('Stopping.\n');
  await running.disposeAsync();
  log.flush();
  // A statement of another database can outlive its request; it must not hold the process.
  setTimeout(() => process.exit(exitCode), 500).unref();
  return exitCode;
}
