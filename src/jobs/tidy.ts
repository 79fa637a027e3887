import { forgetReadMessages } from '../channels/dashboard.ts';
import { forgetOutbox } from '../channels/outbox.ts';
import { keptSeconds } from '../operations/once.ts';
import { forgetExpired } from '../operations/tokens.ts';
import { forgetKeys } from '../resources/idempotency-keys/queries.ts';
import { forgetDeliveries } from '../resources/webhook-deliveries/queue.ts';
import type { Job } from './job.ts';

const daySeconds = 86_400;
const dashboardDays = 90;
const outboxDays = 30;
const deliveryDays = 30;

/** Deletes what nobody needs any more. */
export const tidy: Job = {
  name: 'tidy',
  means:
    'deletes expired tokens, codes, sessions and answers kept for Idempotency-Keys, dashboard messages read 90 days ago, and the outbox and the log of webhooks after 30 days',
  every: daySeconds,
  run: async ({ db, now, services }) => {
    await forgetExpired(db, now);
    await forgetKeys(db, now - keptSeconds);
    await forgetReadMessages(db, now - dashboardDays * daySeconds);
    await forgetOutbox(db, services.config, now - outboxDays * daySeconds);
    await forgetDeliveries(db, now - deliveryDays * daySeconds);
  },
};
