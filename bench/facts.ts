import type pg from 'pg';
import { issueToken } from '../src/operations/tokens.ts';
import { CompanyCache } from '../src/store/cache.ts';
import { openDatabase } from '../src/store/db.ts';
import { sql } from '../src/store/sql.ts';
import { withClient } from './database.ts';
import { bigCompany, pagedCompany, writtenCompany } from './shape.ts';

/** What the workloads need to know about the seeded data. */
export interface Facts {
  /** Headers of the requests for a company: the administrator's token, and for the floor the company. */
  readonly headers: Readonly<Record<number, Readonly<Record<string, string>>>>;
  readonly writers: readonly number[];
  readonly clockers: readonly number[];
  /** Jobcodes of the written company that time may be recorded on. */
  readonly jobcodes: readonly number[];
  /** Ids of timesheets of the paged company. */
  readonly timesheets: readonly number[];
  /** Days with time in the paged company, ascending. */
  readonly days: readonly string[];
}

/** Reads the facts and makes tokens. */
export async function readFacts(connection: pg.ClientConfig): Promise<Facts> {
  const headers = await makeHeaders(connection, [bigCompany, writtenCompany, pagedCompany]);
  return withClient(connection, async (client) => {
    const ids = async (statement: string): Promise<number[]> => {
      const { rows } = await client.query<{ id: number }>(statement);
      return rows.map(({ id }) => id);
    };
    const people = (name: string): Promise<number[]> =>
      ids(`SELECT id FROM users WHERE company_id = ${writtenCompany} AND username LIKE '${name}-%' ORDER BY id`);
    const { rows: days } = await client.query<{ day: string }>(
      `SELECT DISTINCT date::text AS day FROM timesheets WHERE company_id = ${pagedCompany} ORDER BY 1`,
    );
    return {
      headers,
      writers: await people('writer'),
      clockers: await people('clocker'),
      jobcodes: await ids(
        `SELECT id FROM jobcodes WHERE company_id = ${writtenCompany} AND parent_id IS NOT NULL ORDER BY id`,
      ),
      timesheets: await ids(`SELECT id FROM timesheets WHERE company_id = ${pagedCompany} ORDER BY id`),
      days: days.map(({ day }) => day),
    };
  });
}

/** Headers with a token of the administrator, by company. */
export async function makeHeaders(
  connection: pg.ClientConfig,
  companies: readonly number[],
): Promise<Facts['headers']> {
  const database = openDatabase({ connection: connection as pg.PoolConfig, size: 1 });
  try {
    const entries = companies.map(async (companyId) => {
      const [row] = await database.system.rows(
        sql`SELECT id FROM users WHERE company_id = ${companyId} AND username = 'admin'`,
      );
      const input = { companyId, userId: Number(row?.[0]), label: 'bench' };
      const now = Math.floor(Date.now() / 1000);
      const token = await issueToken({ database, cache: new CompanyCache() }, input, now);
      return [companyId, { authorization: `Bearer ${token}`, 'x-company': String(companyId) }] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  } finally {
    await database.close();
  }
}
