import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** What Timekit's clients tell of a person beside what the ledger knows. */
export interface Profile {
  /** Address of a picture; empty for none. */
  readonly image: string;
  /** As the client gave it. */
  readonly meta: Readonly<Record<string, unknown>>;
}

/** The profiles of these users; who has none is left out. */
export async function profilesOf(db: Db, companyId: number, userIds: readonly number[]): Promise<Map<number, Profile>> {
  if (userIds.length === 0) return new Map();
  const rows = await db.rows(sql`
    SELECT user_id, image, meta FROM resource_profiles WHERE company_id = ${companyId} AND user_id = ANY(${userIds}::int[])`);
  return new Map(
    rows.map(([id, image, meta]) => [
      Number(id),
      { image: image ?? '', meta: JSON.parse(meta ?? '{}') as Profile['meta'] },
    ]),
  );
}

/** Stores what is given of a user's profile. */
export async function storeProfile(db: Db, companyId: number, userId: number, given: Partial<Profile>): Promise<void> {
  const { image = null } = given;
  const meta = given.meta === undefined ? null : JSON.stringify(given.meta);
  await db.rows(sql`
    INSERT INTO resource_profiles AS p (company_id, user_id, image, meta)
    VALUES (${companyId}, ${userId}, coalesce(${image}, ''), coalesce(${meta}::json, '{}'))
    ON CONFLICT (company_id, user_id) DO UPDATE
    SET image = coalesce(${image}, p.image), meta = coalesce(${meta}::json, p.meta)`);
}

/** The active users of these emails, by the email in lower case. */
export async function usersOfEmails(
  db: Db,
  companyId: number,
  emails: readonly string[],
): Promise<Map<string, number[]>> {
  const wanted = emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== '');
  const rows = await db.rows(sql`
    SELECT lower(email), to_json(array_agg(id ORDER BY id)) FROM users
    WHERE company_id = ${companyId} AND lower(email) = ANY(${wanted}::text[]) AND active GROUP BY 1`);
  return new Map(rows.map(([email, ids]) => [String(email), JSON.parse(String(ids)) as number[]]));
}

/** The users of an email, in any case of letters, active ones first. */
export async function usersOfEmail(db: Db, companyId: number, email: string): Promise<number[]> {
  const rows = await db.rows(sql`
    SELECT id FROM users WHERE company_id = ${companyId} AND lower(email) = lower(${email}) ORDER BY active DESC, id`);
  return rows.map(([id]) => Number(id));
}
