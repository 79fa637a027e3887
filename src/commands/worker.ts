import { outboxFolder } from '../channels/outbox.ts';
import { type Config, readConfig } from '../config.ts';
import { version } from '../http/version.ts';
import { jobs } from '../jobs/index.ts';
import { Runner } from '../jobs/runner.ts';
import type { Command } from './command.ts';
import { openServices } from './open.ts';
import { runUntilStopped, untilStopped } from './stop.ts';

/** Does the work in the background, without serving anything; any number of them may run beside servers. */
export const worker: Command = {
  name: 'worker',
  means: 'runs only the background jobs; SIGTERM finishes the running ones',
  options: {},
  async run() {
    const config = readConfig();
    const stopped = untilStopped();
    await using running = new AsyncDisposableStack();
    const opened = await openServices(config);
    running.defer(() => opened.close());
    const { services } = opened;
    const runner = new Runner(services, jobs);
    running.defer(() => runner.stop());
    await runner.start();
    process.stdout.write(`OpenPunch ${version} runs jobs.\n${mailsGoTo(config)}\n`);
    return await runUntilStopped(stopped, running, services.log);
  },
};

/** Tells the operator where mails end up. */
export function mailsGoTo({ mailServer, dataDir }: Config): string {
  if (mailServer !== undefined) return `Mails go to ${mailServer.host}:${mailServer.port}.`;
  return `Mails are kept in ${outboxFolder({ dataDir })}; OPENPUNCH_SMTP_URL names a mail server.`;
}
