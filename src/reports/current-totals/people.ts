import { type Ctx, resourceOf } from '../../engine/context.ts';
import { idsOf } from '../../engine/layout.ts';
import { whereFor } from '../../engine/permissions.ts';
import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import { empty, sql } from '../../store/sql.ts';

/** Somebody whose time the caller may see, and what he is working on now. */
export interface Person {
  readonly userId: number;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  /** 0: no group. */
  readonly groupId: number;
  readonly groupName: string;
  /** The open timesheet; undefined off the clock. */
  readonly open: Open | undefined;
}

export interface Open {
  readonly timesheetId: number;
  /** 0: no jobcode. */
  readonly jobcodeId: number;
  readonly jobcodeName: string;
  /** Whether its time counts; false on an unpaid break. */
  readonly counts: boolean;
  /** Epoch seconds. */
  readonly start: number;
  /** Whether a device reported where the user was since then. */
  readonly hasGeolocations: boolean;
  /** The custom fields that it has values for. */
  readonly customfieldIds: readonly number[];
}

export interface WhichPeople {
  /** Empty: all. */
  readonly userIds: readonly number[];
  /** Empty: all. 0 is no group. */
  readonly groupIds: readonly number[];
  readonly onTheClock: 'yes' | 'no' | 'both';
  /** Everyone of the company, for those who may see who is working but not the timesheets. */
  readonly whole?: boolean;
}

/** The active people whose timesheets the caller may see, or all where he says `whole`, by id. One statement. */
export async function peopleNow(
  ctx: Ctx,
  { userIds, groupIds, onTheClock, whole = false }: WhichPeople,
): Promise<Person[]> {
  const { view } = resourceOf(ctx, 'timesheets').allow;
  const ofUsers = userIds.length === 0 ? empty : sql`AND t.user_id = ANY(${userIds}::int[])`;
  const ofGroups = groupIds.length === 0 ? empty : sql`AND t.group_id = ANY(${groupIds}::int[])`;
  const present = { yes: sql`AND o.id IS NOT NULL`, no: sql`AND o.id IS NULL`, both: empty }[onTheClock];
  const rows = await ctx.db.rows(sql`
    SELECT t.user_id, t.username, t.first_name, t.last_name, t.group_id, g.name,
      o.id, o.jobcode_id, j.name, coalesce(j.type, 'regular') NOT IN ('unpaid_break', 'unpaid_time_off'), o.start_at,
      EXISTS (SELECT FROM geolocations l WHERE l.company_id = o.company_id AND l.user_id = o.user_id
        AND l.recorded_at BETWEEN o.start_at AND ${pgOfEpoch(ctx.now)}::timestamptz),
      ARRAY(SELECT json_object_keys(o.customfields)::int)
    FROM (
      SELECT u.company_id, u.id AS user_id, u.username, u.first_name, u.last_name, coalesce(u.group_id, 0) AS group_id
      FROM users u WHERE u.company_id = ${ctx.actor.companyId} AND u.active
    ) t
    LEFT JOIN groups g ON g.company_id = t.company_id AND g.id = t.group_id
    LEFT JOIN timesheets o ON o.company_id = t.company_id AND o.user_id = t.user_id
      AND o.end_at IS NULL AND o.type = 'regular'
    LEFT JOIN jobcodes j ON j.company_id = o.company_id AND j.id = o.jobcode_id
    WHERE ${whereFor(whole ? 'everyone' : view, ctx.actor)} ${ofUsers} ${ofGroups} ${present}
    ORDER BY t.user_id`);
  return rows.map((cells) => {
    const [userId, username, firstName, lastName, groupId, groupName, timesheetId, jobcodeId, jobcodeName] = cells;
    const [counts, start, hasGeolocations, customfieldIds] = cells.slice(9);
    const open = (): Open => ({
      timesheetId: Number(timesheetId),
      jobcodeId: Number(jobcodeId ?? 0),
      jobcodeName: jobcodeName ?? '',
      counts: counts === 't',
      start: epochOfPg(String(start)),
      hasGeolocations: hasGeolocations === 't',
      customfieldIds: idsOf(customfieldIds),
    });
    return {
      userId: Number(userId),
      username: String(username),
      firstName: String(firstName),
      lastName: String(lastName),
      groupId: Number(groupId),
      groupName: groupName ?? '',
      open: timesheetId === null ? undefined : open(),
    };
  });
}
