import { goOn } from '../operations/bookings/go-on.ts';
import { forgetReservations, nextBookingDue, takeDueBookings } from '../resources/bookings/due.ts';
import { serverCtx } from './context.ts';
import type { Job } from './job.ts';

const name = 'bookings';
/** What is left over is found again a minute later. */
const mostAtOnce = 2_000;

/** Lets bookings go on by themselves, and forgets reservations that nobody used. */
export const bookingsJob: Job = {
  name,
  means:
    'ends bookings that were not paid in time, completes those that ended an hour ago, and forgets expired reservations',
  every: 60,
  idleUntil: async (db, _now, until) => (await nextBookingDue(db)) ?? until,
  run: async (run) => {
    for (const [companyId, due] of await takeDueBookings(run.db, run.now, mostAtOnce)) {
      await goOn(serverCtx(run, companyId, name), due);
    }
    await forgetReservations(run.db, run.now);
  },
};
