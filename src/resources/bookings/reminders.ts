import type { Ctx } from '../../engine/context.ts';
import { reminderLetter } from '../../rules/bookings/letters.ts';
import { isDue, type Reminder, remindersOf } from '../../rules/bookings/reminders.ts';
import { sendLetters, sendMessages } from '../../store/messages.ts';
import { enqueue, type QueuedJob, unqueue } from '../../store/queue.ts';
import { type Told, toldOf } from './said.ts';

/** The job that sends a reminder of a booking at its moment. */
export const bookingReminderJob = 'booking-reminder';

/** Which reminder a job sends. */
interface Payload {
  readonly bookingId: number;
  readonly position: number;
}

const keyOf = ({ bookingId, position }: Payload): string => `${bookingId} ${position}`;

/**
 * Lets the reminders of bookings wait for their moments as the bookings stand now; what has passed, or makes no sense any
 * more, waits no longer. Two statements at most.
 */
export async function keepReminders(ctx: Ctx, all: readonly Told[]): Promise<void> {
  const { companyId } = ctx.actor;
  const [waiting, gone]: [QueuedJob[], string[]] = [[], []];
  for (const { booking } of all) {
    for (const reminder of remindersOf(booking.reminders)) {
      const payload = { bookingId: booking.id, position: reminder.position };
      const [key, due] = [keyOf(payload), booking.start + reminder.offset];
      if (due > ctx.now && isDue(booking, reminder)) waiting.push({ name: bookingReminderJob, key, payload, due });
      else gone.push(key);
    }
  }
  await unqueue(ctx.db, companyId, bookingReminderJob, gone);
  await enqueue(ctx.db, companyId, waiting);
}

/** Sends a reminder whose moment has come, unless it makes no sense any more. */
export async function remind(ctx: Ctx, { bookingId, position }: Payload): Promise<void> {
  const [told] = await toldOf(ctx, [bookingId]);
  if (told === undefined) return;
  const { booking } = told;
  const reminder = remindersOf(booking.reminders).find((one) => one.position === position);
  if (reminder === undefined || !isDue(booking, reminder)) return;
  // The server stood still meanwhile.
  if (reminder.offset < 0 && booking.start <= ctx.now) return;
  await (reminder.recipient === 'owner' ? remindOwner(ctx, told, reminder) : remindCustomer(ctx, told, reminder));
}

const wordsOf = ({ subject, offset }: Reminder) => ({ subject, before: offset < 0 });

function remindOwner({ db, actor, now }: Ctx, { booking, forOwner }: Told, reminder: Reminder): Promise<void> {
  const letter = reminderLetter(wordsOf(reminder), forOwner);
  return sendMessages(db, actor.companyId, [{ userId: booking.userId, method: 'email', ...letter }], now);
}

async function remindCustomer({ db, actor, now }: Ctx, told: Told, reminder: Reminder): Promise<void> {
  const { customerAddress, forCustomer, fromName, replyTo } = told;
  if (customerAddress === undefined) return;
  const from = { fromName, ...(replyTo === undefined ? {} : { replyTo }) };
  const letter = { to: customerAddress, ...from, ...reminderLetter(wordsOf(reminder), forCustomer) };
  await sendLetters(db, actor.companyId, [letter], now);
}
