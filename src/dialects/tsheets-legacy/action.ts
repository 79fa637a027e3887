import type { Ctx } from '../../engine/context.ts';
import type { Schema } from '../../http/openapi/types.ts';
import type { Services } from '../../http/services.ts';

/** A value of an answer. Whether something is so is written as 1 or 0. */
export type Tree = string | number | boolean | readonly Tree[] | { readonly [name: string]: Tree };

/** What an action says when it succeeds: these stand beside `status` ok. */
export interface Answer {
  readonly message: string;
  readonly fields?: { readonly [name: string]: Tree };
  /** A last property, a list that may be too long to be held in memory: it is sent while it is made. */
  readonly list?: { readonly name: string; readonly rows: AsyncIterable<Tree> };
}

/** One request of somebody who has logged in; `ctx.actor` is who. */
export interface Call {
  readonly services: Services;
  readonly ctx: Ctx;
  readonly params: Params;
}

/** Parameters by name, from the query and the body. */
export type Params = ReadonlyMap<string, string>;

/** Does one action. Throws DomainError. */
export type Action = (call: Call) => Promise<Answer>;

/** A request and its answer, as the OpenAPI document shows them; a test sends all of them to a server. */
export interface Exchange {
  readonly summary: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly message: string;
  /** What stands beside status and message. */
  readonly fields?: { readonly [name: string]: Tree };
}

/** What the OpenAPI document says of an action. */
export interface Said {
  /** The object that the action is about. */
  readonly tag: TagName;
  readonly summary: string;
  readonly description?: string;
  /** Whether it changes nothing in the company, so that a GET fits it, and doing it twice does no harm. */
  readonly reads?: true;
  /** Parameters, as properties of an object; but for action, output_format and token. */
  readonly parameters?: Schema;
  /** What an answer has beside status and message, as properties of an object; all of them where `required` is not said. */
  readonly fields?: Schema;
  readonly examples: readonly [Exchange, ...Exchange[]];
}

/** The objects of this API. */
export type TagName =
  | 'Sessions'
  | 'Clock'
  | 'Timesheets'
  | 'Project hours'
  | 'Locations'
  | 'Properties'
  | 'Job codes'
  | 'Users'
  | 'Failed requests';

/** One line of the table of actions: what it does with a call, and what is said of it. */
export interface Entry<C = Call> {
  run(call: C): Promise<Answer>;
  readonly said: Said;
}
