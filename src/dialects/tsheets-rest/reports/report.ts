import type { Ctx } from '../../../engine/context.ts';
import type { Params } from '../../../engine/filters.ts';
import type { Table } from '../../../lib/table.ts';

/** What a client sent as `data`, by name. */
export type Filters = Readonly<Record<string, unknown>>;

/** What a client asks of a report. */
export interface Asked {
  /** The object sent as data; empty for 0, null, "" or nothing. */
  readonly data: Filters;
  /** Whether the answer carries along the rows that it refers to. */
  readonly supplemental: boolean;
  readonly query: Params;
  readonly body: unknown;
}

export interface Answer {
  /** The JSON answer, in pieces, so that a large one neither blocks nor is held twice. */
  json(): Iterable<string> | AsyncIterable<string>;
  /** The same as a table, for CSV and XLSX. */
  table(): Table;
}

/** One report: reads its filters, computes, and gives its JSON text and its table. */
export interface Report {
  /** Computes; throws DomainError for filters that make no sense. */
  run(ctx: Ctx, asked: Asked): Promise<Answer>;
}
