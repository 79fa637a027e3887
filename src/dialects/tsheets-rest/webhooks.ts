import { coerce, isBlank } from '../../engine/coerce.ts';
import type { Ctx } from '../../engine/context.ts';
import type { Field } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { replay, rotateWebhookSecret } from '../../operations/webhooks.ts';
import type { Replayed } from '../../resources/webhook-deliveries/replay.ts';
import { reasonOf } from './errors.ts';
import type { Handler } from './handlers.ts';
import { itemStatusOf } from './quirks.ts';
import { itemsOf } from './read.ts';

/** What the items of both may say. */
export const webhookFields = {
  id: { type: 'integer', mode: 'read-write', least: 1, says: 'Id of a delivery.' },
  webhook_id: { type: 'integer', mode: 'read-write', least: 1, says: 'Id of a webhook.' },
  since: { type: 'instant', mode: 'read-write', says: 'Deliveries that were planned since then.' },
} as const satisfies Readonly<Record<string, Field>>;

/** POST /webhook_secrets: gives webhooks other secrets, and shows them this once. An addition to the reference. */
export const rotateWebhookSecrets: Handler = (ctx, request) =>
  answer('webhook_secrets', itemsOf(request.body), async (item) => {
    const { webhook_id: id } = read(item, ['webhook_id'], ['webhook_id']);
    return { webhook_id: Number(id), secret: await rotateWebhookSecret(ctx, Number(id)) };
  });

/** POST /webhook_deliveries/replay: sends deliveries again. An addition to the reference. */
export const replayWebhookDeliveries: Handler = (ctx, request) =>
  answer('webhook_deliveries', itemsOf(request.body), (item) => replayOne(ctx, item));

async function replayOne(ctx: Ctx, item: object): Promise<object> {
  const { id, webhook_id: webhookId, since } = read(item, ['id', 'webhook_id', 'since'], []);
  if (id !== undefined && webhookId === undefined && since === undefined) {
    return { id: Number(id), replayed: await replay(ctx, { id: Number(id) }) };
  }
  if (id !== undefined || webhookId === undefined || since === undefined)
    throw new DomainError('invalid', 'Give either id, or webhook_id and since');
  const which: Replayed = { webhookId: Number(webhookId), since: Number(since) };
  return { webhook_id: which.webhookId, replayed: await replay(ctx, which) };
}

/** Each item in its turn, with its own status. */
async function answer(
  name: string,
  items: readonly unknown[],
  work: (item: object) => Promise<object>,
): Promise<string> {
  const results: string[] = [];
  for (const [index, item] of items.entries()) {
    const said = await one(name, item, work);
    results.push(`"${index + 1}":${JSON.stringify(said)}`);
  }
  return `{"results":{"${name}":{${results.join(',')}}}}`;
}

async function one(name: string, item: unknown, work: (item: object) => Promise<object>): Promise<object> {
  try {
    if (item === null || typeof item !== 'object' || Array.isArray(item))
      throw new DomainError('invalid', 'Each item of data must be an object');
    return { _status_code: 200, _status_message: 'OK', ...(await work(item)) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const status = itemStatusOf(name, 'update', error);
    return { _status_code: status, _status_message: reasonOf(status), _status_extra: error.detail };
  }
}

type Name = keyof typeof webhookFields;

function read(item: object, known: readonly Name[], required: readonly Name[]): Partial<Record<Name, unknown>> {
  const given = Object.entries(item).filter(([, raw]) => !isBlank(raw));
  const unknown = Object.keys(item).filter((name) => !known.some((one) => one === name));
  if (unknown.length > 0) throw new DomainError('invalid', `Invalid params: ${unknown.join(',')}`);
  const missing = required.filter((name) => !given.some(([one]) => one === name));
  if (missing.length > 0) throw new DomainError('missing', `Missing required params: ${missing.join(',')}`);
  const values: Partial<Record<Name, unknown>> = {};
  for (const [name, raw] of given as [Name, unknown][]) {
    const value = coerce(name, webhookFields[name], raw);
    if (value instanceof DomainError) throw value;
    values[name] = value;
  }
  return values;
}
