import { queryOptions } from '@tanstack/react-query';
import type { Key, KeySecret, Keys, NewKey, TokenSecret, Tokens } from '../../src/dialects/web/shapes.ts';
import { request } from './request.ts';
import { asGiven, useSend } from './send.ts';

/** The kinds of keys that act as the person who made them. */
export type KeyKind = 'tokens' | 'timestation' | 'legacy';

const paths = { tokens: '/web/tokens', timestation: '/web/keys/timestation', legacy: '/web/keys/legacy' } as const;

/** The company's keys of a kind. */
export function keysQuery(kind: KeyKind) {
  return queryOptions({
    queryKey: ['keys', kind],
    queryFn: async (): Promise<readonly Key[]> => {
      const answer = await request<Tokens | Keys>('GET', paths[kind]);
      return 'tokens' in answer ? answer.tokens : answer.keys;
    },
  });
}

/** Makes a key; the answer tells it this once. */
export function useCreateKey(kind: KeyKind) {
  return useSend<TokenSecret | KeySecret, NewKey>({
    method: 'POST',
    path: paths[kind],
    body: asGiven,
    touches: 'keys',
  });
}

/** Revokes a key. */
export function useRevokeKey(kind: KeyKind) {
  const folder = kind === 'tokens' ? '/web/tokens' : '/web/keys';
  return useSend<void, string>({
    method: 'DELETE',
    path: (id) => `${folder}/${encodeURIComponent(id)}`,
    touches: 'keys',
  });
}
