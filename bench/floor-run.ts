import pg from 'pg';
import type { Row } from './floor-rows.ts';
import type { FloorStatement } from './floor-statements.ts';

/** Runs statements, prepared, on a pool like the product's. */
export interface Run {
  (statement: FloorStatement, values: Readonly<Record<string, unknown>>, texts?: boolean): Promise<Row[]>;
  /** The text of every statement that was run. */
  readonly texts: ReadonlySet<string>;
}

/** Every cell as PostgreSQL prints it, where a Date would lose what the next statement compares. */
const asTexts = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

/** The product's pool: as many connections, the same session, the driver's pipeline mode. */
export function openFloorPool(connection: pg.PoolConfig): Run {
  const pool = new pg.Pool({
    max: 8,
    application_name: 'openpunch floor',
    options: '-c TimeZone=UTC -c DateStyle=ISO -c jit=off',
    pipeline: true,
    ...connection,
  } as pg.PoolConfig);
  const texts = new Set<string>();
  const run = async (
    statement: FloorStatement,
    values: Readonly<Record<string, unknown>>,
    raw = false,
  ): Promise<Row[]> => {
    texts.add(statement.text);
    const result = await pool.query<unknown[]>({
      name: statement.name,
      text: statement.text,
      values: statement.bind(values),
      rowMode: 'array',
      ...(raw ? { types: asTexts } : {}),
    });
    return result.rows;
  };
  return Object.assign(run, { texts });
}
