import { longestOffset, mostReminders, reminderUnits } from '../../rules/bookings/reminders.ts';
import { type Fields, isObject } from './validation.ts';

/** Whether a value such as that of `notify_customer_by_email` says that something is not `enabled`. */
export function isSwitchedOff(said: unknown): boolean {
  return isObject(said) && [false, 0, '0', 'false'].some((off) => off === said.enabled);
}

const units = Object.keys(reminderUnits) as (keyof typeof reminderUnits)[];

/**
 * Reads the `reminders` of a project or a booking; collects what is wrong with them. Those by webhook are refused: they would never come.
 * Reference: (c) Projects.
 */
export function readReminders(fields: Fields): readonly unknown[] | undefined {
  const list = fields.list('reminders');
  if ((list?.length ?? 0) > mostReminders)
    fields.refuse('reminders', `There may be at most ${mostReminders} reminders.`);
  else fields.items('reminders').forEach(checkReminder);
  return list;
}

function checkReminder(reminder: Fields): void {
  const type = reminder.oneOf('type', ['email', 'webhook'], { required: true });
  if (type === 'webhook') reminder.refuse('type', 'Reminders by webhook are not sent here; use email.');
  const settings = reminder.within('settings', { required: true });
  settings?.oneOf('recipient', ['owner', 'customer'], { required: type === 'email' });
  settings?.text('subject');
  const when = reminder.within('when', { required: true });
  when?.oneOf('type', ['before', 'after'], { required: true });
  const unit = when?.oneOf('unit', units, { required: true });
  const time = when?.integer('time', { required: true });
  if (unit !== undefined && time !== undefined && time * reminderUnits[unit] > longestOffset)
    when?.refuse('time', 'A reminder may be at most a year before or after.');
}
