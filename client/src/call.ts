import type { Client, ClientPathsWithMethod, MaybeOptionalInit, ParseAsResponse } from 'openapi-fetch';
import { refusalOf } from './errors.ts';

type Method = 'get' | 'post' | 'put' | 'delete';
type Success = 200 | 201 | 202 | 204;

/** The names of properties that must be given. */
type Required<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K }[keyof T];

/** The parameters and the body of a request; they may be left out where none of them must be given. */
export type Init<T> = Required<T> extends never ? [init?: T] : [init: T];

/** What a successful answer holds: JSON where `parseAs` says nothing else, undefined where it has no body. */
type Data<Operation, I> = Operation extends { responses: infer Responses }
  ? { [S in keyof Responses & Success]: ParseAsResponse<BodyOf<Responses[S]>, I> }[keyof Responses & Success]
  : never;

type BodyOf<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : undefined;

/**
 * Sends a request of one method. Resolves to the body of the answer; rejects with an ApiError where the request was refused,
 * and with what `fetch` says where none came back.
 */
export type Call<Paths extends object, M extends Method> = <
  P extends ClientPathsWithMethod<Client<Paths>, M>,
  I extends MaybeOptionalInit<Paths[P & keyof Paths] & object, M & keyof Paths[P & keyof Paths]>,
>(
  path: P,
  ...init: Init<I>
) => Promise<Data<(Paths[P & keyof Paths] & object)[M & keyof Paths[P & keyof Paths]], I>>;

/** The requests of an API, by method. */
export interface Calls<Paths extends object> {
  readonly get: Call<Paths, 'get'>;
  readonly post: Call<Paths, 'post'>;
  readonly put: Call<Paths, 'put'>;
  readonly delete: Call<Paths, 'delete'>;
}

type Send = (
  method: Method,
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** Makes the calls of a client of openapi-fetch: they give the answer itself, or throw. */
export function callsOf<Paths extends object>(client: Client<Paths>): Calls<Paths> {
  // The types of a call are those of its path, which no code of one function for all paths can follow.
  const send = client.request as unknown as Send;
  const call =
    (method: Method) =>
    async (path: string, init: object = {}): Promise<unknown> => {
      const { data, error, response } = await send(method, path, init);
      if (!response.ok) throw refusalOf(response, error);
      return data;
    };
  return { get: call('get'), post: call('post'), put: call('put'), delete: call('delete') } as Calls<Paths>;
}
