import { readInteger } from '../../engine/coerce.ts';
import { resourceOf } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { listValues, removeOne, updateOne, valuesById } from '../../engine/values.ts';
import { DomainError } from '../../lib/errors.ts';
import { isoUtc } from '../../lib/time.ts';
import { createWebhook, replay, rotateWebhookSecret } from '../../operations/webhooks.ts';
import { type Fields, fieldsOf, flagIn, requiredTextIn, textIn, textsIn } from './read.ts';
import type { Call, Route } from './route.ts';
import type {
  Webhook,
  WebhookAnswer,
  WebhookDeliveries,
  WebhookDelivery,
  WebhookDeliveryAnswer,
  WebhookSecret,
  Webhooks,
} from './shapes.ts';

const mostShown = 100;

async function list({ ctx }: Call): Promise<Webhooks> {
  const { rows } = await listValues(ctx, resourceOf(ctx, 'webhooks'), {});
  return { webhooks: rows.map(webhookOf) };
}

async function create({ ctx, request }: Call): Promise<WebhookSecret> {
  const fields = fieldsOf(request);
  const url = requiredTextIn(fields, 'url', 2_000);
  const clientId = textIn(fields, 'clientId', 200) ?? '';
  const { id, secret } = await createWebhook(ctx, { ...changesIn(fields), url, client_id: clientId });
  return { ...(await answerOf(ctx, id)), secret };
}

async function change({ ctx, request, params }: Call): Promise<WebhookAnswer> {
  const id = idIn(params.id);
  const fields = fieldsOf(request);
  const url = textIn(fields, 'url', 2_000);
  await updateOne(ctx, resourceOf(ctx, 'webhooks'), id, {
    ...changesIn(fields),
    ...(url === undefined ? {} : { url }),
  });
  return answerOf(ctx, id);
}

async function remove({ ctx, params }: Call): Promise<void> {
  await removeOne(ctx, resourceOf(ctx, 'webhooks'), idIn(params.id));
}

async function rotate({ ctx, params }: Call): Promise<WebhookSecret> {
  const id = idIn(params.id);
  const secret = await rotateWebhookSecret(ctx, id);
  return { ...(await answerOf(ctx, id)), secret };
}

async function deliveries({ ctx, params: { id: webhookId } }: Call): Promise<WebhookDeliveries> {
  const id = idIn(webhookId);
  await valuesById(ctx, resourceOf(ctx, 'webhooks'), id);
  const definition = resourceOf(ctx, 'webhook_deliveries');
  const params = { webhook_ids: String(id) };
  const { rows } = await listValues(ctx, definition, { params, limit: mostShown });
  return { deliveries: rows.map(deliveryOf) };
}

async function replayOne({ ctx, params }: Call): Promise<WebhookDeliveryAnswer> {
  const id = idIn(params.deliveryId);
  const definition = resourceOf(ctx, 'webhook_deliveries');
  if ((await valuesById(ctx, definition, id)).webhook_id !== idIn(params.id)) {
    throw new DomainError('not-found', 'The webhook delivery does not exist');
  }
  await replay(ctx, { id });
  return { delivery: deliveryOf(await valuesById(ctx, definition, id)) };
}

function idIn(text: string | undefined): number {
  const id = readInteger(text);
  if (id === undefined) throw new DomainError('not-found', 'There is nothing at this address.');
  return id;
}

/** What may be given for a new webhook and for a change alike. */
function changesIn(fields: Fields): Record<string, unknown> {
  const description = textIn(fields, 'description', 255);
  const [resources, actions] = [textsIn(fields, 'resources', 100, 100), textsIn(fields, 'actions', 3, 20)];
  const active = flagIn(fields, 'active');
  return {
    ...(description === undefined ? {} : { description }),
    ...(resources === undefined ? {} : { resources: resources.join(',') }),
    ...(actions === undefined ? {} : { actions: actions.join(',') }),
    ...(active === undefined ? {} : { active }),
  };
}

async function answerOf(ctx: Call['ctx'], id: number): Promise<WebhookAnswer> {
  return { webhook: webhookOf(await valuesById(ctx, resourceOf(ctx, 'webhooks'), id)) };
}

function webhookOf(row: Values): Webhook {
  return {
    id: Number(row.id),
    clientId: String(row.client_id),
    description: String(row.description),
    url: String(row.url),
    resources: String(row.resources).split(','),
    actions: String(row.actions).split(','),
    active: row.active === true,
    status: row.status as Webhook['status'],
    userId: Number(row.user_id),
    created: isoUtc(String(row.created)),
  };
}

const momentIn = (value: unknown): string | null => (value === null ? null : isoUtc(String(value)));

function deliveryOf(row: Values): WebhookDelivery {
  return {
    id: Number(row.id),
    messageId: String(row.message_id),
    eventId: String(row.event_id),
    resource: String(row.resource),
    action: row.action as WebhookDelivery['action'],
    objectId: Number(row.object_id),
    status: row.status as WebhookDelivery['status'],
    attempts: Number(row.attempts),
    nextAttempt: momentIn(row.due),
    lastAttempt: momentIn(row.last_attempt),
    lastStatusCode: row.last_status_code === null ? null : Number(row.last_status_code),
    error: String(row.error),
    response: String(row.response),
    created: isoUtc(String(row.created)),
  };
}

export const routes: readonly Route[] = [
  { method: 'GET', path: '/webhooks', access: 'admin', handler: list },
  { method: 'POST', path: '/webhooks', access: 'admin', handler: create, status: 201 },
  { method: 'PUT', path: '/webhooks/:id', access: 'admin', handler: change },
  { method: 'DELETE', path: '/webhooks/:id', access: 'admin', handler: remove, status: 204 },
  { method: 'POST', path: '/webhooks/:id/secret', access: 'admin', handler: rotate },
  { method: 'GET', path: '/webhooks/:id/deliveries', access: 'admin', handler: deliveries },
  { method: 'POST', path: '/webhooks/:id/deliveries/:deliveryId/replay', access: 'admin', handler: replayOne },
];
