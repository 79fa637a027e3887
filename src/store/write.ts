import type { Cells, Db } from './db.ts';
import { join, raw, type Sql, sql } from './sql.ts';

/** A column of a statement that writes many rows: one text (or null) a row. */
export interface Column {
  name: string;
  /** PostgreSQL type. */
  type: string;
  texts: readonly (string | null)[];
}

/** Who writes, for the history: 'user id|dialect|request id'. */
export type Origin = string;

function unnestOf(columns: readonly Column[]): { arrays: Sql; names: Sql } {
  return {
    arrays: join(columns.map(({ type, texts }) => sql`${texts}::${raw(isFlat(type) ? type : 'text')}[]`)),
    names: raw(columns.map(({ name }) => name).join(', ')),
  };
}

/** Arrays of arrays flatten in unnest, and json has no array literal of its own: both travel as text. */
function isFlat(type: string): boolean {
  return !type.endsWith('[]') && type !== 'json';
}

function selected({ name, type }: Column): string {
  return isFlat(type) ? `i.${name}` : `i.${name}::${type}`;
}

/**
 * Inserts many rows in one statement; a row that a constraint forbids is left out and takes no other with it. Gives the
 * `returning` list of each inserted row, led by its position among the input, counted from 1.
 */
export function insertMany(
  db: Db,
  table: string,
  companyId: number,
  columns: readonly Column[],
  returning: Sql,
  origin: Origin,
): Promise<Cells[]> {
  const { arrays, names } = unnestOf(columns);
  return db.rows(sql`
    WITH input AS MATERIALIZED (
      SELECT nextval(${raw(`'${table}_id_seq'`)})::int AS id, u.*
      FROM unnest(${arrays}) WITH ORDINALITY AS u(${names}, ord)
    ), origin AS MATERIALIZED (SELECT set_config('openpunch.origin', ${origin}, true) AS set
    ), t AS (
      INSERT INTO ${raw(table)} (company_id, id, ${names})
      SELECT ${companyId}::int, i.id, ${raw(columns.map(selected).join(', '))}
      FROM input i, origin WHERE origin.set IS NOT NULL ORDER BY i.ord
      ON CONFLICT DO NOTHING RETURNING *
    ) SELECT i.ord, ${returning} FROM t JOIN input i ON i.id = t.id ORDER BY i.ord`);
}

/**
 * Updates many rows in one statement, each only if it still is the version that was `seen` (its last_modified as
 * PostgreSQL printed it). Gives the `returning` list of each updated row. Throws when a constraint forbids one of them.
 */
export function updateMany(
  db: Db,
  table: string,
  companyId: number,
  rows: readonly { id: number; seen: string }[],
  columns: readonly Column[],
  returning: Sql,
  origin: Origin,
): Promise<Cells[]> {
  const key: Column[] = [
    { name: 'id', type: 'integer', texts: rows.map(({ id }) => String(id)) },
    { name: 'seen', type: 'timestamptz', texts: rows.map(({ seen }) => seen) },
  ];
  const { arrays, names } = unnestOf([...key, ...columns]);
  const set = raw(columns.map((column) => `${column.name} = ${selected(column)}`).join(', '));
  return db.rows(sql`
    WITH input AS MATERIALIZED (SELECT u.* FROM unnest(${arrays}) AS u(${names})
    ), origin AS MATERIALIZED (SELECT set_config('openpunch.origin', ${origin}, true) AS set
    ), t AS (
      UPDATE ${raw(table)} w SET ${set} FROM input i, origin
      WHERE w.company_id = ${companyId} AND w.id = i.id AND w.last_modified = i.seen AND origin.set IS NOT NULL
      RETURNING w.*
    ) SELECT ${returning} FROM t`);
}

/** Names the writer for the rest of the transaction, for statements of a resource's own. */
export function originStatement(origin: Origin): Sql {
  return sql`SELECT set_config('openpunch.origin', ${origin}, true)`;
}
