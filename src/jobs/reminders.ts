import { addDays, isZone, localDay } from '../lib/time.ts';
import * as reminders from '../resources/reminders/queries.ts';
import { dueGrid, dueTimes } from '../rules/due-times.ts';
import { decidingReminder, type ReminderType } from '../rules/reminders.ts';
import { type MessageMethod, sendAcross } from '../store/messages.ts';
import type { Job, JobRun } from './job.ts';

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
};

async function run({ db, now, previous }: JobRun): Promise<void> {
  const after = sinceWhen(now, previous);
  const zones = (await reminders.zonesInUse(db)).filter(isZone);
  const due = zones.flatMap((zone) => dueTimes(zone, after, now).map((time) => ({ zone, ...time })));
  if (due.length === 0) return;
  const people = (await reminders.remindedAt(db, due)).flatMap((person) => {
    const reminder = decidingReminder(person.own, person.companyWide);
    if (reminder?.dueTime !== person.time || !reminder.days.includes(person.weekday)) return [];
    return [{ ...person, methods: reminder.methods.filter((method) => method !== 'SMS' || person.sms) }];
  });
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

/** From the last run on, but never longer ago than a reminder may be late; a clock that was set back starts anew. */
function sinceWhen(now: number, previous: number | undefined): number {
  if (previous === undefined || previous >= now) return now - dueGrid;
  return Math.max(previous, now - longestDelay);
}
