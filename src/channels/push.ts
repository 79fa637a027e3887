import { LRUCache } from 'lru-cache';
import webPush from 'web-push';
import { DomainError } from '../lib/errors.ts';
import type { Message } from '../store/messages.ts';
import { sql } from '../store/sql.ts';
import { type Delivery, type Person, timeLimit } from './channel.ts';
import { postOutside } from './post-outside.ts';
import { vapidKeys } from './vapid.ts';

/** A device that takes push messages. */
interface Device {
  readonly id: number;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** Push services keep a message so long for a device that is away. */
const keptSeconds = 86_400;
/** Devices of a person that a message goes to at most: those that were registered last. */
const mostDevices = 20;
/** Characters of a title and of a text. */
const longestTitle = 200;
const longestText = 2_000;
/** What push services take at least (RFC 8030, 7.2: 4096 bytes), less what the encryption adds. */
const mostBytes = 3_900;

/**
 * Endpoints that kept this process waiting to the end a minute ago or less. They are not asked again so soon: a device whose
 * address never answers would hold up the messages of all others.
 */
const silent = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 });

/** Sends a push message to every device of a person, and forgets the devices that are gone. */
export async function sendPush(delivery: Delivery, person: Person, message: Message): Promise<boolean> {
  const devices = await devicesOf(delivery, person);
  if (devices.length === 0) return false;
  const vapid = await vapidKeys(delivery.db);
  const { config } = delivery.services;
  const details = { subject: `mailto:${config.mailFrom.address}`, ...vapid };
  const payload = payloadOf(message);
  const outcomes = await Promise.all(devices.map((device) => sendTo(delivery, device, payload, details)));
  const withOutcome = (wanted: Outcome): number[] =>
    devices.flatMap(({ id }, index) => (outcomes[index] === wanted ? [id] : []));
  const [sent, gone] = [withOutcome('sent'), withOutcome('gone')];
  await noteOutcomes(delivery, person, sent, gone);
  if (sent.length > 0) return true;
  // One failure is tried again with all devices: none of them has got it yet.
  const failure = outcomes.find((outcome) => outcome instanceof Error);
  if (failure instanceof Error) throw failure;
  return false;
}

/** A message as devices read it, cut where it would be more than a push service takes. */
function payloadOf({ subject, text, path = '/' }: Message): string {
  const title = cut(subject, longestTitle);
  let longest = longestText;
  let payload = JSON.stringify({ title, body: cut(text, longest), path });
  while (Buffer.byteLength(payload) > mostBytes && longest > 0) {
    longest = Math.floor(longest * 0.9);
    payload = JSON.stringify({ title, body: cut(text, longest), path });
  }
  return payload;
}

function cut(text: string, longest: number): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}\u2026` : text;
}

type Outcome = 'sent' | 'gone' | Error;

async function sendTo(
  delivery: Delivery,
  { endpoint, keys }: Device,
  payload: string,
  vapidDetails: { subject: string; publicKey: string; privateKey: string },
): Promise<Outcome> {
  const service = new URL(endpoint).host;
  if (silent.has(endpoint)) return new DomainError('unavailable', `The push service ${service} did not answer lately`);
  const limit = timeLimit(delivery);
  try {
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys }, payload, {
      vapidDetails,
      TTL: keptSeconds,
      contentEncoding: 'aes128gcm',
    });
    const allowPrivate = delivery.services.config.privatePush;
    const { status } = await postOutside(endpoint, { headers, body, allowPrivate, signal: limit });
    if (status >= 200 && status < 300) return 'sent';
    // 404 and 410: the subscription was cancelled (RFC 8030, 7.3).
    if (status === 404 || status === 410) return 'gone';
    return new DomainError('unavailable', `The push service ${service} answered ${status}`);
  } catch (error) {
    if (limit.aborted) silent.set(endpoint, true);
    const { code, message } = error as NodeJS.ErrnoException;
    return new DomainError('unavailable', `The push service ${service} can not be reached: ${code ?? message}`);
  }
}

async function devicesOf({ db }: Delivery, { companyId, userId }: Person): Promise<Device[]> {
  const rows = await db.rows(sql`
    SELECT s.id, s.endpoint, k.p256dh, k.auth FROM push_subscriptions s
    JOIN push_keys k ON k.company_id = s.company_id AND k.subscription_id = s.id
    WHERE s.company_id = ${companyId} AND s.user_id = ${userId}
    ORDER BY s.last_modified DESC, s.id DESC LIMIT ${mostDevices}`);
  return rows.map(([id, endpoint, p256dh, auth]) => ({
    id: Number(id),
    endpoint: String(endpoint),
    keys: { p256dh: String(p256dh), auth: String(auth) },
  }));
}

async function noteOutcomes(
  { db, now }: Delivery,
  { companyId }: Person,
  sent: readonly number[],
  gone: readonly number[],
): Promise<void> {
  await db.pipeline([
    sql`UPDATE push_keys SET last_used = to_timestamp(${now}::float8)
        WHERE company_id = ${companyId} AND subscription_id = ANY(${sent}::int[])`,
    sql`DELETE FROM push_subscriptions WHERE company_id = ${companyId} AND id = ANY(${gone}::int[])`,
  ]);
}
