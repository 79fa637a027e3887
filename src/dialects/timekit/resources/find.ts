import { resourceOf } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { idsOfUuids, listValues, valuesByIds } from '../../../engine/values.ts';
import { type Call, onlyOf } from '../call.ts';
import { NotFound } from '../validation.ts';

/** The active users of these UUIDs, by the UUID in lower case, as far as the key reaches; what is no such user is left out. */
export async function usersNamed(call: Call, uuids: readonly string[]): Promise<Map<string, Values>> {
  const { ctx } = call;
  const users = resourceOf(ctx, 'users');
  const ids = await idsOfUuids(ctx, users, uuids);
  const rows = await valuesByIds(ctx, users, ids.values());
  const only = onlyOf(call);
  const found = [...rows.values()].filter(({ id, active }) => active === true && (only === undefined || only === id));
  return new Map(found.map((user) => [String(user.uuid), user]));
}

/** The active user of a UUID. Throws NotFound. */
export async function userNamed(call: Call, uuid: string): Promise<Values> {
  const user = (await usersNamed(call, [uuid])).get(uuid.toLowerCase());
  if (user === undefined) throw new NotFound('Resource');
  return user;
}

/** Every active user whom the key reaches, in the order in which they were made. */
export async function everyUser(call: Call): Promise<Values[]> {
  const { ctx } = call;
  const only = onlyOf(call);
  const params = only === undefined ? {} : { ids: String(only) };
  const all: Values[] = [];
  for (let page = 1; ; page += 1) {
    const { rows, more } = await listValues(ctx, resourceOf(ctx, 'users'), { params, page });
    all.push(...rows);
    if (!more) return all;
  }
}
