import { startTrial } from '../../operations/try-tokens.ts';
import { momentOf } from './moments.ts';
import { fieldsOf, textIn, wordIn } from './read.ts';
import type { Call, Route } from './route.ts';
import type { TryToken } from './shapes.ts';

const doors = ['tsheets-rest', 'tsheets-legacy', 'timestation', 'timekit'] as const;

async function tryToken({ services, request, session, ctx }: Call): Promise<TryToken> {
  const fields = fieldsOf(request);
  const door = wordIn(fields, 'door', doors);
  const bookingApp = textIn(fields, 'bookingApp', 200);
  const { expiresAt, ...trial } = await startTrial(services, ctx.actor, session, { door, bookingApp }, ctx.now);
  return { ...trial, expiresAt: momentOf(expiresAt) };
}

export const routes: readonly Route[] = [
  { method: 'POST', path: '/try-token', access: 'person', handler: tryToken, status: 201 },
];
