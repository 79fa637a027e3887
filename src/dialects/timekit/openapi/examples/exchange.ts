/** One request with its answer. */
export interface Exchange {
  /** Name of the call: `About.name`. */
  readonly call: string;
  /** Tells several examples of one call apart. */
  readonly name?: string;
  readonly title?: string;
  /** With which key, where it is not the app token. */
  readonly key?: 'server-token' | 'widget key' | 'none';
  /** Of the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The whole body of the answer; none for a 204. */
  readonly answer?: unknown;
}
