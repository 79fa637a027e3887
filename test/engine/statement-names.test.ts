import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../src/store/db.ts';
import { raw, sql } from '../../src/store/sql.ts';
import { freshDatabase } from '../support/database.ts';

test('a connection keeps a bounded number of prepared statements, however many texts there are', async () => {
  const fresh = await freshDatabase();
  const database = openDatabase({ connection: fresh.connection, size: 2 });
  try {
    await database.system.transaction(async (db) => {
      const count = async (): Promise<number> =>
        Number((await db.rows(sql`SELECT count(*) FROM pg_prepared_statements`))[0]?.[0]);
      for (let index = 0; index < 2_200; index += 1) {
        const [row] = await db.rows(sql`SELECT ${index}::int AS ${raw(`c${index}`)}`);
        assert.deepEqual(row, [String(index)]);
      }
      const [row, other] = await db.pipeline([sql`SELECT 'more'`, sql`SELECT ${'than'}::text, 'that'`]);
      assert.deepEqual([row, other], [[['more']], [['than', 'that']]]);
      assert.ok((await count()) <= 2_001, String(await count()));
    });
  } finally {
    await database.close();
    await fresh.drop();
  }
});
