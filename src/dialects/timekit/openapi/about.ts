import type { Parameter, Schema } from '../../../http/openapi/types.ts';

/** The objects of the API, as the reference names them. */
export type TagName =
  | 'Apps'
  | 'Resources'
  | 'Calendars'
  | 'Events'
  | 'Projects'
  | 'Availability'
  | 'Bookings'
  | 'Credentials';

/** What is said of one call, beside what its route says already: method, path, keys, kind of body. */
export interface About {
  /** The operationId without the dialect, such as 'listBookings'. Unique, but for old names of the same call. */
  readonly name: string;
  readonly tag: TagName;
  readonly summary: string;
  /** Markdown. */
  readonly text?: string;
  /** What each parameter of the path is, where it is more than the id of the thing. */
  readonly params?: Readonly<Record<string, Schema>>;
  readonly query?: readonly Parameter[];
  /** Names for `include`. */
  readonly include?: readonly string[];
  /** What the body says; none where it is not read. */
  readonly body?: Schema;
  /** The body may be left out. */
  readonly bodyOptional?: true;
  /** What `data` of the answer is; without it the answer is 204, and has no body. */
  readonly data?: Schema;
  /** Keys beside `data`. */
  readonly beside?: Readonly<Record<string, Schema>>;
  /** The answer is a page of a list. */
  readonly paged?: true;
  /** Something was made: 201. */
  readonly creates?: true;
  /** Times are read in the format that the client names. */
  readonly readsTimes?: true;
  /** Names its application by the header alone, having no key that could. */
  readonly needsApp?: true;
  /** The query or the body names things that may not be there: 404, also where the path names nothing. */
  readonly names?: true;
  /** An old name of another call: the name of that one, whose examples hold for it. */
  readonly oldNameOf?: string;
}
