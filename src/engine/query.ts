import type { Cells } from '../store/db.ts';
import type { Sql } from '../store/sql.ts';
import type { Actor } from './context.ts';

/** What a filter may look at besides its own value: who asks, and what else the request says. */
export interface Asked {
  readonly actor: Actor;
  /** What another parameter says; undefined when it was not given. */
  readonly text: (name: string) => string | undefined;
  /** Whether a parameter of kind 'flag' says yes. */
  readonly says: (flag: string) => boolean;
}

/** How a query parameter narrows a list. `column` is SQL over alias t unless it is a plain column name. */
export type Filter = {
  /** One sentence for documentation, where kind and column do not say it all. */ says?: string;
} & (
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
  | {
      kind: 'texts-sql' /** the texts that are allowed; any without it */;
      values?: readonly string[];
      where: (texts: readonly string[], companyId: number) => Sql;
    }
  /** One text, turned into SQL by the resource. */
  | {
      kind: 'text-sql' /** what `where` reads out of the text, and refuses otherwise */;
      holds?: 'day' | 'moment';
      where: (text: string, companyId: number) => Sql;
    }
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
  | { kind: 'flag' }
);

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
