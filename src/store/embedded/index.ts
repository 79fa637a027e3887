import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../../lib/errors.ts';
import { type Cluster, prepareCluster } from './cluster.ts';
import { becomeServer, leaveAsLast } from './control.ts';
import { holderOf } from './postmaster.ts';
import { removeSocketDirectory } from './sockets.ts';
import { type Attachment, bringUp, type StartOptions } from './start.ts';

/** Where the embedded database lives and how it runs. */
export interface EmbeddedOptions {
  dataDir: string;
  log?: (line: string) => void;
  /** False risks the data when the machine fails; for tests only. */
  fsync?: boolean;
  /** More PostgreSQL settings; they apply when this call starts the database, not when it adopts a running one. */
  settings?: Record<string, string>;
}

/** A PostgreSQL that this process started or found running, and watches. */
export interface EmbeddedDatabase {
  /** Settings for `pg`: the socket's directory as host, and the ordinary role. They stay the same after a restart. */
  readonly connection: { host: string; port: number; user: string; database: string };
  /** True when this process started the database, false when it adopted one that was still running. */
  readonly startedHere: boolean;
  /** Calls the listener each time the database is back after it died; all its connections were cut. */
  onRestart(listener: () => void): void;
  /** Makes this process the one server of the data directory; refused with a conflict while another server is. */
  claim(): Promise<void>;
  /** Ends this process's use of the database, and stops it unless another process uses it. */
  stop(): Promise<void>;
}

/** Opens the database in the data directory: creates it the first time, adopts it when it runs, else starts it. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir, log = () => {}, fsync = true, settings = {} } = options;
  const cluster = await prepareCluster(dataDir, fsync, log);
  const start: StartOptions = { settings: { ...settings, fsync: fsync ? 'on' : 'off' }, log };
  const database = new Supervisor(cluster, start, await bringUp(cluster, start));
  log(`${database.startedHere ? 'Started' : 'Adopted'} PostgreSQL in ${cluster.directory}.`);
  return database;
}

class Supervisor implements EmbeddedDatabase {
  private readonly cluster: Cluster;
  private readonly start: StartOptions;
  private readonly listeners: (() => void)[] = [];
  private attachment: Attachment;
  private claimed = false;
  private reviving: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(cluster: Cluster, start: StartOptions, attachment: Attachment) {
    this.cluster = cluster;
    this.start = start;
    this.attachment = attachment;
    this.watch();
  }

  get connection() {
    return { host: this.attachment.host, port: this.attachment.port, user: 'openpunch', database: 'openpunch' };
  }

  get startedHere() {
    return this.attachment.startedHere;
  }

  onRestart(listener: () => void): void {
    this.listeners.push(listener);
  }

  async claim(): Promise<void> {
    if (this.claimed) return;
    await this.reviving;
    if (!(await becomeServer(this.attachment.control))) {
      throw new DomainError('conflict', `Another OpenPunch server is running on ${this.cluster.dataDir}.`);
    }
    this.claimed = true;
  }

  stop(): Promise<void> {
    this.stopping ??= this.leave();
    return this.stopping;
  }

  private watch(): void {
    const { client } = this.attachment.control;
    client.once('end', () => {
      if (this.stopping) return;
      this.reviving = this.revive().finally(() => {
        this.reviving = undefined;
      });
    });
  }

  private async revive(): Promise<void> {
    const { log } = this.start;
    log('The connection to PostgreSQL broke; starting it again.');
    let said = '';
    for (;;) {
      try {
        const { pid, host, startedHere } = this.attachment;
        const found = await bringUp(this.cluster, this.start, host);
        // After the crash of one of its own processes it is still the same PostgreSQL.
        this.attachment = found.pid === pid ? { ...found, startedHere } : found;
        break;
      } catch (error) {
        const sentence = error instanceof Error ? error.message : String(error);
        if (sentence !== said) log(sentence);
        said = sentence;
      }
      await sleep(2_000, undefined, { ref: false });
      if (this.stopping) return;
    }
    this.watch();
    await this.claimAgain();
    log('PostgreSQL is back.');
    for (const listener of this.listeners) listener();
  }

  private async claimAgain(): Promise<void> {
    if (!this.claimed) return;
    const won = await becomeServer(this.attachment.control).catch(() => false);
    if (!won) this.start.log(`Another OpenPunch server took over ${this.cluster.dataDir}.`);
  }

  private async leave(): Promise<void> {
    await this.reviving;
    const { control, pid, host } = this.attachment;
    const alone = await leaveAsLast(control).catch(() => false);
    if (alone) await this.end(pid);
    await control.client.end().catch(() => {});
    if (alone) removeSocketDirectory(host);
  }

  /** SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back. SIGQUIT leaves the rest to recovery. */
  private async end(pid: number): Promise<void> {
    for (const [signal, patience] of [['SIGINT', 20_000] as const, ['SIGQUIT', 10_000] as const]) {
      const limit = Date.now() + patience;
      if (!this.runs(pid)) return;
      try {
        process.kill(pid, signal);
      } catch {
        return;
      }
      while (this.runs(pid) && Date.now() < limit) await sleep(20);
    }
  }

  private runs(pid: number): boolean {
    return holderOf(pid, this.cluster.identity) === 'this database';
  }
}
