import type { Ctx } from '../../engine/context.ts';
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

/** One line of the API. `path` is below the version: '/employees/:employee_id'. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly handler: Handler;
}
