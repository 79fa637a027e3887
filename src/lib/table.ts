/** Text, number, or nothing. */
export type TableCell = string | number | null;

/** Rows of cells below a heading, in the order of their printing, for CSV and spreadsheets. */
export interface Table {
  /** Names the file, without an ending. */
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: Iterable<readonly TableCell[]> | AsyncIterable<readonly TableCell[]>;
}
