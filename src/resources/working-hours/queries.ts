import type { Ctx } from '../../engine/context.ts';
import { type Constraint, readConstraints } from '../../rules/availability/constraints.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';

/** When somebody can be booked, before anything that takes his time. */
export interface WorkingHours {
  /** His own list as it was given; the setting's where he has none. */
  readonly list: readonly unknown[];
  readonly constraints: readonly Constraint[];
  /** Whether the list is his own. */
  readonly own: boolean;
  /** The IANA zone that it is read in. */
  readonly zone: string;
}

/**
 * The working hours of these users, from the company's cache: their own, else those of the setting bookings.working_hours,
 * else none, which is free at all times. At most two statements, however many users. Users who do not exist are left out.
 */
export async function workingHoursOf(
  ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>,
  userIds: Iterable<number>,
): Promise<Map<number, WorkingHours>> {
  const ids = new Set(userIds);
  const settings = await effectiveSettings(ctx, ids);
  const lists = await ownLists(ctx, ids);
  // One reading for all whom the same setting holds for.
  const ofSettings = new Map<string, Read>();
  return new Map(
    [...settings].map(([id, reader]) => {
      const own = lists.get(id)?.own;
      const text = String(reader.get('bookings', 'working_hours'));
      if (own === undefined && !ofSettings.has(text)) ofSettings.set(text, readList(text));
      const { list, constraints } = own ?? ofSettings.get(text) ?? readList(text);
      return [id, { list, constraints, own: own !== undefined, zone: String(reader.get('general', 'tz')) }];
    }),
  );
}

interface Read {
  readonly list: readonly unknown[];
  readonly constraints: readonly Constraint[];
}

/** Absent lists are remembered too. */
interface Kept {
  readonly own: Read | undefined;
}

function ownLists(ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>, ids: Iterable<number>): Promise<Map<number, Kept>> {
  const { companyId } = ctx.actor;
  return ctx.cache.rememberMany(companyId, 'working hours', ids, async (missing) => {
    const found = new Map<number, Kept>(missing.map((id) => [id, { own: undefined }]));
    const rows = await ctx.db.rows(sql`SELECT user_id, constraints FROM working_hours
      WHERE company_id = ${companyId} AND user_id = ANY(${missing}::int[])`);
    for (const [userId, list] of rows) found.set(Number(userId), { own: readList(String(list)) });
    return found;
  });
}

/** A list that was checked when it was stored; blank for none. */
function readList(json: string): Read {
  const list = json.trim() === '' ? [] : (JSON.parse(json) as unknown[]);
  return { list, constraints: readConstraints(list).constraints };
}

/** Stores a user's own list; null takes it away. What is stored already stays as it is. */
export async function storeWorkingHours(
  db: Db,
  companyId: number,
  userId: number,
  list: readonly unknown[] | null,
): Promise<void> {
  if (list === null) {
    await db.rows(sql`DELETE FROM working_hours WHERE company_id = ${companyId} AND user_id = ${userId}`);
    return;
  }
  await db.rows(sql`INSERT INTO working_hours AS w (company_id, user_id, constraints)
    VALUES (${companyId}, ${userId}, ${JSON.stringify(list)}::json)
    ON CONFLICT (company_id, user_id) DO UPDATE SET constraints = EXCLUDED.constraints
    WHERE w.constraints::text <> EXCLUDED.constraints::text`);
}
