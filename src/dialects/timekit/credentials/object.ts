import { resourceOf } from '../../../engine/context.ts';
import { uuidsOf } from '../../../engine/values.ts';
import { type PersonalKey, personalKeysOf } from '../../../operations/personal-keys.ts';
import type { Call } from '../call.ts';

/** A key of a resource as it is answered, without its text. Reference: (c) Others the SDK can call. */
export function credentialObject({ writeTime }: Pick<Call, 'writeTime'>, key: PersonalKey, resourceId: string) {
  return {
    id: key.id,
    type: key.door === 'timekit-server' ? 'server-token' : 'client-token',
    name: key.label,
    resource: { id: resourceId },
    created_at: writeTime(key.created),
  };
}

/** The keys of these users, by user. */
export async function credentialObjects(
  call: Call,
  userIds: readonly number[],
): Promise<Map<number, Record<string, unknown>[]>> {
  const keys = await personalKeysOf(call.services, call.app);
  const uuids = await uuidsOf(call.ctx, resourceOf(call.ctx, 'users'), userIds);
  const objects = new Map<number, Record<string, unknown>[]>(userIds.map((id) => [id, []]));
  for (const key of keys) objects.get(key.userId)?.push(credentialObject(call, key, uuids.get(key.userId) ?? ''));
  return objects;
}
