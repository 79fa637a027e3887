import { bookingReminder } from './booking-reminder.ts';
import { bookingsJob } from './bookings.ts';
import { clockOut } from './clock-out.ts';
import { deleteOldPositions } from './delete-positions.ts';
import { deliverLetters, deliverMessage } from './deliver-message.ts';
import { geocode, geocodeForgotten } from './geocode.ts';
import type { Job } from './job.ts';
import { deliverNotification } from './notification.ts';
import { reminderJob } from './reminders.ts';
import { tidy } from './tidy.ts';
import { webhooksJob } from './webhooks.ts';

/** Every job, in the order in which operators see them. */
export const jobs: readonly Job[] = [
  deliverMessage,
  deliverLetters,
  deliverNotification,
  reminderJob,
  clockOut,
  bookingsJob,
  bookingReminder,
  webhooksJob,
  geocode,
  geocodeForgotten,
  deleteOldPositions,
  tidy,
];
