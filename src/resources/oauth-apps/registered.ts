import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** An application as its company looks after it. */
export interface RegisteredApp {
  readonly clientId: string;
  readonly name: string;
  readonly description: string;
  readonly redirectUris: readonly string[];
  readonly active: boolean;
  /** People, of any company, who hold a refresh token that is good. */
  readonly people: number;
  /** Epoch seconds. */
  readonly created: number;
  readonly secretCreated: number;
  /** When one of its access tokens was used last; those are deleted 30 days after they expired. */
  readonly lastUsed: number | null;
}

/** What of an application can be changed. */
export type AppChange = Partial<Pick<RegisteredApp, 'name' | 'description' | 'redirectUris' | 'active'>>;

/** The applications that a company has registered, newest first; or the one of a client id. */
export async function registeredApps(
  db: Db,
  companyId: number,
  now: number,
  clientId?: string,
): Promise<RegisteredApp[]> {
  const rows = await db.rows(sql`
    SELECT a.client_id, a.name, a.description, to_json(a.redirect_uris), a.active, a.created, a.secret_created,
      (SELECT count(DISTINCT (r.company_id, r.user_id)) FROM refresh_tokens r
       WHERE r.client_id = a.client_id AND r.used_at IS NULL AND r.revoked_at IS NULL AND r.expires_at > ${pgOfEpoch(now)}),
      (SELECT max(t.last_used) FROM access_tokens t WHERE t.client_id = a.client_id)
    FROM oauth_apps a
    WHERE a.company_id = ${companyId} AND (${clientId ?? null}::text IS NULL OR a.client_id = ${clientId ?? null})
    ORDER BY a.created DESC, a.client_id`);
  return rows.map(([id, name, description, uris, active, created, secretCreated, people, lastUsed]) => ({
    clientId: id ?? '',
    name: name ?? '',
    description: description ?? '',
    redirectUris: JSON.parse(uris ?? '[]') as string[],
    active: active === 't',
    people: Number(people),
    created: epochOfPg(created ?? ''),
    secretCreated: epochOfPg(secretCreated ?? ''),
    lastUsed: lastUsed ? epochOfPg(lastUsed) : null,
  }));
}

/** Changes an application; what is not given stays. False when the company has no such application. */
export async function updateApp(db: Db, companyId: number, clientId: string, change: AppChange): Promise<boolean> {
  const rows = await db.rows(sql`
    UPDATE oauth_apps SET name = coalesce(${change.name ?? null}, name),
      description = coalesce(${change.description ?? null}, description),
      redirect_uris = coalesce(${change.redirectUris ?? null}::text[], redirect_uris),
      active = coalesce(${change.active ?? null}::boolean, active)
    WHERE client_id = ${clientId} AND company_id = ${companyId} RETURNING 1`);
  return rows.length > 0;
}

/**
 * Deletes an application with its tokens and whatever else refers to it, inside a transaction. Gives the companies in which it had
 * tokens; undefined when the company has no such application.
 */
export async function deleteApp(db: Db, companyId: number, clientId: string): Promise<number[] | undefined> {
  // Locked first: nothing new can refer to it from here on.
  const [row] = await db.rows(sql`
    SELECT 1 FROM oauth_apps WHERE client_id = ${clientId} AND company_id = ${companyId} FOR UPDATE`);
  if (row === undefined) return undefined;
  const [companies = []] = await db.pipeline([
    sql`WITH gone AS (DELETE FROM access_tokens WHERE client_id = ${clientId} RETURNING company_id)
        SELECT DISTINCT company_id FROM gone`,
    sql`DELETE FROM refresh_tokens WHERE client_id = ${clientId}`,
    sql`DELETE FROM authorization_codes WHERE client_id = ${clientId}`,
    sql`DELETE FROM authorization_requests WHERE client_id = ${clientId}`,
    sql`DELETE FROM oauth_apps WHERE client_id = ${clientId}`,
  ]);
  return companies.map(([id]) => Number(id));
}
