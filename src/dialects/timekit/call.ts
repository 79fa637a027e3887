import type { FastifyRequest } from 'fastify';
import type { Ctx } from '../../engine/context.ts';
import type { Services } from '../../http/services.ts';
import type { BookingApp } from '../../operations/booking-apps.ts';
import type { Door } from '../../operations/tokens.ts';

/** One request, with everything that all calls have in common read already. */
export interface Call {
  readonly services: Services;
  readonly ctx: Ctx;
  /** The application that the key belongs to; whatever is an application's is looked up in this one only. */
  readonly app: BookingApp;
  /** The kind of key: see `onlyOf` for those of one person. */
  readonly door: Door;
  readonly request: FastifyRequest;
  /** Of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON object that came; empty where none did. A route of lists reads `list` instead. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The JSON list that came, for the routes that take lists. */
  readonly list: readonly unknown[];
  /** Timekit-Timezone, in the proper case of letters; UTC where the request names none. */
  readonly zone: string;
  readonly includes: ReadonlySet<string>;
  /** A moment in the format that the client asks for, in its zone or in this one. */
  writeTime(epochSeconds: number, zone?: string): string;
  /**
   * A moment that the client gave: epoch seconds. Without an offset it is read in Timekit-Timezone, or else in this zone.
   * Throws Invalid, which names the field.
   */
  readTime(field: string, value: unknown, zone?: string): number;
}

/** Which rows of a listing are answered, of how many. */
export interface Page {
  readonly total: number;
  readonly limit: number;
  /** Counted from 1. */
  readonly page: number;
}

/** What is answered: `data` in the envelope (never null), the keys of a page beside it, and `more` beside those. */
export interface Reply {
  /** 200 where not given; 204 answers no body. */
  readonly status?: number;
  readonly data?: unknown;
  readonly page?: Page;
  readonly more?: Readonly<Record<string, unknown>>;
}

export type Handler = (call: Call) => Promise<Reply>;

/** The user whom a key of one person is limited to; undefined for the keys of an application. */
export function onlyOf({ door, ctx }: Pick<Call, 'door' | 'ctx'>): number | undefined {
  return door === 'timekit-server' || door === 'timekit-client' ? ctx.actor.userId : undefined;
}
