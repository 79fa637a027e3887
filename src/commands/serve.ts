import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import { vapidKeys } from '../channels/vapid.ts';
import { type Config, readConfig } from '../config.ts';
import { demandSafeAddress } from '../http/tls.ts';
import { version } from '../http/version.ts';
import { jobs } from '../jobs/index.ts';
import { Runner } from '../jobs/runner.ts';
import { addressOf } from '../lib/addresses.ts';
import { DomainError } from '../lib/errors.ts';
import type { Command } from './command.ts';
import { demoIfEmpty, demoText } from './demo.ts';
import { type Opened, openServices } from './open.ts';
import { runUntilStopped, untilStopped } from './stop.ts';
import { mailsGoTo } from './worker.ts';

/** Runs the server until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  means: 'runs the server; SIGTERM or Ctrl-C stops it',
  options: {},
  async run() {
    const config = readConfig();
    demandSafeAddress(config);
    const stopped = untilStopped();
    await using running = new AsyncDisposableStack();
    const opened = await openServices(config, (message) => tell(message));
    running.defer(() => opened.close());
    const { services } = opened;
    await prepareDatabase(opened);
    await vapidKeys(services.database.system);
    const app = await buildApp(services);
    const runner = new Runner(services, jobs);
    running.defer(async () => void (await Promise.all([app.close(), runner.stop()])));

    const demo = config.demo === false ? undefined : await demoIfEmpty(services);
    // Told before anything else can fail: passwords are not stored, so nobody could tell them later.
    if (demo !== undefined) tell(demoText(demo));
    const address = await listen(app, config);
    if (config.jobs) await runner.start();
    tell(`OpenPunch ${version} listens at ${address}`);
    tell(mailsGoTo(config));
    tell('Stop it by Ctrl-C or SIGTERM.');

    return await runUntilStopped(stopped, running, services.log);
  },
};

/** One server a data directory: two would give the demo, the jobs and the port twice. */
async function prepareDatabase({ embedded, services }: Opened): Promise<void> {
  await embedded?.claim();
  embedded?.onRestart(() => services.log.event({ level: 'warn', message: 'The database was restarted.' }));
}

/** Listens, and gives the URL for people. */
async function listen(app: FastifyInstance, { host, port, tls }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new DomainError('unavailable', refusalOf(error as NodeJS.ErrnoException, host, port));
  }
  const { port: taken } = app.server.address() as AddressInfo;
  return `${addressOf(host, taken, tls !== undefined)}/`;
}

function refusalOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is taken by another program; choose another by PORT.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user; choose one above 1023 by PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `HOST=${host} is no address of this machine.`;
  }
  return `The server can not listen at ${host}, port ${port}: ${message}.`;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
