import type { Ctx } from '../../engine/context.ts';
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
