import { type Calls, callsOf } from './call.ts';
import { basic, connect, type Secret, type Server, tell } from './connection.ts';
import { type ListPath, type PageAt, type QueryAt, type Reading, type RowAt, readPages, rowsOf } from './pages.ts';
import type { paths } from './schema.ts';

/** The paths of one API, without what they begin with. */
type Below<Prefix extends string> = {
  [P in keyof paths as P extends `${Prefix}${infer Rest extends `/${string}`}` ? Rest : never]: paths[P];
};

/** The TSheets REST API, below /api/v1. */
export type RestPaths = Below<'/api/v1'>;
/** The TimeStation API, below /v1. */
export type TimeStationPaths = Below<'/v1'>;
/** The Timekit API, below /v2. */
export type TimekitPaths = Below<'/v2'>;

/** The TSheets REST API of a server. */
export interface RestClient extends Calls<RestPaths> {
  /** Every page of a list, one after the other: the answers with their supplemental data. A signal ends the reading. */
  pages<P extends ListPath<RestPaths>>(
    path: P,
    query?: QueryAt<RestPaths, P>,
    options?: Reading,
  ): AsyncGenerator<PageAt<RestPaths, P>, void, undefined>;
  /** Every row of a list, page after page. */
  rows<P extends ListPath<RestPaths>>(
    path: P,
    query?: QueryAt<RestPaths, P>,
    options?: Reading,
  ): AsyncGenerator<RowAt<RestPaths, P>, void, undefined>;
}

/** Makes a client of the TSheets REST API that sends this token. */
export function createClient(server: Server & { readonly token: Secret }): RestClient {
  const calls = callsOf(
    connect<RestPaths>(server, '/api/v1', async () => ({ authorization: `Bearer ${await tell(server.token)}` })),
  );
  const get = calls.get as unknown as (path: string, init: object) => Promise<unknown>;
  const pages = (path: string, query: object = {}, options: Reading = {}): AsyncGenerator<unknown, void, undefined> =>
    readPages((page) => get(path, { ...options, params: { query: { ...query, page } } }));
  const rows = async function* (
    path: string,
    query?: object,
    options?: Reading,
  ): AsyncGenerator<unknown, void, undefined> {
    for await (const page of pages(path, query, options)) yield* rowsOf(page);
  };
  return { ...calls, pages, rows } as RestClient;
}

/** Makes a client of the TimeStation API that sends this key. */
export function createTimeStationClient(server: Server & { readonly key: Secret }): Calls<TimeStationPaths> {
  return callsOf(
    connect<TimeStationPaths>(server, '/v1', async () => ({ authorization: `Bearer ${await tell(server.key)}` })),
  );
}

/** Who uses the Timekit API: an application by its app token or widget key, or one person by a key of his own. */
export interface TimekitCaller {
  readonly key: Secret;
  /** The address of the person that the key belongs to, and the slug of the application; without them the key is the application's. */
  readonly person?: { readonly email: string; readonly app: string };
}

/** Makes a client of the Timekit API. */
export function createTimekitClient(server: Server & TimekitCaller): Calls<TimekitPaths> {
  const { key, person } = server;
  return callsOf(
    connect<TimekitPaths>(server, '/v2', async () => ({
      authorization: basic(person?.email ?? '', await tell(key)),
      ...(person === undefined ? {} : { 'timekit-app': person.app }),
    })),
  );
}
