import { localDay } from '../lib/time.ts';
import { companyOf } from '../resources/companies/queries.ts';
import { effectiveSettings } from '../resources/effective-settings/queries.ts';
import { type DueNotification, notificationJob, takeNotification } from '../resources/notifications/queries.ts';
import { presenceOf } from '../resources/timesheets/presence.ts';
import { sendMessages } from '../store/messages.ts';
import { serverCtx } from './context.ts';
import type { Job, JobRun } from './job.ts';

/** Hands a notification to the channels at its moment, if what it asks for holds. Reference: 21-notifications.md. */
export const deliverNotification: Job = {
  name: notificationJob,
  means: 'delivers one notification at its moment',
  run,
};

async function run(here: JobRun): Promise<void> {
  const { companyId, db, now } = here;
  const ctx = serverCtx(here, companyId, notificationJob);
  const notification = await takeNotification(ctx, Number((here.payload as { id?: unknown }).id));
  if (notification === undefined || !(await holds(here, notification))) return;
  const { userId, method, message } = notification;
  const company = await companyOf(db, companyId);
  await sendMessages(db, companyId, [{ userId, method, subject: `Message from ${company?.name}`, text: message }], now);
}

/** Whether the user is where the notification wants him to be. */
async function holds(here: JobRun, { userId, precheck }: DueNotification): Promise<boolean> {
  if (precheck === 'none') return true;
  const { companyId, db, now } = here;
  const settings = (await effectiveSettings(serverCtx(here, companyId, notificationJob), [userId])).get(userId);
  const zone = String(settings?.get('general', 'tz') ?? 'UTC');
  return (await presenceOf(db, { companyId, userId, day: localDay(zone, now) }, now)) === precheck;
}
