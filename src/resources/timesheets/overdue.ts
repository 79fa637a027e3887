import { epochOfPg, pgOfEpoch } from '../../lib/time.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { settingOfUser } from '../effective-settings/queries.ts';

/** An open timesheet that is longer than its user's setting clockout_override_hours allows. */
export interface Overdue {
  readonly companyId: number;
  readonly id: number;
  readonly userId: number;
  /** 'First Last' of the user. */
  readonly name: string;
  /** IANA zone of the timesheet. */
  readonly zone: string;
  /** Epoch seconds, UTC; `end` is when it is to end: after those hours, or where later time of the user begins. */
  readonly start: number;
  readonly end: number;
  readonly hours: number;
  readonly tellAdmins: boolean;
  readonly tellManagers: boolean;
}

/** No timesheet may be longer than a week, whatever the setting says. */
const mostHours = 168;

/** Open timesheets `o` of users `u` whom the setting clockout_override clocks out after `h.hours`. */
const watched = sql`
  timesheets o
  JOIN users u ON u.company_id = o.company_id AND u.id = o.user_id
  CROSS JOIN LATERAL (SELECT ${settingOfUser('general', 'clockout_override_hours')} AS text) s
  CROSS JOIN LATERAL (
    SELECT CASE WHEN s.text ~ '^[0-9]{1,9}([.][0-9]{1,4})?$' THEN least(s.text::numeric, ${mostHours}::int) ELSE 0 END AS hours) h
  WHERE o.end_at IS NULL AND o.type = 'regular' AND h.hours > 0 AND ${settingOfUser('general', 'clockout_override')} = '1'`;
const allowedUntil = sql`start_at + round(hours * 3600)::int * interval '1 second'`;

/** When the first timesheet that is open now is to be ended (epoch seconds); undefined when none is. One statement. */
export async function nextOverdue(db: Db): Promise<number | undefined> {
  const [row] = await db.rows(sql`SELECT min(${allowedUntil}) FROM ${watched}`);
  const moment = row?.[0] ?? null;
  return moment === null ? undefined : epochOfPg(moment);
}

/**
 * The timesheets of all companies that are to be ended at a moment (epoch seconds), where the setting clockout_override is
 * on. They are locked until the transaction ends; one that somebody is changing right now is left out. One statement.
 * Reference: 07-effective-settings.md, general.
 */
export async function takeOverdue(db: Db, now: number): Promise<Overdue[]> {
  const moment = pgOfEpoch(now);
  const rows = await db.rows(sql`
    WITH open AS MATERIALIZED (
      SELECT o.company_id, o.id, o.user_id, o.start_at, o.tz_str, u.first_name || ' ' || u.last_name AS name, h.hours,
        ${settingOfUser('general', 'clockout_override_notify_admin')} AS admins,
        ${settingOfUser('general', 'clockout_override_notify_mgrs')} AS managers
      FROM ${watched} AND ${allowedUntil} <= ${moment}::timestamptz
      FOR UPDATE OF o SKIP LOCKED
    )
    SELECT company_id, id, user_id, name, tz_str, start_at, hours, admins = '1', managers = '1',
      least(${allowedUntil}, (
        SELECT min(n.start_at) FROM timesheets n WHERE n.company_id = o.company_id AND n.user_id = o.user_id
          AND n.type = 'regular' AND n.id <> o.id AND n.start_at >= o.start_at AND n.end_at > n.start_at))
    FROM open o ORDER BY company_id, id`);
  return rows.map(([companyId, id, userId, name, zone, start, hours, admins, managers, end]) => ({
    companyId: Number(companyId),
    id: Number(id),
    userId: Number(userId),
    name: String(name),
    zone: String(zone),
    start: epochOfPg(String(start)),
    end: epochOfPg(String(end)),
    hours: Number(hours),
    tellAdmins: admins === 't',
    tellManagers: managers === 't',
  }));
}
