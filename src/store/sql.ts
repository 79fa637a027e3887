/** SQL text with bound parameters. Everything a client sends travels as a parameter, never as text. */
export { default as sql, empty, join, raw, Sql } from 'sql-template-tag';

/** What the database runs: an `Sql`, or a text that was composed once with the values of this time. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}
