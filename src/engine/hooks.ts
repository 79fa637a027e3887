import type { DomainError } from '../lib/errors.ts';
import type { Ctx } from './context.ts';
import type { Values } from './field.ts';

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
