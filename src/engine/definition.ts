import type { ErrorKind } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import type { Sql } from '../store/sql.ts';
import type { Actor, Ctx } from './context.ts';
import type { Field, FieldType, Rule } from './field.ts';
import type { Hooks, Removal } from './hooks.ts';
import type { Filter, Follow, Option, SortKey } from './query.ts';

export type * from './field.ts';
export type * from './hooks.ts';
export type * from './query.ts';

export interface Definition {
  /** Endpoint and key of results. */
  name: string;
  /** One of them, for sentences. */
  singular: string;
  /** What it is, in a sentence or two for documentation. */
  says: string;
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
  /** A new row has at least one of these fields; its hooks refuse it otherwise. */
  madeWithOneOf?: readonly string[];
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
  /** Resources of which a write may change rows too; answers to writes carry those along. */
  touches?: readonly string[];
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
  /**
   * Fills in, whenever rows are shown, what no SQL of theirs can say, in a constant number of statements. Gives the rows in the
   * same order, and the same object where there is nothing to fill in: the rows themselves may be those of the cache.
   */
  complete?: (ctx: Ctx, rows: readonly Cells[]) => Promise<readonly Cells[]>;
  /** The sentence behind "Oops! You don't have permission to". */
  denied: { create: string; update: string; remove: string };
  /** A new row that says what an existing one says stands for that one, and nothing is written. */
  duplicates?: true;
  /** What refusals of these kinds mean here, where there is more to say than the name of the kind; for documentation. */
  refusals?: Partial<Record<ErrorKind, string>>;
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
