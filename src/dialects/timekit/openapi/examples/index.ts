/** One request with its answer. All of them, in their order, tell the story of one firm: a test sends them to a server. */
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
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The whole body of the answer; none for a 204. */
  readonly answer?: unknown;
}

export const exchanges: readonly Exchange[] = [];

/** The examples of a call. */
export function exchangesOf(call: string): readonly Exchange[] {
  return exchanges.filter((exchange) => exchange.call === call);
}
