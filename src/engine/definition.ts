import type { DomainError } from '../lib/errors.ts';
import type { Permission } from '../rules/permissions.ts';
import type { Cells } from '../store/db.ts';
import type { Sql } from '../store/sql.ts';
import type { Actor, Ctx } from './context.ts';

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
  least?: number;
  /** Of rows and ids: how many may be given at once. */
  most?: number;
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

/** What a filter may look at besides its own value: who asks, and what else the request says. */
export interface Asked {
  readonly actor: Actor;
  /** What another parameter says; undefined when it was not given. */
  readonly text: (name: string) => string | undefined;
  /** Whether a parameter of kind 'flag' says yes. */
  readonly says: (flag: string) => boolean;
}

/** How a query parameter narrows a list. `column` is SQL over alias t unless it is a plain column name. */
export type Filter =
  | {
      kind: 'ids';
      column: string /** NOT IN */;
      except?: boolean /** 0 or null means the column is null */;
      zeroIsNull?: boolean /** this single value means no filter */;
      anything?: number;
    }
  | { kind: 'texts'; column: string /** compares without regard to case */; folded?: boolean }
  | { kind: 'integers'; column: string }
  | { kind: 'wildcard'; column: string }
  | { kind: 'yes-no-both'; column: string; byDefault: 'yes' | 'no' | 'both' }
  | {
      kind: 'choice';
      column: string;
      values: readonly string[] /** the value that means no filter */;
      everything: string;
      byDefault: string;
    }
  | { kind: 'day-from' | 'day-to'; column: string }
  | { kind: 'since' | 'before'; column: string }
  /** Ids, turned into SQL by the resource. */
  | { kind: 'ids-sql'; where: (ids: readonly number[], companyId: number, asked: Asked) => Sql }
  /** Texts, turned into SQL by the resource. */
  | { kind: 'texts-sql'; where: (texts: readonly string[], companyId: number) => Sql }
  /** One text, turned into SQL by the resource. */
  | { kind: 'text-sql'; where: (text: string, companyId: number) => Sql }
  | {
      kind: 'yes-no-both-sql';
      byDefault: 'yes' | 'no' | 'both';
      where: (yes: boolean, companyId: number, asked: Asked) => Sql;
    }
  /** One of some names, turned into SQL by the resource. */
  | {
      kind: 'choice-sql';
      values: readonly string[] /** the value that means no filter */;
      everything: string;
      byDefault: string;
      where: (choice: string, companyId: number, asked: Asked) => Sql;
    }
  /** Shows a field that is `onRequest`. */
  | { kind: 'show' }
  /** true or false; keeps all rows by itself and is heard by other filters, see Asked. */
  | { kind: 'flag' };

/** Something that holds for all rows of a write. */
export interface Option {
  values: readonly string[];
  byDefault: string;
  /** One sentence for documentation. */
  says: string;
}

export interface SortKey {
  sql: string;
  /** PostgreSQL type of the key, for continuing behind a row. */
  type: 'integer' | 'text' | 'date' | 'timestamptz';
  /** All keys of an order or none. */
  descending?: boolean;
}

export interface Follow {
  /** Resource whose rows the answer carries along. */
  resource: string;
  /** Ids of that resource that these rows refer to. */
  ids: (rows: readonly Cells[], at: (column: string) => number) => Iterable<number>;
  /** The rows are those that an earlier follow of this resource found. */
  through?: string;
  /** Follows the parents of what was found, up to the root. */
  ancestors?: string;
  /** Also for the rows of this same resource that an earlier follow found. */
  family?: boolean;
  /** Only when this parameter that shows was given. */
  onRequest?: string;
}

/** One row to be written, as the hooks see it. */
export interface Candidate {
  /** Position in the request. */
  readonly index: number;
  /** undefined when creating. */
  readonly id: number | undefined;
  /** Field names that the client gave a value for. */
  readonly given: ReadonlySet<string>;
  /** The stored row when updating. */
  readonly before: Values | undefined;
  /** What will be stored, by column; hooks of kind `prepare` may change it. */
  readonly values: Values;
  /** Values of fields of type 'secret'. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What was given for fields of type 'rows'. */
  readonly nested: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** The candidate of another resource that this one is a part of. */
  readonly parent?: Candidate;
  /** Other rows of the same resource that change with this one. */
  readonly also: { updates: Map<number, Values>; inserts: Values[] };
  /** The rows of `also` are parts of this one: they are no news besides it, and answers do not carry them. */
  asOne?: boolean;
  /**
   * An existing row that stands for this one: nothing is written (TSheets' 202, or a row that already is so). With `stored`,
   * which is that row as it is, it becomes what the candidate says: something that was ended before begins anew.
   */
  existing?: { id: number; code: 'duplicate' | 'same'; stored?: Values };
}

/** Rows of any resource that changed because of a write, by resource name. */
export type Touched = Map<string, Set<number>>;

