import { pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** How somebody is invited. */
export type ContactMethod = 'email' | 'sms';

/** An invitation that waits to be taken; `hash` is what is stored of the secret in its link. */
export interface OpenInvitation {
  readonly userId: number;
  readonly hash: string;
  readonly contactMethod: ContactMethod;
  /** Mail address or mobile number. */
  readonly contactInfo: string;
}

/** Keeps invitations of different users, each in the place of an earlier one of its user. Moments in epoch seconds. */
export async function storeInvitations(
  db: Db,
  { companyId, userId: inviter }: { readonly companyId: number; readonly userId: number },
  invitations: readonly OpenInvitation[],
  now: number,
  expiresAt: number,
): Promise<void> {
  const list = (name: keyof OpenInvitation): unknown[] => invitations.map((invitation) => invitation[name]);
  await db.rows(sql`
    INSERT INTO invitations (company_id, user_id, hash, contact_method, contact_info, invited_by, created, expires_at)
    SELECT ${companyId}::int, i.*, ${inviter}::int, ${pgOfEpoch(now)}::timestamptz, ${pgOfEpoch(expiresAt)}::timestamptz
    FROM unnest(${list('userId')}::int[], ${list('hash')}::text[], ${list('contactMethod')}::text[],
      ${list('contactInfo')}::text[]) AS i (user_id, hash, contact_method, contact_info)
    ORDER BY i.user_id
    ON CONFLICT (company_id, user_id) DO UPDATE SET (hash, contact_method, contact_info, invited_by, created, expires_at)
      = ROW (excluded.hash, excluded.contact_method, excluded.contact_info, excluded.invited_by, excluded.created,
             excluded.expires_at)`);
}

/** Ends the invitations of users; where wanted, not those that an admin made. */
export async function revokeInvitations(
  db: Db,
  companyId: number,
  userIds: readonly number[],
  { exceptByAdmins = false } = {},
): Promise<void> {
  if (userIds.length === 0) return;
  await db.rows(sql`
    DELETE FROM invitations i WHERE company_id = ${companyId} AND user_id = ANY(${userIds}::int[])
      AND NOT (${exceptByAdmins}::boolean AND EXISTS (
        SELECT FROM users u WHERE u.company_id = i.company_id AND u.id = i.invited_by AND 'admin' = ANY(u.permissions)))`);
}

/** The active user whom an invitation is for, while it is open. */
export async function invitedUser(db: Db, companyId: number, hash: string, now: number): Promise<number | undefined> {
  const [row] = await db.rows(sql`
    SELECT u.id FROM invitations i JOIN users u ON u.company_id = i.company_id AND u.id = i.user_id
    WHERE i.company_id = ${companyId} AND i.hash = ${hash} AND i.expires_at > ${pgOfEpoch(now)} AND u.active`);
  return row === undefined ? undefined : Number(row[0]);
}

/**
 * Takes an invitation, once: its user need not change his password, the address or number by which it reached him is his
 * where he had none, and his mail address is verified where it is the one. False when it is not open any more.
 */
export async function takeInvitation(db: Db, companyId: number, hash: string, now: number): Promise<boolean> {
  const at = pgOfEpoch(now);
  const rows = await db.rows(sql`
    WITH i AS (
      DELETE FROM invitations WHERE company_id = ${companyId} AND hash = ${hash} AND expires_at > ${at}::timestamptz
      RETURNING *
    ), u AS (
      UPDATE users u SET require_password_change = false,
        email = CASE WHEN i.contact_method = 'email' AND u.email = '' THEN i.contact_info ELSE u.email END,
        email_verified = u.email_verified
          OR (i.contact_method = 'email' AND lower(u.email) IN ('', lower(i.contact_info))),
        mobile_number = CASE WHEN i.contact_method = 'sms' AND u.mobile_number = '' THEN i.contact_info
          ELSE u.mobile_number END
      FROM i WHERE u.company_id = i.company_id AND u.id = i.user_id AND u.active
      RETURNING u.company_id, u.id
    )
    INSERT INTO user_activity AS a (company_id, user_id, last_active) SELECT company_id, id, ${at}::timestamptz FROM u
    ON CONFLICT (company_id, user_id) DO UPDATE SET last_active = greatest(a.last_active, excluded.last_active)
    RETURNING 1`);
  return rows.length > 0;
}
