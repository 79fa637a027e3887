import { resourceOf } from '../../../engine/context.ts';
import { uuidsOf } from '../../../engine/values.ts';
import type { BookingApp } from '../../../operations/booking-apps.ts';
import type { Call, Handler } from '../call.ts';
import { credentialsOf } from '../identify.ts';

/**
 * The application of the key. Of an app token only the hash is kept, so `app_token` is answered to the one who shows it.
 * Reference: (c) App.
 */
export const getApp: Handler = async (call) => {
  const shown =
    call.includes.has('app_token') && call.door === 'timekit' ? credentialsOf(call.request)?.key : undefined;
  const data = await appObject(call, call.app);
  return { data: shown === undefined ? data : { ...data, app_token: shown } };
};

/** An application as it is answered. */
export async function appObject(call: Call, app: BookingApp): Promise<Record<string, unknown>> {
  const { ctx, writeTime } = call;
  return {
    id: app.id,
    slug: app.slug,
    settings: { name: app.name, ...app.settings },
    test_mode: app.testMode,
    role: app.ownerId === ctx.actor.userId ? 'owner' : 'member',
    creator_resource_id: (await uuidsOf(ctx, resourceOf(ctx, 'users'), [app.ownerId])).get(app.ownerId),
    created_at: writeTime(app.created),
    updated_at: writeTime(app.lastModified),
  };
}
