import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ctx } from '../../engine/context.ts';
import type { Services } from '../../http/services.ts';
import type { SignedIn } from '../../operations/sign-in.ts';
import type { WebSession } from '../../operations/web-sessions.ts';

/** How the history names this dialect. */
export const via = 'web';

/** A session with who has signed in. */
export interface Visitor {
  readonly ctx: Ctx;
  readonly session: WebSession;
  readonly person: SignedIn;
}

/** One request. */
export interface OpenCall {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly params: Readonly<Record<string, string>>;
  /** Undefined where nobody has signed in. */
  readonly visitor: Visitor | undefined;
}

/** A request of somebody who has signed in. */
export interface Call extends Omit<OpenCall, 'visitor'>, Visitor {}

interface Address {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /web; `:name` is a parameter. */
  readonly path: string;
  /** 200 when not given; with 204 nothing is said besides. */
  readonly status?: 201 | 204;
}

/** One call of the API, and who may make it. */
export type Route = Address &
  (
    | { readonly access: 'anybody'; readonly handler: (call: OpenCall) => Promise<unknown> }
    | {
        readonly access: 'person' | 'admin';
        /** Also for whoever must change his password first. */
        readonly beforePasswordChange?: true;
        readonly handler: (call: Call) => Promise<unknown>;
      }
  );
