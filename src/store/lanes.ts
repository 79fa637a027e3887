import pg from 'pg';

interface Lane {
  client: pg.Client;
  /** Requests that wait for their answers. */
  busy: number;
  ready: Promise<unknown>;
}

/**
 * Connections that many requests share at once: each sends its statements behind those of others without waiting for
 * their answers. Only for statements outside of transactions that last longer than one round trip.
 */
export class Lanes {
  readonly #config: pg.ClientConfig;
  readonly #most: number;
  readonly #lanes = new Set<Lane>();
  #closed = false;

  constructor(config: pg.ClientConfig, most: number) {
    this.#config = config;
    this.#most = most;
  }

  /** Requests that share a connection with others at this moment. */
  get waiting(): number {
    let waiting = 0;
    for (const { busy } of this.#lanes) waiting += Math.max(0, busy - 1);
    return waiting;
  }

  /** Lends the least busy connection. `work` must send all that it has to send before it first waits. */
  async use<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const lane = this.#pick();
    lane.busy += 1;
    try {
      await lane.ready;
      return await work(lane.client);
    } finally {
      lane.busy -= 1;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#lanes].map(({ client }) => client.end()));
  }

  #pick(): Lane {
    if (this.#closed) throw new Error('The database connections are closed');
    let best: Lane | undefined;
    for (const lane of this.#lanes) if (best === undefined || lane.busy < best.busy) best = lane;
    if (best === undefined || (best.busy > 0 && this.#lanes.size < this.#most)) return this.#open();
    return best;
  }

  #open(): Lane {
    const client = new pg.Client(this.#config);
    const lane: Lane = { client, busy: 0, ready: client.connect() };
    const drop = (): void => void this.#lanes.delete(lane);
    client.on('error', drop);
    client.on('end', drop);
    lane.ready.catch(drop);
    this.#lanes.add(lane);
    return lane;
  }
}
