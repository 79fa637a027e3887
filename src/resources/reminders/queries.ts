import type { ReminderType, Switches } from '../../rules/reminders.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { defaultOf } from '../effective-settings/defaults.ts';
import { settingOfUser } from '../effective-settings/queries.ts';
import { onTheClock, onTimeOff } from '../timesheets/presence.ts';

/** A reminder as it is evaluated. */
export interface Reminder extends Switches {
  readonly companyId: number;
  /** 0: everyone in the company. */
  readonly userId: number;
  readonly type: ReminderType;
  /** 'hh:mm:ss' of local time. */
  readonly dueTime: string;
  readonly days: readonly string[];
  readonly methods: readonly string[];
}

/** Somebody who can be reminded. */
export interface Reminded {
  readonly companyId: number;
  readonly userId: number;
  readonly zone: string;
  /** Whether text messages are switched on for him. */
  readonly sms: boolean;
}

/** Every time zone that anybody may live in. */
export async function zonesInUse(db: Db): Promise<string[]> {
  const rows = await db.rows(sql`
    SELECT DISTINCT value #>> '{}' FROM settings WHERE section = 'general' AND key = 'tz' AND value::text <> 'null'`);
  return [...new Set([...rows.map(([zone]) => String(zone)), String(defaultOf('general', 'tz'))])];
}

/** The local times for which any company has an active reminder. */
export async function timesInUse(db: Db): Promise<Set<string>> {
  const rows = await db.rows(sql`SELECT DISTINCT due_time FROM reminders WHERE active`);
  return new Set(rows.map(([time]) => String(time)));
}

/** Every reminder of the companies in which an active one is for one of these times. */
export async function remindersAround(db: Db, times: readonly string[]): Promise<Reminder[]> {
  const rows = await db.rows(sql`
    SELECT company_id, user_id, reminder_type, due_time, due_days_of_week, distribution_methods, active, enabled
    FROM reminders WHERE company_id IN (SELECT company_id FROM reminders WHERE active AND due_time = ANY(${times}::text[]))`);
  return rows.map(([companyId, userId, type, dueTime, days, methods, active, enabled]) => ({
    companyId: Number(companyId),
    userId: Number(userId ?? 0),
    type: type as ReminderType,
    dueTime: String(dueTime),
    days: String(days).split(','),
    methods: String(methods).split(','),
    active: active === 't',
    enabled: enabled === 't',
  }));
}

/**
 * Those whom these reminders are for: active users who track time, where the setting reminders.installed allows it. One
 * statement for all companies.
 */
export async function peopleOf(
  db: Db,
  reminders: readonly Pick<Reminder, 'companyId' | 'userId'>[],
): Promise<Reminded[]> {
  const rows = await db.rows(sql`
    WITH r AS MATERIALIZED (
      SELECT DISTINCT * FROM unnest(${reminders.map(({ companyId }) => companyId)}::int[],
        ${reminders.map(({ userId }) => userId)}::int[]) AS r (company_id, user_id)
    )
    SELECT u.company_id, u.id, ${settingOfUser('general', 'tz')}, ${settingOfUser('sms', 'installed')} = '1'
    FROM users u JOIN (
      SELECT company_id, user_id AS id FROM r WHERE user_id <> 0
      UNION SELECT e.company_id, e.id FROM users e WHERE e.company_id IN (SELECT company_id FROM r WHERE user_id = 0)
    ) k ON k.company_id = u.company_id AND k.id = u.id
    WHERE u.active AND 'time_tracking' = ANY(u.permissions) AND ${settingOfUser('reminders', 'installed')} = '1'
    ORDER BY u.company_id, u.id`);
  return rows.map(([companyId, userId, zone, sms]) => ({
    companyId: Number(companyId),
    userId: Number(userId),
    zone: String(zone),
    sms: sms === 't',
  }));
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
