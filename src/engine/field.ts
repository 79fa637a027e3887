import type { Permission } from '../rules/permissions.ts';

/** A value between wire and database: instants are epoch seconds, days are 'YYYY-MM-DD', maps hold texts by id. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly number[]
  | readonly string[]
  | ReadonlyMap<number, string>;
/** Values by column name. */
export type Values = Record<string, Value>;

/**
 * - read-only: never written from outside; equal or empty values are tolerated.
 * - write-once: accepted when creating, read-only afterwards.
 * - write-only: never rendered, filtered, sorted by or put in supplemental data.
 */
export type Mode = 'read-only' | 'read-write' | 'write-once' | 'write-only';

/** A permission rule is data with two readers: `permits` decides about one row, `whereFor` selects rows in SQL. */
export type Rule =
  | 'everyone'
  | 'nobody'
  | { has: Permission }
  /** The row's column holds the actor's own user id. */
  | { self: string }
  /** The row's column holds a user of a group that the actor manages. */
  | { manages: string }
  /** The row's column holds a group that the actor manages. */
  | { managesGroup: string }
  /** The row's column holds a project whose jobcode the actor may use. */
  | { memberOf: string }
  /** The row's column holds the actor's own user id, and being an admin does not help. */
  | { onlySelf: string }
  /** The row's column is null. */
  | { unset: string }
  /** The row's column holds a user of the actor's own group. */
  | { colleague: string }
  /** The row's boolean column is false. */
  | { isFalse: string }
  | { any: readonly Rule[] }
  | { all: readonly Rule[] };

export type FieldType =
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'text'
  | 'day'
  | 'instant'
  /** An instant that prints in the offset that `offset` (a column of minutes) holds. */
  | 'local-instant'
  /** Minutes east of UTC, printed in hours. */
  | 'offset-hours'
  | 'choice'
  /** The id of a row of `references`; 0 or '' mean none where it is not required. */
  | 'reference'
  | 'ids'
  /** A set of names out of `values`, an object of booleans on the wire. */
  | 'flags'
  /** Texts by id. */
  | 'map'
  /** JSON made by the database, read only. */
  | 'json'
  /** Taken in by a hook and stored elsewhere, such as a password. */
  | 'secret'
  /** Ids of rows of the resources in `values`, an object of lists by resource; see links.ts. */
  | 'links'
  /** Rows of `references` that belong to this one: objects on input make new ones, answers show their ids by `sql`. */
  | 'rows'
  /** An object of named values, those that `keys` describes; a value between wire and database is its JSON text. */
  | 'record';

export interface Field {
  type: FieldType;
  /** One mode, or one for each value of the definition's variant. */
  mode: Mode | Readonly<Record<string, Mode>>;
  /** Column that holds it; the field's own name when not given. */
  column?: string;
  /** SQL over alias t for computed fields; such fields are read-only. */
  sql?: string;
  /** Its `sql` may name viewer.id, the user who looks; not in cached resources. */
  personal?: boolean;
  /** A day that clients may also give as a date and time, of which the date counts. */
  withTime?: boolean;
  /** Column with the offset of a local instant, in minutes. */
  offset?: string;
  values?: readonly string[];
  /** Of choice: those of `values` that clients may give, where a rule keeps the others to the server; for documentation. */
  given?: readonly string[];
  /** Other names of flags and choices that clients may use; answers use the name in `values`. */
  alsoCalled?: Readonly<Record<string, string>>;
  references?: string;
  /** Of rows: the field of theirs that holds the id of this one. */
  by?: string;
  /** Must be given (and not blank) when creating; for the named variants only when a list is given. */
  required?: boolean | readonly string[];
  /** A required reference may be 0, which means none (or everyone). */
  orNone?: boolean;
  /** Used when creating without it. */
  byDefault?: Value;
  /** The actor's own id when creating without it. */
  ownByDefault?: boolean;
  /** Longest text in characters; 255 when not given. */
  longest?: number;
  /** An integer that may have no value: a blank takes it away, and it prints blank then. */
  nullable?: true;
  least?: number;
  /** Of rows and ids: how many may be given at once. */
  most?: number;
  /** Of json: seconds by id, lists of ids by id, or lists of ids under these names; ids are numbers or texts. */
  holds?: 'seconds' | 'ids' | 'ids as texts' | { idsOf: readonly string[]; asTexts?: true };
  /** The only numbers that are allowed. */
  oneOf?: readonly number[];
  /** What a record may hold: texts and integers, each by its own rules. */
  keys?: Readonly<Record<string, Field>>;
  /** A text that is a comma separated list, which may be given as an array. */
  listed?: true;
  /** Texts must match it; `says` tells the person what is allowed. */
  pattern?: { test: RegExp; says: string };
  /** Who sees it; everyone who sees the row when not given. Filtering and sorting obey it too. */
  readBy?: Rule;
  /** Who may set it; whoever may write the row when not given. */
  writeBy?: Rule;
  /** What an unset day prints as; '' when not given. */
  unset?: string;
  /** Left out of answers unless the named query parameter asks for it. */
  onRequest?: string;
  /** One sentence for documentation. */
  says: string;
}
