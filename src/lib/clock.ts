/** Where the present moment comes from; the app takes it as a value so that tests can turn it. */
export interface Clock {
  /** Epoch seconds, UTC, whole. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Math.floor(Date.now() / 1000) };
