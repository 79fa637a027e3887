import { contextOf } from '../../http/identify.ts';
import { DomainError } from '../../lib/errors.ts';
import { changePassword, personOf, signInToWeb, signOut, signOutEverywhere } from '../../operations/web-sessions.ts';
import { emailOf } from '../../resources/booking-apps/queries.ts';
import { settingsAt } from '../../resources/effective-settings/queries.ts';
import { actorOf } from '../../resources/users/actor.ts';
import { dropSession, keepSession, sessionTokenIn } from './cookie.ts';
import { momentOf } from './moments.ts';
import { fieldsOf, requiredTextIn } from './read.ts';
import { type Call, type OpenCall, type Route, type Visitor, via } from './route.ts';
import type { Session, SessionAnswer } from './shapes.ts';

const longest = 1_000;

async function show({ request, reply, visitor }: OpenCall): Promise<SessionAnswer> {
  if (visitor !== undefined) return { session: await sessionOf(visitor) };
  if (sessionTokenIn(request) !== undefined) dropSession(reply);
  return { session: null };
}

async function signIn({ services, request, reply, visitor }: OpenCall): Promise<SessionAnswer> {
  const fields = fieldsOf(request);
  const given = {
    company: requiredTextIn(fields, 'company', longest),
    username: requiredTextIn(fields, 'username', longest),
    password: requiredTextIn(fields, 'password', longest),
    address: request.ip,
  };
  const now = services.clock.now();
  const { token, session } = await signInToWeb(services, given, now);
  const [actor, person] = await Promise.all([
    actorOf(services, session.companyId, session.userId),
    personOf(services, session),
  ]);
  if (actor === undefined || person === undefined) throw new DomainError('unauthenticated', 'Sign in first.');
  // The cookie that it takes the place of is nobody's any more.
  if (visitor !== undefined) await signOut(services, visitor.session, now);
  keepSession(request, reply, token);
  return { session: await sessionOf({ ctx: contextOf(services, request, actor, via), session, person }) };
}

async function endSession({ services, reply, visitor }: OpenCall): Promise<void> {
  if (visitor !== undefined) await signOut(services, visitor.session, services.clock.now());
  dropSession(reply);
}

async function endSessions({ services, reply, session, ctx }: Call): Promise<void> {
  await signOutEverywhere(services, session, ctx.now);
  dropSession(reply);
}

async function choosePassword({ services, request, session, person, ctx }: Call): Promise<SessionAnswer> {
  const fields = fieldsOf(request);
  const password = requiredTextIn(fields, 'password', longest);
  const current = person.requirePasswordChange ? '' : requiredTextIn(fields, 'currentPassword', longest);
  const change = { password, current, address: request.ip, requestId: request.id };
  await changePassword(services, session, person, change, ctx.now);
  return { session: await sessionOf({ ctx, session, person: { ...person, requirePasswordChange: false } }) };
}

async function sessionOf({ ctx, session, person }: Visitor): Promise<Session> {
  const { companyId, userId } = session;
  const [settings, email] = await Promise.all([
    settingsAt(ctx.db, companyId, 'company', 0),
    emailOf(ctx.db, companyId, userId),
  ]);
  return {
    company: {
      id: companyId,
      name: person.companyName,
      address: person.clientUrl,
      timeZone: String(settings.get('general', 'tz')),
    },
    person: {
      id: userId,
      name: person.name,
      username: person.username,
      email,
      admin: ctx.actor.permissions.has('admin'),
    },
    mustChangePassword: person.requirePasswordChange,
    expiresAt: momentOf(session.expiresAt),
  };
}

export const routes: readonly Route[] = [
  { method: 'GET', path: '/session', access: 'anybody', handler: show },
  { method: 'POST', path: '/session', access: 'anybody', handler: signIn },
  { method: 'DELETE', path: '/session', access: 'anybody', handler: endSession, status: 204 },
  {
    method: 'DELETE',
    path: '/sessions',
    access: 'person',
    beforePasswordChange: true,
    handler: endSessions,
    status: 204,
  },
  {
    method: 'PUT',
    path: '/session/password',
    access: 'person',
    beforePasswordChange: true,
    handler: choosePassword,
  },
];
