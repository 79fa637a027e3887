import { type Key as KeptKey, keysOf, type MadeKey, makeKey, revokeKey } from '../../operations/keys.ts';
import { momentOf } from './moments.ts';
import { fieldsOf, numberIn, requiredTextIn } from './read.ts';
import type { Call, Route } from './route.ts';
import type { Key, KeyDoor, KeySecret, Keys, TokenSecret, Tokens } from './shapes.ts';

const mostDays = 3_650;

function list(door: KeyDoor): (call: Call) => Promise<Key[]> {
  return async ({ services, session }) => (await keysOf(services, session.companyId, [door])).map(keyOf);
}

function make(door: KeyDoor): (call: Call) => Promise<{ key: Key; secret: string }> {
  return async ({ services, request, session, ctx }) => {
    const fields = fieldsOf(request);
    const label = requiredTextIn(fields, 'label', 1_000);
    const days = numberIn(fields, 'expiresInDays', 1, mostDays);
    const { key, secret }: MadeKey = await makeKey(services, session, { door, label, days }, ctx.now);
    return { key: keyOf(key), secret };
  };
}

function revoke(doors: readonly KeyDoor[]): (call: Call) => Promise<void> {
  return ({ services, params, session, ctx }) =>
    revokeKey(services, session.companyId, doors, params.id ?? '', ctx.now);
}

function keyOf({ id, door, label, userId, userName, userActive, created, lastUsed, expiresAt }: KeptKey): Key {
  return {
    id,
    // Only keys of these doors are asked for.
    door: door as KeyDoor,
    label,
    person: { id: userId, name: userName, active: userActive },
    created: momentOf(created),
    lastUsed: momentOf(lastUsed),
    expiresAt: momentOf(expiresAt),
  };
}

const [listTokens, makeToken] = [list('tsheets-rest'), make('tsheets-rest')];

const tokens: readonly Route[] = [
  {
    method: 'GET',
    path: '/tokens',
    access: 'admin',
    handler: async (call): Promise<Tokens> => ({ tokens: await listTokens(call) }),
  },
  {
    method: 'POST',
    path: '/tokens',
    access: 'admin',
    status: 201,
    handler: async (call): Promise<TokenSecret> => {
      const { key: token, secret } = await makeToken(call);
      return { token, secret };
    },
  },
  { method: 'DELETE', path: '/tokens/:id', access: 'admin', status: 204, handler: revoke(['tsheets-rest']) },
];

function keysFor(name: string, door: KeyDoor): readonly Route[] {
  const [listKeys, makeOne] = [list(door), make(door)];
  const path = `/keys/${name}`;
  return [
    {
      method: 'GET',
      path,
      access: 'admin',
      handler: async (call): Promise<Keys> => ({ keys: await listKeys(call) }),
    },
    { method: 'POST', path, access: 'admin', status: 201, handler: (call): Promise<KeySecret> => makeOne(call) },
  ];
}

export const routes: readonly Route[] = [
  ...tokens,
  ...keysFor('timestation', 'timestation'),
  ...keysFor('legacy', 'tsheets-legacy'),
  {
    method: 'DELETE',
    path: '/keys/:id',
    access: 'admin',
    status: 204,
    handler: revoke(['timestation', 'tsheets-legacy']),
  },
];
