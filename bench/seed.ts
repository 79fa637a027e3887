import type pg from 'pg';
import { peopleStatements } from './seed-people.ts';
import { timeStatement } from './seed-time.ts';
import type { Shape } from './shape.ts';

/** Emptied before; all else hangs on them. */
export const everything = 'TRUNCATE companies, history, settings RESTART IDENTITY CASCADE';
const seededTables = ['companies', 'groups', 'users', 'jobcodes', 'jobcode_assignments', 'customfields', 'settings'];
const identities = [...seededTables.filter((name) => name !== 'settings'), 'timesheets'];

/**
 * Fills an empty schema with companies, people, jobcodes and time, straight by SQL: triggers are off, and the indexes and
 * constraints of timesheets are made afterwards. Gives the largest id of a timesheet.
 */
export async function seed(client: pg.Client, shape: Shape, say: (line: string) => void): Promise<number> {
  const begin = performance.now();
  const seconds = (): string => `${((performance.now() - begin) / 1000).toFixed(0)} s`;
  say(
    `Seeding ${shape.bigRows + shape.ordinaryRows * (shape.companies - 1)} timesheets in ${shape.companies} companies.`,
  );
  await client.query("SET TimeZone = 'UTC'");
  await client.query('BEGIN');
  await client.query(everything);
  for (const table of [...seededTables, 'timesheets']) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const statement of peopleStatements(shape)) await client.query(statement);
  const restore = await dropConstraints(client);
  await client.query(timeStatement(shape));
  say(`Rows are there after ${seconds()}.`);
  for (const statement of restore) await client.query(statement);
  for (const table of [...seededTables, 'timesheets']) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  for (const table of identities) {
    const last = `(SELECT coalesce(max(id), 0) + 1 FROM ${table})`;
    await client.query(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), ${last}, false)`);
  }
  await client.query('COMMIT');
  say(`Indexes are there after ${seconds()}.`);
  await client.query('VACUUM (ANALYZE)');
  say(`Seeded in ${seconds()}.`);
  const { rows } = await client.query<{ last: number }>('SELECT max(id) AS last FROM timesheets');
  return rows[0]?.last ?? 0;
}

/** Drops all constraints and indexes of timesheets but the primary key; gives the statements that make them again. */
export async function dropConstraints(client: pg.Client): Promise<string[]> {
  const { rows: constraints } = await client.query<{ name: string; definition: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = 'timesheets'::regclass AND contype IN ('f', 'x') ORDER BY contype`,
  );
  for (const { name } of constraints) await client.query(`ALTER TABLE timesheets DROP CONSTRAINT ${name}`);
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = 'timesheets'::regclass AND NOT indisprimary`,
  );
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  return [
    ...indexes.map(({ definition }) => definition),
    ...constraints.map(({ name, definition }) => `ALTER TABLE timesheets ADD CONSTRAINT ${name} ${definition}`),
  ];
}
