import type { FastifyRequest } from 'fastify';
import { note } from '../../http/facts.ts';
import { identifyByKey } from '../../http/identify.ts';
import { TooManyRequests } from '../../http/rate-limit.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';
import { endSession, logIn, openSession, type Session, startSession } from '../../operations/legacy-sessions.ts';
import type { Answer, Entry, Params } from './action.ts';
import { given, required } from './read.ts';
import { sessionsSaid } from './said/sessions.ts';

/** One request of somebody who may not have logged in yet. */
export interface OpenCall {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly params: Params;
}

/** get_token: opens a session of an API key. */
async function getToken({ services, request, params }: OpenCall): Promise<Answer> {
  const key = required(params, 'api_key');
  const caller = await identifyByKey(services, request, key, { doors: ['tsheets-legacy'] }).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
    throw new DomainError('unauthenticated', 'The API key is not valid.', { code: 'api-key' });
  });
  const token = await startSession(services, caller, services.clock.now());
  return { message: 'token generated successfully', fields: { token } };
}

/** login: whose session it is from now on. */
async function login(call: OpenCall): Promise<Answer> {
  const { services, request, params } = call;
  const session = await sessionOf(call);
  const username = required(params, 'username');
  const password = params.get('password') ?? '';
  if (password === '') required(params, 'password');
  const clientUrl = given(params, 'client_url');
  await logIn(services, session, { username, password, clientUrl, address: request.ip }, services.clock.now());
  return { message: 'User logged in successfully' };
}

/** logout: the token is worth nothing any more. */
async function logout(call: OpenCall): Promise<Answer> {
  await endSession(call.services, await sessionOf(call));
  return { message: 'User logged out successfully' };
}

/** Actions that come before a log-in, or end it. */
export const openActions: Readonly<Record<string, Entry<OpenCall>>> = {
  get_token: { run: getToken, said: sessionsSaid.getToken },
  login: { run: login, said: sessionsSaid.login },
  logout: { run: logout, said: sessionsSaid.logout },
};

/** The session whose token a request carries; the request counts against its limit. Throws DomainError, TooManyRequests. */
export async function sessionOf({ services, request, params }: OpenCall): Promise<Session> {
  const session = await openSession(services, required(params, 'token'), services.clock.now());
  const { companyId, userId } = session.actor ?? session.keyOwner;
  note(request, { companyId, userId, tokenKey: session.hash.slice(0, 16) });
  const { allowed, retryAfter } = services.limiter.take(session.hash);
  if (!allowed) {
    services.metrics.rateLimited.inc();
    throw new TooManyRequests(retryAfter);
  }
  return session;
}
