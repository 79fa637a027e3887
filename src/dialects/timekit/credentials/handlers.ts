import {
  demandKeyHolder,
  issuePersonalKey,
  type PersonalDoor,
  personalKeysOf,
  revokePersonalKey,
} from '../../../operations/personal-keys.ts';
import { type Call, type Handler, onlyOf } from '../call.ts';
import { paged } from '../paging.ts';
import { everyUser, usersNamed } from '../resources/find.ts';
import { searchOf } from '../search.ts';
import { Fields, NotFound } from '../validation.ts';
import { credentialObject } from './object.ts';

const doors: Readonly<Record<string, PersonalDoor>> = {
  'server-token': 'timekit-server',
  'client-token': 'timekit-client',
};

/** What keys are looked for by. */
export const searchKeys = ['resource.id'] as const;

export const listCredentials: Handler = async (call) => {
  const wanted = searchOf(call.query, searchKeys).get('resource.id')?.toLowerCase();
  const people = await uuidsById(call);
  const keys = (await personalKeysOf(call.services, call.app)).filter(({ userId }) => {
    const uuid = people.get(userId);
    return uuid !== undefined && (wanted === undefined || wanted === uuid);
  });
  const { rows, page } = paged(call.query, keys);
  return { data: rows.map((key) => credentialObject(call, key, people.get(key.userId) ?? '')), page };
};

async function uuidsById(call: Call): Promise<Map<number, string>> {
  return new Map((await everyUser(call)).map(({ id, uuid }) => [Number(id), String(uuid)]));
}

/** The text of a key is answered here, and never again. */
export const postCredential: Handler = async (call) => {
  const { services, app, ctx } = call;
  const fields = new Fields(call.body);
  const type = fields.oneOf('type', ['server-token', 'client-token'] as const) ?? 'server-token';
  const label = fields.text('name', { longest: 100 }) ?? 'Timekit';
  const userId = await userIn(call, fields);
  fields.done();
  if (userId === undefined) throw new NotFound('Resource');
  await demandKeyHolder(ctx, userId);
  const door = doors[type] ?? 'timekit-server';
  const token = await issuePersonalKey(services, app, { userId, door, label }, ctx.now);
  const key = (await personalKeysOf(services, app)).findLast((one) => one.userId === userId && one.door === door);
  if (key === undefined) throw new NotFound('Credential');
  const uuid = (await uuidsById(call)).get(userId) ?? '';
  return { status: 201, data: { ...credentialObject(call, key, uuid), token, api_token: token } };
};

async function userIn(call: Call, fields: Fields): Promise<number | undefined> {
  const named = fields.text('resource_id', { required: onlyOf(call) === undefined });
  if (named === undefined) return onlyOf(call);
  const user = (await usersNamed(call, [named])).get(named.toLowerCase());
  return user === undefined ? fields.refuse('resource_id', 'The resource id does not exist.') : Number(user.id);
}

export const deleteCredential: Handler = async (call) => {
  const { services, app, ctx, params } = call;
  const people = await uuidsById(call);
  const keys = await personalKeysOf(services, app);
  const key = keys.find(({ id, userId }) => id === params.id?.toLowerCase() && people.has(userId));
  if (key === undefined) throw new NotFound('Credential');
  await demandKeyHolder(ctx, key.userId);
  await revokePersonalKey(services, app, key.id, ctx.now);
  return { status: 204 };
};
