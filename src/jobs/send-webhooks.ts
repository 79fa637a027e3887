import { postWebhook } from '../channels/webhook.ts';
import { eventText } from '../dialects/tsheets-rest/events/event-text.ts';
import type { Ctx } from '../engine/context.ts';
import type { Services } from '../http/services.ts';
import { changesById } from '../resources/history/changes.ts';
import { seenChanges } from '../resources/history/seen.ts';
import { resources } from '../resources/index.ts';
import { actorOf } from '../resources/users/actor.ts';
import * as queue from '../resources/webhook-deliveries/queue.ts';
import { pauseWebhook } from '../resources/webhooks/states.ts';
import { sendMessages } from '../store/messages.ts';

/** The job's name, also in the history. */
export const webhooksName = 'webhooks';

/** A receiver that wants no more messages (Standard Webhooks; HTTP 410 Gone). */
const gone = 410;

/** Begins to send deliveries of one webhook; each promise ends when one of them is sent and noted. */
export function sendWebhooks(services: Services, taken: readonly queue.Taken[]): Promise<void>[] {
  const bodies = bodiesOf(services, taken);
  return taken.map(async (one) => {
    const { system } = services.database;
    try {
      // One event that can not be written is not to hold up those that were taken with it.
      const body = (await bodies.catch(() => bodiesOf(services, [one]))).get(one.eventId);
      if (body === undefined) return await queue.dropDelivery(system, one);
      await send(services, one, body);
    } catch (error) {
      // Nothing was sent, or that it was could not be noted: then it is sent again. Where not even this can be noted it is
      // free when its lease ends.
      services.log.event({ level: 'warn', message: 'A webhook could not be served', error: String(error) });
      const failed = { error: 'This server could not write the message.', response: '' };
      await queue.noteFailed(system, one, failed, services.clock.now()).catch(() => undefined);
    }
  });
}

/** What is sent, by event; nothing for what the webhook's user may not hear of. */
async function bodiesOf(services: Services, taken: readonly queue.Taken[]): Promise<Map<number, string>> {
  const [{ companyId, userId } = { companyId: 0, userId: 0 }] = taken;
  const actor = await actorOf(services, companyId, userId);
  // Stopped before long; until then it is told nothing.
  if (actor === undefined) return new Map();
  const { database, cache, config, clock } = services;
  const db = database.forCompany(companyId);
  const ctx: Ctx = { actor, db, cache, config, resources, now: clock.now(), via: webhooksName, requestId: '' };
  const changes = await changesById(
    db,
    companyId,
    taken.map(({ eventId }) => eventId),
  );
  const seen = await seenChanges(ctx, [...changes.values()]);
  return new Map(seen.map((one) => [one.change.id, eventText(actor, one)]));
}

async function send(services: Services, taken: queue.Taken, body: string): Promise<void> {
  const { clock, config, database, metrics } = services;
  const { messageId, url, secrets } = taken;
  const message = { id: messageId, now: clock.now(), url, secrets, body };
  const answer = await postWebhook(message, { allowPrivate: config.privateWebhooks });
  const now = clock.now();
  const delivered = answer.error === '';
  metrics.webhooks.inc({ outcome: delivered ? 'delivered' : 'failed' });
  if (delivered) return queue.noteDelivered(database.system, taken, answer, now);
  const hopeless = await queue.noteFailed(database.system, taken, answer, now);
  if (hopeless || answer.statusCode === gone) await pause(services, taken, answer.error, now);
}

/** Pauses a webhook, and tells its user. */
async function pause(
  { database }: Services,
  { companyId, webhookId }: queue.Taken,
  error: string,
  now: number,
): Promise<void> {
  await database.system.transaction(async (db) => {
    const paused = await pauseWebhook(db, companyId, webhookId, `|job ${webhooksName}|`);
    if (paused === undefined) return;
    const subject = 'A webhook was paused';
    const text = `Nothing can be delivered to ${paused.url} any more. ${error} Switch the webhook on again when the receiver works.`;
    await sendMessages(
      db,
      companyId,
      (['email', 'dashboard'] as const).map((method) => ({ userId: paused.userId, method, subject, text })),
      now,
    );
  });
}
