import type { DueTime } from '../../rules/due-times.ts';
import type { ReminderType, Switches } from '../../rules/reminders.ts';
import type { Cells, Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { defaultOf } from '../effective-settings/defaults.ts';
import { settingOfUser } from '../effective-settings/queries.ts';
import { onTheClock, onTimeOff } from '../timesheets/presence.ts';

/** What a reminder says. */
export interface Reminder extends Switches {
  readonly dueTime: string;
  readonly days: readonly string[];
  readonly methods: readonly string[];
}

/** Somebody who may have to be reminded, at a local time of his that falls due. */
export interface Reminded extends DueTime {
  readonly companyId: number;
  readonly userId: number;
  readonly type: ReminderType;
  /** Whether text messages are switched on for him. */
  readonly sms: boolean;
  readonly own: Reminder | undefined;
  readonly companyWide: Reminder | undefined;
}

/** Every time zone that anybody may live in. */
export async function zonesInUse(db: Db): Promise<string[]> {
  const rows = await db.rows(sql`
    SELECT DISTINCT value #>> '{}' FROM settings WHERE section = 'general' AND key = 'tz' AND value::text <> 'null'`);
  return [...new Set([...rows.map(([zone]) => String(zone)), String(defaultOf('general', 'tz'))])];
}

/**
 * Those with a reminder, of their own or of their company, at one of these times of their zones: active users who track
 * time, where the setting reminders.installed allows it. One statement for all companies.
 */
export async function remindedAt(db: Db, due: readonly (DueTime & { zone: string })[]): Promise<Reminded[]> {
  const rows = await db.rows(sql`
    WITH due AS (
      SELECT * FROM unnest(${due.map(({ zone }) => zone)}::text[], ${due.map(({ time }) => time)}::text[],
        ${due.map(({ day }) => day)}::text[], ${due.map(({ weekday }) => weekday)}::text[]) AS d (zone, time, day, weekday)
    ), concerned AS MATERIALIZED (
      SELECT DISTINCT company_id, coalesce(user_id, 0) AS user_id FROM reminders
      WHERE active AND due_time IN (SELECT time FROM due)
    ), people AS MATERIALIZED (
      SELECT u.company_id, u.id, ${settingOfUser('general', 'tz')} AS zone,
        ${settingOfUser('sms', 'installed')} = '1' AS sms
      FROM users u
      WHERE EXISTS (SELECT FROM concerned c WHERE c.company_id = u.company_id AND c.user_id IN (0, u.id))
        AND u.active AND 'time_tracking' = ANY(u.permissions) AND ${settingOfUser('reminders', 'installed')} = '1'
    )
    SELECT p.company_id, p.id, k.type, p.sms, d.time, d.day, d.weekday,
      o.due_time, o.due_days_of_week, o.distribution_methods, o.active, o.enabled,
      c.due_time, c.due_days_of_week, c.distribution_methods, c.active, c.enabled
    FROM people p JOIN due d ON d.zone = p.zone CROSS JOIN (VALUES ('clock-in'), ('clock-out')) AS k (type)
    LEFT JOIN reminders o ON o.company_id = p.company_id AND o.user_id = p.id AND o.reminder_type = k.type
    LEFT JOIN reminders c ON c.company_id = p.company_id AND c.user_id IS NULL AND c.reminder_type = k.type
    WHERE d.time IN (o.due_time, c.due_time)
    ORDER BY p.company_id, p.id, k.type`);
  return rows.map(([companyId, userId, type, sms, time, day, weekday, ...reminders]) => ({
    companyId: Number(companyId),
    userId: Number(userId),
    type: type as ReminderType,
    sms: sms === 't',
    time: String(time),
    day: String(day),
    weekday: String(weekday),
    own: reminderOf(reminders.slice(0, 5)),
    companyWide: reminderOf(reminders.slice(5)),
  }));
}

function reminderOf([dueTime = null, days, methods, active, enabled]: Cells): Reminder | undefined {
  if (dueTime === null) return undefined;
  return {
    dueTime,
    days: String(days).split(','),
    methods: String(methods).split(','),
    active: active === 't',
    enabled: enabled === 't',
  };
}

/** A reminder of one local day. */
export interface DayOfReminder {
  readonly companyId: number;
  readonly userId: number;
  readonly type: ReminderType;
  readonly day: string;
}

/**
 * Notes who is reminded now: of clocking in whoever is off the clock and has no time off at this moment, of clocking out
 * whoever is on the clock; each once a day. Gives those, in the order given.
 */
export async function noteSent<T extends DayOfReminder>(db: Db, all: readonly T[], now: number): Promise<T[]> {
  const rows = await db.rows(sql`
    INSERT INTO reminders_sent (company_id, user_id, reminder_type, day)
    SELECT company_id, user_id, reminder_type, day
    FROM unnest(${all.map(({ companyId }) => companyId)}::int[], ${all.map(({ userId }) => userId)}::int[],
      ${all.map(({ type }) => type)}::text[], ${all.map(({ day }) => day)}::date[])
      AS p (company_id, user_id, reminder_type, day)
    WHERE CASE p.reminder_type WHEN 'clock-out' THEN ${onTheClock} ELSE NOT ${onTheClock} AND NOT ${onTimeOff(now)} END
    ON CONFLICT DO NOTHING RETURNING company_id, user_id, reminder_type, day`);
  const noted = new Set(rows.map((cells) => cells.join(' ')));
  return all.filter(({ companyId, userId, type, day }) => noted.has(`${companyId} ${userId} ${type} ${day}`));
}

/** Forgets who was reminded before a day. */
export async function forgetSent(db: Db, before: string): Promise<void> {
  await db.rows(sql`DELETE FROM reminders_sent WHERE day < ${before}::date`);
}
