import { vapidKeys } from '../../../channels/vapid.ts';
import type { Db } from '../../../store/db.ts';
import type { Handler } from '../handlers.ts';

/**
 * GET /push_key: the public key that a browser needs to subscribe to this server's push messages. An addition to the
 * reference. `system` must see the whole server.
 */
export function pushKeyHandler(system: Db): Handler {
  return async () => {
    const { publicKey } = await vapidKeys(system);
    return JSON.stringify({ results: { push_key: { public_key: publicKey } } });
  };
}
