import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import type { Door } from './queries.ts';

/** A token or key that acts as one person and that no application holds. */
export interface Key {
  /** Names it without giving it away: the first half of its hash, written as a UUID. */
  readonly id: string;
  readonly door: Door;
  readonly label: string;
  readonly userId: number;
  readonly userName: string;
  readonly userActive: boolean;
  /** Epoch seconds. */
  readonly created: number;
  readonly lastUsed: number | null;
  readonly expiresAt: number | null;
}

const asUuid = sql`left(t.hash, 32)::uuid`;
// What a session of the web app gives out has a family; an application's tokens have its client id.
const isKey = sql`t.client_id IS NULL AND t.family IS NULL AND t.revoked_at IS NULL`;

/** The keys of a company that open these doors, newest first; those that expired less than 30 days ago, too. */
export async function keysOf(db: Db, companyId: number, doors: readonly Door[], id?: string): Promise<Key[]> {
  const rows = await db.rows(sql`
    SELECT ${asUuid}, t.door, t.label, u.id, coalesce(nullif(u.display_name, ''), u.first_name || ' ' || u.last_name),
           u.active, t.created, t.last_used, t.expires_at
    FROM access_tokens t JOIN users u ON u.company_id = t.company_id AND u.id = t.user_id
    WHERE t.company_id = ${companyId} AND t.door = ANY(${doors}) AND ${isKey}
      AND (${id ?? null}::uuid IS NULL OR ${asUuid} = ${id ?? null}::uuid)
    ORDER BY t.created DESC, t.hash`);
  const moment = (cell: string | null | undefined): number | null => (cell ? epochOfPg(cell) : null);
  return rows.map(([key, door, label, userId, userName, active, created, lastUsed, expiresAt]) => ({
    id: key ?? '',
    door: door as Door,
    label: label ?? '',
    userId: Number(userId),
    userName: userName ?? '',
    userActive: active === 't',
    created: epochOfPg(created ?? ''),
    lastUsed: moment(lastUsed),
    expiresAt: moment(expiresAt),
  }));
}

/** Revokes one of them; false when there is none. */
export async function revokeKey(
  db: Db,
  companyId: number,
  doors: readonly Door[],
  id: string,
  now: number,
): Promise<boolean> {
  const rows = await db.rows(sql`
    UPDATE access_tokens t SET revoked_at = ${pgOfEpoch(now)}
    WHERE t.company_id = ${companyId} AND ${asUuid} = ${id}::uuid AND t.door = ANY(${doors}) AND ${isKey} RETURNING 1`);
  return rows.length > 0;
}
