import { bookingReminderJob, remind } from '../resources/bookings/reminders.ts';
import { serverCtx } from './context.ts';
import type { Job } from './job.ts';

/** Reminds somebody of a booking; the mail itself is sent by a job of its own, so that none is sent twice. */
export const bookingReminder: Job = {
  name: bookingReminderJob,
  means: 'reminds the customer or the booked person of a booking',
  run: async (run) => {
    const { bookingId, position } = run.payload as { bookingId?: unknown; position?: unknown };
    const ctx = serverCtx(run, run.companyId, bookingReminderJob);
    await remind(ctx, { bookingId: Number(bookingId), position: Number(position) });
  },
};
