import { Readable } from 'node:stream';
import type { Ctx } from '../../../engine/context.ts';
import { seenChanges } from '../../../resources/history/seen.ts';
import type { Asked } from './asked.ts';
import { eventText } from './event-text.ts';
import type { Hub } from './hub.ts';

const batch = 200;
const heartbeatMilliseconds = 15_000;
/** Milliseconds after which a client connects again when the stream ends. */
const retryMilliseconds = 3_000;
/** Characters that wait for a reader before more are read from the database. */
const mostWaiting = 65_536;
/** Milliseconds after which a reader for whom that many wait has to connect again. */
const longestWait = 20_000;

/** What a stream of events goes on from. */
export interface Source {
  readonly hub: Hub;
  /** Milliseconds for which a slow reader is waited for; 20 seconds when not given. */
  readonly patience?: number;
  /** Who listens, as things are now. Throws when he may not any more. */
  readonly identify: () => Promise<Ctx>;
}

/** Server-sent events, until the reader goes away, is too slow, or may listen no more. */
export class EventStream extends Readable {
  readonly #source: Source;
  readonly #wants: Asked['wants'];
  readonly #leave: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  #position: number;
  #working = false;
  #room = Promise.withResolvers<void>();
  #news = true;

  constructor(companyId: number, source: Source, { since, wants }: Asked & { readonly since: number }) {
    super({ encoding: 'utf8', highWaterMark: mostWaiting });
    this.#source = source;
    this.#wants = wants;
    this.#position = since;
    this.push(`retry: ${retryMilliseconds}\n\n`);
    this.#leave = source.hub.listen(companyId, () => void this.#work());
    this.#heartbeat = setInterval(() => void this.#beat(), heartbeatMilliseconds);
    void this.#work();
  }

  override _read(): void {
    // What there is, is pushed as it comes; whoever waits for room may go on.
    this.#room.resolve();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#leave();
    clearInterval(this.#heartbeat);
    this.#room.resolve();
    done(error);
  }

  /** Ends the stream after what was written already. */
  finish(): void {
    this.#leave();
    clearInterval(this.#heartbeat);
    if (!this.destroyed && !this.readableEnded) this.push(null);
  }

  async #beat(): Promise<void> {
    try {
      await this.#source.identify();
      this.#say(': still here\n\n');
    } catch {
      this.finish();
    }
  }

  /** Writes all that is known; what is announced meanwhile is written too. */
  async #work(): Promise<void> {
    this.#news = true;
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#news && !this.destroyed) {
        this.#news = false;
        await this.#writeAll();
      }
    } catch {
      // He may listen no more, or the database is away: the client connects again and goes on where it was.
      this.finish();
    } finally {
      this.#working = false;
    }
  }

  async #writeAll(): Promise<void> {
    for (;;) {
      // Asked each time: he may have been archived, or have other permissions than before.
      const ctx = await this.#source.identify();
      const changes = await this.#source.hub.next(ctx.actor.companyId, this.#position, batch);
      const last = changes.at(-1);
      if (last === undefined || this.destroyed) return;
      for (const seen of await seenChanges(ctx, changes.filter(this.#wants))) {
        this.#say(`id: ${seen.change.id}\ndata: ${eventText(ctx.actor, seen)}\n\n`);
      }
      this.#position = last.id;
      if (this.readableLength >= mostWaiting) await this.#waitForRoom();
    }
  }

  /** Waits until the reader has taken what there is; one who is too slow is dropped. */
  async #waitForRoom(): Promise<void> {
    this.#room = Promise.withResolvers();
    const timer = setTimeout(() => this.destroy(), this.#source.patience ?? longestWait);
    await this.#room.promise;
    clearTimeout(timer);
  }

  #say(text: string): void {
    if (!this.destroyed && !this.readableEnded) this.push(text);
  }
}
