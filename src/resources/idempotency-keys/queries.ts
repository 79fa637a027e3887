import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Whose key it is: a key of another user is another key. */
export interface KeyOwner {
  readonly companyId: number;
  readonly userId: number;
  readonly keyHash: string;
}

/** The answer to a request that was carried out. */
export interface KeptAnswer {
  readonly fingerprint: string;
  readonly status: number;
  readonly contentType: string;
  /** Sealed with the key. */
  readonly body: string;
}

/**
 * Takes a key for a request, inside the transaction that carries it out; false when it was used already, since `validFrom`
 * (epoch seconds). Waits for a transaction that has taken the same key until its end.
 */
export async function takeKey(
  db: Db,
  { companyId, userId, keyHash }: KeyOwner,
  fingerprint: string,
  { now, validFrom }: { now: number; validFrom: number },
): Promise<boolean> {
  const rows = await db.rows(sql`
    INSERT INTO idempotency_keys AS k (company_id, user_id, key_hash, fingerprint, created)
    VALUES (${companyId}, ${userId}, ${keyHash}, ${fingerprint}, to_timestamp(${now}::float8))
    ON CONFLICT (company_id, user_id, key_hash) DO UPDATE
    SET fingerprint = excluded.fingerprint, created = excluded.created, status = NULL
    WHERE k.created < to_timestamp(${validFrom}::float8) RETURNING 1`);
  return rows.length > 0;
}

/** The answer that was kept under a key; undefined when there is none. */
export async function keptAnswer(db: Db, { companyId, userId, keyHash }: KeyOwner): Promise<KeptAnswer | undefined> {
  const [row] = await db.rows(sql`
    SELECT fingerprint, status, content_type, body FROM idempotency_keys
    WHERE company_id = ${companyId} AND user_id = ${userId} AND key_hash = ${keyHash} AND status IS NOT NULL`);
  if (row === undefined) return undefined;
  const [fingerprint, status, contentType, body] = row;
  return {
    fingerprint: String(fingerprint),
    status: Number(status),
    contentType: String(contentType),
    body: String(body),
  };
}

/** Keeps the answer, in the transaction that took the key. */
export async function keepAnswer(
  db: Db,
  { companyId, userId, keyHash }: KeyOwner,
  { status, contentType, body }: Omit<KeptAnswer, 'fingerprint'>,
): Promise<void> {
  await db.rows(sql`
    UPDATE idempotency_keys SET status = ${status}, content_type = ${contentType}, body = ${body}
    WHERE company_id = ${companyId} AND user_id = ${userId} AND key_hash = ${keyHash}`);
}

/** Forgets the keys that were taken before a moment (epoch seconds). */
export async function forgetKeys(db: Db, before: number): Promise<void> {
  await db.rows(sql`DELETE FROM idempotency_keys WHERE created < to_timestamp(${before}::float8)`);
}
