import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** A company in short. */
export interface Company {
  readonly id: number;
  readonly clientUrl: string;
  readonly name: string;
}

/** The first user of a company. */
export interface NewUser {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly permissions: readonly string[];
}

/** Makes a company. A taken client_url is a conflict. */
export async function insertCompany(db: Db, name: string, clientUrl: string): Promise<number> {
  const [row] = await db.rows(
    sql`INSERT INTO companies (name, client_url) VALUES (${name}, ${clientUrl}) RETURNING id`,
  );
  return Number(row?.[0]);
}

async function oneCompany(db: Db, condition: ReturnType<typeof sql>): Promise<Company | undefined> {
  const [row] = await db.rows(sql`SELECT id, client_url, name FROM companies WHERE ${condition}`);
  return row && { id: Number(row[0]), clientUrl: row[1] ?? '', name: row[2] ?? '' };
}

/** The company of an address (client_url), in any case of letters. */
export function findCompany(db: Db, clientUrl: string): Promise<Company | undefined> {
  return oneCompany(db, sql`lower(client_url) = lower(${clientUrl})`);
}

/** The company of an id. */
export function companyOf(db: Db, companyId: number): Promise<Company | undefined> {
  return oneCompany(db, sql`id = ${companyId}`);
}

/** Makes the first user of a company. */
export async function insertFirstUser(db: Db, companyId: number, user: NewUser): Promise<number> {
  const [row] = await db.rows(sql`
    INSERT INTO users (company_id, username, first_name, last_name, email, permissions)
    VALUES (${companyId}, ${user.username}, ${user.firstName}, ${user.lastName}, ${user.email}, ${user.permissions})
    RETURNING id`);
  return Number(row?.[0]);
}

/** The last day to which the books of a company are closed; undefined where they are not. */
export async function lockDateOf(db: Db, companyId: number): Promise<string | undefined> {
  const [row] = await db.rows(sql`SELECT lock_date FROM companies WHERE id = ${companyId}`);
  return row?.[0] ?? undefined;
}
