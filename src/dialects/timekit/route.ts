import type { FastifyRequest } from 'fastify';
import type { Services } from '../../http/services.ts';
import type { BookingApp } from '../../operations/booking-apps.ts';
import type { Door } from '../../operations/tokens.ts';
import type { Handler } from './call.ts';
import type { About } from './openapi/about.ts';

/** One call of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /v2; `:name` is a parameter. */
  readonly path: string;
  readonly handler: Handler;
  /** What the description of the API says of it. */
  readonly about: About;
  /** The kinds of keys that may call it: `serverDoors` when not given. */
  readonly doors?: readonly Door[];
  /** The kind of thing that a 404 of it names, such as 'Booking'. */
  readonly model: string;
  /** The body is a JSON list, not an object; or may be either. */
  readonly list?: boolean | 'also';
  /** Needs no key: finds the application as whose owner it is answered, or throws NotFound. */
  readonly open?: (services: Services, request: FastifyRequest) => Promise<BookingApp>;
}

/** The keys of servers: everything of an application, or of one person. */
export const serverDoors: readonly Door[] = ['timekit', 'timekit-server'];
/** Those, and the keys that web pages carry. Reference: (a) Authentication, (d) Who calls what. */
export const everyDoor: readonly Door[] = [...serverDoors, 'timekit-widget', 'timekit-client'];
/** Those, without the widget's: what a page that knows one person may ask besides. */
export const personDoors: readonly Door[] = [...serverDoors, 'timekit-client'];
