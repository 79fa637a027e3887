import type { Ctx } from '../../engine/context.ts';
import type { Schema } from '../../http/openapi/types.ts';
import type { Services } from '../../http/services.ts';
import type { Fields } from './fields.ts';

/** A request whose sender is known. */
export interface Call {
  readonly services: Services;
  readonly ctx: Ctx;
  /** Of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Fields;
  /** Empty when none was sent. */
  readonly body: Fields;
}

/** Gives the body of the answer; throws the DomainError that refuses the request. */
export type Handler = (call: Call) => Promise<object>;

/** A request and its answer, as the OpenAPI document shows them; a test sends all of them to a server. */
export interface Exchange {
  readonly summary: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly answer: object;
}

/** What the OpenAPI document says of an endpoint. */
export interface Said {
  /** 'listEmployees': unique among the endpoints. */
  readonly name: string;
  /** A few words. */
  readonly summary: string;
  readonly description?: string;
  /** Fields of the query, as properties of an object. */
  readonly query?: Schema;
  /** Fields of the body, likewise. A body that requires nothing may be left out. */
  readonly body?: Schema;
  /** Whether a rule of the ledger may refuse what is valid, with a 402. */
  readonly ruled?: true;
  readonly answer: Schema;
  readonly examples: readonly [Exchange, ...Exchange[]];
  /** Name of the endpoint that clients should use, where this is another method that does the same. */
  readonly sameAs?: string;
}

/** One line of the API. `path` is below the version: '/employees/:employee_id'. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly handler: Handler;
  readonly said: Said;
}
