import type { Cells, Db } from './db.ts';
import { join, raw, type Sql, sql } from './sql.ts';

/** A column of a statement that writes many rows. */
export interface Column {
  readonly name: string;
  /** PostgreSQL type. */
  readonly type: string;
}

/** Rows to be written: one list of texts (or nulls) for each column, in the order of the columns. */
export type Lists = readonly (readonly (string | null)[])[];

/** Who writes, for the history: 'user id|dialect|request id'. */
export type Origin = string;

/** Statements that write many rows of one table; their text is composed once. */
export interface TableWriter {
  /**
   * Inserts rows; one that a constraint forbids is left out and takes no other with it. Gives the `returning` list of each
   * inserted row, led by its position among the input, counted from 1.
   */
  insert(db: Db, companyId: number, lists: Lists, origin: Origin): Promise<Cells[]>;
  /**
   * Updates rows, each only if it still is the version that was `seen` (its last_modified as PostgreSQL printed it). Gives
   * the `returning` list of each updated row. Throws when a constraint forbids one of them.
   */
  update(
    db: Db,
    companyId: number,
    rows: readonly { id: number; seen: string }[],
    lists: Lists,
    origin: Origin,
  ): Promise<Cells[]>;
}

/** Arrays of arrays flatten in unnest, and json has no array literal of its own: both travel as text. */
function isFlat(type: string): boolean {
  return !type.endsWith('[]') && type !== 'json';
}

function selected({ name, type }: Column): string {
  return isFlat(type) ? `i.${name}` : `i.${name}::${type}`;
}

function unnestOf(columns: readonly Column[]): { arrays: Sql; names: Sql } {
  return {
    // The values are put in place of undefined by each call.
    arrays: join(columns.map(({ type }) => sql`${undefined}::${raw(isFlat(type) ? type : 'text')}[]`)),
    names: raw(columns.map(({ name }) => name).join(', ')),
  };
}

/** Composes the statements for a table: the columns that are written, and the list that is given back (over alias t). */
export function tableWriter(table: string, columns: readonly Column[], returning: Sql): TableWriter {
  const insertText = insertStatement(table, columns, returning);
  const updateText = updateStatement(table, columns, returning);
  return {
    insert: (db, companyId, lists, origin) => db.rows({ text: insertText, values: [...lists, origin, companyId] }),
    update: (db, companyId, rows, lists, origin) =>
      db.rows({
        text: updateText,
        values: [rows.map(({ id }) => id), rows.map(({ seen }) => seen), ...lists, origin, companyId],
      }),
  };
}

function insertStatement(table: string, columns: readonly Column[], returning: Sql): string {
  const { arrays, names } = unnestOf(columns);
  return sql`
    WITH input AS MATERIALIZED (
      SELECT nextval(${raw(`'${table}_id_seq'`)})::int AS id, u.*
      FROM unnest(${arrays}) WITH ORDINALITY AS u(${names}, ord)
    ), origin AS MATERIALIZED (SELECT set_config('openpunch.origin', ${undefined}, true) AS set
    ), t AS (
      INSERT INTO ${raw(table)} (company_id, id, ${names})
      SELECT ${undefined}::int, i.id, ${raw(columns.map(selected).join(', '))}
      FROM input i, origin WHERE origin.set IS NOT NULL ORDER BY i.ord
      ON CONFLICT DO NOTHING RETURNING *
    ) SELECT i.ord, ${returning} FROM t JOIN input i ON i.id = t.id ORDER BY i.ord`.text;
}

function updateStatement(table: string, columns: readonly Column[], returning: Sql): string {
  const key: readonly Column[] = [
    { name: 'id', type: 'integer' },
    { name: 'seen', type: 'timestamptz' },
  ];
  const { arrays, names } = unnestOf([...key, ...columns]);
  const set = raw(columns.map((column) => `${column.name} = ${selected(column)}`).join(', '));
  return sql`
    WITH input AS MATERIALIZED (SELECT u.* FROM unnest(${arrays}) AS u(${names})
    ), origin AS MATERIALIZED (SELECT set_config('openpunch.origin', ${undefined}, true) AS set
    ), t AS (
      UPDATE ${raw(table)} w SET ${set} FROM input i, origin
      WHERE w.company_id = ${undefined} AND w.id = i.id AND w.last_modified = i.seen AND origin.set IS NOT NULL
      RETURNING w.*
    ) SELECT ${returning} FROM t`.text;
}

/** Names the writer for the rest of the transaction, for statements of a resource's own. */
export function originStatement(origin: Origin): Sql {
  return sql`SELECT set_config('openpunch.origin', ${origin}, true)`;
}
