import { setTimeout as sleep } from 'node:timers/promises';
import { settledUpTo } from '../resources/history/settled.ts';
import { resources } from '../resources/index.ts';
import { companiesWithNews, planDeliveries } from '../resources/webhook-deliveries/plan.ts';
import { nextDelivery, takeDeliveries } from '../resources/webhook-deliveries/queue.ts';
import { stopOrphans } from '../resources/webhooks/states.ts';
import type { Job, JobRun } from './job.ts';
import { sendWebhooks, webhooksName } from './send-webhooks.ts';

/** Deliveries that one process sends at once. */
const mostAtOnce = 50;
/** What is left then goes on with the next run. */
const longestMilliseconds = 30_000;
/** Between two looks at the history while slow receivers are waited for. */
const planMilliseconds = 2_000;

/** Plans what webhooks are to deliver, and delivers it. */
export const webhooksJob: Job = {
  name: webhooksName,
  means: 'tells webhooks of changes',
  every: 2,
  apart: true,
  idleUntil: async (db, now, until) =>
    (await companiesWithNews(db)).length > 0 ? now : ((await nextDelivery(db)) ?? until),
  run,
};

async function run(here: JobRun): Promise<void> {
  const { database, clock } = here.services;
  const end = performance.now() + longestMilliseconds;
  const underWay = new Set<Promise<void>>();
  let planned = Number.NEGATIVE_INFINITY;
  while (!here.signal.aborted && performance.now() < end) {
    if (performance.now() - planned >= planMilliseconds) {
      await stopOrphans(database.system, `|job ${webhooksName}|`);
      await plan(here);
      planned = performance.now();
    }
    const room = mostAtOnce - underWay.size;
    const taken = room === 0 ? [] : await takeDeliveries(database.system, clock.now(), room);
    for (const [, those] of Map.groupBy(taken, ({ companyId, webhookId }) => `${companyId} ${webhookId}`)) {
      for (const sending of sendWebhooks(here.services, those)) {
        underWay.add(sending);
        void sending.finally(() => underWay.delete(sending)).catch(() => undefined);
      }
    }
    if (underWay.size === 0) break;
    // While one receiver is slow, the others go on.
    if (taken.length === 0 || underWay.size === mostAtOnce)
      await Promise.race([...underWay, sleep(planMilliseconds, undefined, { ref: false })]);
  }
  await Promise.all(underWay);
}

async function plan({ services }: JobRun): Promise<void> {
  const { database, clock } = services;
  const companies = await companiesWithNews(database.system);
  if (companies.length === 0) return;
  for (const [companyId, upTo] of await settledUpTo(database.system, companies)) {
    await planDeliveries(database.forCompany(companyId), companyId, { upTo, resources, now: clock.now() });
  }
}
