import type { Item } from '../engine/candidates.ts';
import { type Ctx, may, resourceOf } from '../engine/context.ts';
import { createOne, valuesById } from '../engine/values.ts';
import { DomainError } from '../lib/errors.ts';
import { type Replayed, replayDeliveries } from '../resources/webhook-deliveries/replay.ts';
import { newSecret, rotateSecrets } from '../resources/webhooks/queries.ts';

/** Makes a webhook from the definition's fields. Gives its id and its secret, which is shown this once. Throws DomainError. */
export async function createWebhook(ctx: Ctx, item: Item): Promise<{ id: number; secret: string }> {
  const secret = newSecret();
  const { id } = await createOne(ctx, resourceOf(ctx, 'webhooks'), { ...item, secret });
  return { id: Number(id), secret };
}

/** Gives a webhook another secret; the one before is signed with for a day more. Gives the new one, which is shown this once. */
export async function rotateWebhookSecret(ctx: Ctx, id: number): Promise<string> {
  await valuesById(ctx, resourceOf(ctx, 'webhooks'), id);
  const secret = newSecret();
  await rotateSecrets(ctx.db, ctx.actor.companyId, [{ id, secret }], ctx.now);
  return secret;
}

/**
 * Sends one delivery again, or all of a webhook that failed since a moment, with the ids that they had. Gives how many. Throws
 * DomainError where there is no such webhook or delivery, and for one that waits anyway.
 */
export async function replay(ctx: Ctx, which: Replayed): Promise<number> {
  if (!may(ctx.actor, 'admin'))
    throw new DomainError('forbidden', "Oops! You don't have permission to replay deliveries");
  const definition = resourceOf(ctx, 'id' in which ? 'webhook_deliveries' : 'webhooks');
  await valuesById(ctx, definition, 'id' in which ? which.id : which.webhookId);
  const ids = await replayDeliveries(ctx.db, ctx.actor.companyId, which, ctx.now);
  if ('id' in which && ids.length === 0) throw new DomainError('conflict', 'The delivery is waiting already');
  return ids.length;
}
