import { deliverMessage } from './deliver-message.ts';
import type { Job } from './job.ts';
import { deliverNotification } from './notification.ts';
import { reminderJob } from './reminders.ts';

/** Every job, in the order in which operators see them. */
export const jobs: readonly Job[] = [deliverMessage, deliverNotification, reminderJob];