export interface Written {
  readonly candidate: Candidate;
  readonly id: number;
}

/** Hooks see the facts that were loaded for the whole batch; `Facts` grows with every accepted candidate. */
export interface Hooks<Facts> {
  /** Loads, in a constant number of statements, all that the rules need to know about the batch. */
  facts: (ctx: Ctx, candidates: readonly Candidate[]) => Promise<Facts>;
  /** May change the candidate; returns the reason when it can not be. */
  prepare?: (candidate: Candidate, facts: Facts, ctx: Ctx) => DomainError | undefined;
  /** May only refuse. */
  check?: readonly ((candidate: Candidate, facts: Facts, ctx: Ctx) => DomainError | undefined)[];
  /** Tells the facts that the candidate was accepted, so that later items of the batch see it. */
  accept?: (candidate: Candidate, facts: Facts) => void;
  /**
   * Judges, for all accepted candidates at once, what they bring about in other resources. Gives the refusals by position;
   * `after` writes what was judged here.
   */
  together?: (ctx: Ctx, accepted: readonly Candidate[], facts: Facts) => Promise<ReadonlyMap<number, DomainError>>;
  /** Whether `after` has anything to do for a candidate; always when not given. */
  derives?: (candidate: Candidate, facts: Facts) => boolean;
  /** Writes of what the rows refer to, before they are written, in the same transaction; may change the candidates. */
  prior?: (ctx: Ctx, candidates: readonly Candidate[], facts: Facts) => Promise<void>;
  /** Derived changes, in the same transaction. */
  after?: (ctx: Ctx, written: readonly Written[], facts: Facts) => Promise<Touched>;
}

export interface Removal<Facts = unknown> {
  facts: (ctx: Ctx, rows: readonly Values[]) => Promise<Facts>;
  check?: (row: Values, facts: Facts, ctx: Ctx) => DomainError | undefined;
  /** Removes the rows in one transaction; gives the ids that were really removed. */
  remove: (ctx: Ctx, ids: readonly number[]) => Promise<ReadonlySet<number>>;
}

export interface Definition {
  /** Endpoint and key of results. */
  name: string;
  /** One of them, for sentences. */
  singular: string;
  /** Where the reference describes it. */
  spec: string;
  table: string;
  fields: Readonly<Record<string, Field>>;
  /** Columns that no field shows but hooks need, with their field type. */
  columns?: Readonly<Record<string, FieldType>>;
  /** Field whose value chooses between modes. */
  variant?: string;
  filters: Readonly<Record<string, Filter>>;
  /** A parameter that is given makes these others count for nothing. */
  overrides?: Readonly<Record<string, readonly string[]>>;
  /** At least one of these parameters must be given. */
  needsOneOf?: readonly string[];
  /** This parameter must be given. */
  needs?: readonly string[];
  /** What a write may say beside its rows, one of some words by name; see options.ts. */
  options?: Readonly<Record<string, Option>>;
  /** Total order; always ends in id. */
  sort: readonly SortKey[];
  /** Other orders, by the value of order_results_by. */
  sorts?: Readonly<Record<string, readonly SortKey[]>>;
  /** Total order of lists with modified_since; last_modified and id when not given. */
  changeSort?: readonly SortKey[];
  follow: readonly Follow[];
  /** Rows are kept in the company's cache: for resources that seldom change and are often referred to. */
  cached?: boolean;
  /**
   * Writers of one company take turns, together with those of every resource that names the same turns: for trees, limits
   * and other rules about many rows at once, which no constraint of the database can guarantee.
   */
  turns?: string;
  /** Changes too often to be announced to caches. */
  busy?: boolean;
  /** Other fields, texts or references, that together name a row in updates, such as username. */
  alternateKey?: readonly string[];
  /** Without any of these filters (of any at all) a list shows only rows whose column holds the actor's own id. */
  ownUnlessFiltered?: { column: string; by?: readonly string[] };
  verbs: ReadonlySet<'list' | 'create' | 'update' | 'remove'>;
  allow: { view: Rule; create: Rule; update: Rule; remove: Rule };
  /**
   * Rows that the actor may see besides those of `allow.view`, as SQL over alias t: where rows of other tables decide. Not for
   * cached resources.
   */
  alsoSeen?: (actor: Actor) => Sql;
  /** The sentence behind "Oops! You don't have permission to". */
  denied: { create: string; update: string; remove: string };
  // Facts are each resource's own; the engine only hands them from hook to hook.
  hooks?: Hooks<never>;
  removal?: Removal<never>;
}

/** Helps TypeScript to check a definition with its own kind of facts. */
export function defineResource<Facts = undefined, Removing = undefined>(
  definition: Omit<Definition, 'hooks' | 'removal'> & { hooks?: Hooks<Facts>; removal?: Removal<Removing> },
): Definition {
  return definition as unknown as Definition;
}
