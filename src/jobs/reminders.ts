import { addDays, isZone, localDay } from '../lib/time.ts';
import * as reminders from '../resources/reminders/queries.ts';
import { type DueTime, dueGrid, dueTimes } from '../rules/due-times.ts';
import { decidingReminder, type ReminderType, reminderTypes } from '../rules/reminders.ts';
import type { Db } from '../store/db.ts';
import { type MessageMethod, sendAcross } from '../store/messages.ts';
import { type Job, type JobRun, nextOnGrid } from './job.ts';

/** Seconds after which a reminder that could not be sent in time is not sent any more. */
const longestDelay = 3_600;
/** Days for which it is remembered who was reminded; no zone is more than a day away from another. */
const daysKept = 7;

const texts: Readonly<Record<ReminderType, { subject: string; text: string }>> = {
  'clock-in': {
    subject: 'Time to clock in',
    text: 'You are not on the clock. Please clock in when you start working.',
  },
  'clock-out': {
    subject: 'Time to clock out',
    text: 'You are still on the clock. Please clock out when you stop working.',
  },
};

const messageMethods: Readonly<Record<string, MessageMethod>> = { Push: 'push', SMS: 'sms', Email: 'email' };

/** Reminds people to clock in and out, each at his own local time. Reference: 27-reminders.md. */
export const reminderJob: Job = {
  name: 'reminders',
  means: 'reminds people to clock in and out, each at his own local time',
  every: dueGrid,
  run,
  idleUntil: nextDueTime,
};

/** The moment before `until` at which an active reminder is due in some zone; `until` when there is none. */
async function nextDueTime(db: Db, now: number, until: number): Promise<number> {
  const times = await reminders.timesInUse(db);
  if (times.size === 0) return until;
  const zones = (await reminders.zonesInUse(db)).filter(isZone);
  for (let moment = nextOnGrid(now, dueGrid); moment < until; moment += dueGrid) {
    const due = zones.flatMap((zone) => dueTimes(zone, moment - dueGrid, moment));
    if (due.some(({ time }) => times.has(time))) return moment;
  }
  return until;
}

async function run({ db, now, previous }: JobRun): Promise<void> {
  const after = sinceWhen(now, previous);
  const due = new Map<string, DueTime[]>();
  for (const zone of await reminders.zonesInUse(db)) if (isZone(zone)) due.set(zone, dueTimes(zone, after, now));
  const people = await dueFor(db, due);
  const sent = people.length === 0 ? [] : await reminders.noteSent(db, people, now);
  const messages = sent.flatMap(({ companyId, userId, type, methods }) =>
    methods.flatMap((name) => {
      const method = messageMethods[name];
      return method === undefined ? [] : [{ companyId, message: { userId, method, ...texts[type] } }];
    }),
  );
  await sendAcross(db, messages, now);
  const today = localDay('UTC', now);
  if (localDay('UTC', after) !== today) await reminders.forgetSent(db, addDays(today, -daysKept));
}

/** Somebody for whom a reminder is due, wherever he is. */
interface Due extends reminders.DayOfReminder {
  readonly methods: readonly string[];
}

/** Whom a reminder is due for at these local times, by zone. */
async function dueFor(db: Db, due: ReadonlyMap<string, readonly DueTime[]>): Promise<Due[]> {
  const times = new Set([...due.values()].flatMap((list) => list.map(({ time }) => time)));
  const all = times.size === 0 ? [] : await reminders.remindersAround(db, [...times]);
  const candidates = all.filter(({ active, dueTime }) => active && times.has(dueTime));
  if (candidates.length === 0) return [];
  const known = new Map(all.map((reminder) => [`${reminder.companyId} ${reminder.userId} ${reminder.type}`, reminder]));
  const people = await reminders.peopleOf(db, candidates);
  return people.flatMap(({ companyId, userId, zone, sms }) =>
    reminderTypes.flatMap((type) => {
      const reminder = decidingReminder(
        known.get(`${companyId} ${userId} ${type}`),
        known.get(`${companyId} 0 ${type}`),
      );
      const at = due
        .get(zone)
        ?.find(({ time, weekday }) => time === reminder?.dueTime && reminder.days.includes(weekday));
      if (reminder === undefined || at === undefined) return [];
      const methods = reminder.methods.filter((method) => method !== 'SMS' || sms);
      return methods.length === 0 ? [] : [{ companyId, userId, type, day: at.day, methods }];
    }),
  );
}

/** From the last run on, but never longer ago than a reminder may be late; a clock that was set back starts anew. */
function sinceWhen(now: number, previous: number | undefined): number {
  if (previous === undefined || previous >= now) return now - dueGrid;
  return Math.max(previous, now - longestDelay);
}
