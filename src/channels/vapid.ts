import webPush from 'web-push';
import type { Db } from '../store/db.ts';
import { serverSecret } from '../store/server-secrets.ts';

/** The keys by which this server shows push services who it is (RFC 8292), base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The server's keys, made at its first start. `db` must see the whole server. */
export async function vapidKeys(db: Db): Promise<VapidKeys> {
  const make = (): string => JSON.stringify(webPush.generateVAPIDKeys());
  return JSON.parse(await serverSecret(db, 'vapid', make)) as VapidKeys;
}
