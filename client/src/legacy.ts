import { callsOf } from './call.ts';
import { connect, type Server } from './connection.ts';
import { ApiError, refusalOf } from './errors.ts';
import type { paths } from './schema.ts';

type ActionPath = Extract<keyof paths, `/api.php/${string}`>;

/** The names of the actions that need a session. */
export type LegacyAction = Exclude<
  ActionPath extends `/api.php/${infer Name}` ? Name : never,
  'get_token' | 'login' | 'logout'
>;

type PostOf<A extends string> = paths[`/api.php/${A}` & keyof paths] extends { post: infer Operation }
  ? Operation
  : never;

/** The parameters of an action. */
export type LegacyParams<A extends string> =
  PostOf<A> extends { requestBody?: infer Body }
    ? NonNullable<Body> extends { content: { 'application/json': infer Params } }
      ? Params
      : Record<string, never>
    : Record<string, never>;

/** The answer to an action that succeeded. */
export type LegacyAnswer<A extends string> =
  PostOf<A> extends {
    responses: { 200: { content: { 'application/json': infer Answer } } };
  }
    ? Extract<Answer, { status: 'ok' }>
    : never;

type Given<T> = Record<never, never> extends T ? [params?: T] : [params: T];

/** TSheets' legacy API, in a session of one person. */
export interface LegacyClient {
  /** Does an action. Rejects with an ApiError that has the number of the failure as `code`. */
  act<A extends LegacyAction>(action: A, ...params: Given<LegacyParams<A>>): Promise<LegacyAnswer<A>>;
  /** Ends the session. The next action begins another one. */
  logOut(): Promise<void>;
}

/** The number that says that a session is not there any more. */
const notLoggedIn = 5002;

/**
 * Makes a client of TSheets' legacy API, by an API key and somebody's user name and password. It logs in with the first action, and
 * again when the session has ended.
 */
export function createLegacyClient(
  server: Server & { readonly key: string; readonly username: string; readonly password: string },
): LegacyClient {
  const { key, username, password } = server;
  const { post } = callsOf(connect<Record<string, never>>(server, '', async () => ({})));
  const send = post as unknown as (path: string, init: object) => Promise<Readonly<Record<string, unknown>>>;
  let session: Promise<string> | undefined;

  const request = async (action: string, params: object): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await send('/api.php', { body: { ...params, action, output_format: 'json' } });
    if (answer.status !== 'ok') throw refusalOf(new Response(null, { status: 200 }), answer);
    return answer;
  };
  const logIn = async (): Promise<string> => {
    const { token } = await request('get_token', { api_key: key });
    await request('login', { token, username, password });
    return String(token);
  };
  const act = async (action: string, params: object = {}): Promise<unknown> => {
    const mine = session ?? begin();
    try {
      return await request(action, { ...params, token: await mine });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== notLoggedIn) throw error;
      // Several actions may find out at once; the first one begins the new session.
      const next = session === mine || session === undefined ? begin() : session;
      return request(action, { ...params, token: await next });
    }
  };
  const begin = (): Promise<string> => {
    const begun = logIn();
    session = begun;
    begun.catch(() => {
      if (session === begun) session = undefined;
    });
    return begun;
  };
  const logOut = async (): Promise<void> => {
    const ended = session;
    session = undefined;
    if (ended !== undefined) await request('logout', { token: await ended });
  };
  return { act, logOut } as LegacyClient;
}
