import {
  appOf,
  appsOf,
  changeApp,
  createApp,
  deleteApp,
  type RegisteredApp,
  rotateAppSecret,
} from '../../operations/apps.ts';
import { momentOf } from './moments.ts';
import { type Fields, fieldsOf, flagIn, requiredTextIn, textIn, textsIn } from './read.ts';
import type { Call, Route } from './route.ts';
import type { Application, ApplicationAnswer, ApplicationSecret, Applications } from './shapes.ts';

async function list({ services, session, ctx }: Call): Promise<Applications> {
  const apps = await appsOf(services, session.companyId, ctx.now);
  return { applications: apps.map(applicationOf) };
}

async function create(call: Call): Promise<ApplicationSecret> {
  const { services, request, session, ctx } = call;
  const fields = fieldsOf(request);
  const name = requiredTextIn(fields, 'name', 1_000);
  const description = textIn(fields, 'description', 5_000) ?? '';
  const redirectUris = redirectUrisIn(fields) ?? [];
  const { companyId } = session;
  const made = await createApp(services, { companyId, name, description, redirectUris }, ctx.now);
  return { ...(await answerOf(call, made.clientId)), clientSecret: made.clientSecret };
}

async function change(call: Call): Promise<ApplicationAnswer> {
  const { services, request, params, session } = call;
  const { clientId = '' } = params;
  const fields = fieldsOf(request);
  const [name, description] = [textIn(fields, 'name', 1_000), textIn(fields, 'description', 5_000)];
  const [redirectUris, active] = [redirectUrisIn(fields), flagIn(fields, 'active')];
  await changeApp(services, session.companyId, clientId, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(redirectUris === undefined ? {} : { redirectUris }),
    ...(active === undefined ? {} : { active }),
  });
  return answerOf(call, clientId);
}

async function remove({ services, params, session }: Call): Promise<void> {
  await deleteApp(services, session.companyId, params.clientId ?? '');
}

async function rotate(call: Call): Promise<ApplicationSecret> {
  const { services, params, session, ctx } = call;
  const { clientId = '' } = params;
  const { clientSecret } = await rotateAppSecret(services, session.companyId, clientId, ctx.now);
  return { ...(await answerOf(call, clientId)), clientSecret };
}

/** Blanks around a URI are a slip of copying. */
function redirectUrisIn(fields: Fields): readonly string[] | undefined {
  return textsIn(fields, 'redirectUris', 100, 2_000)?.map((uri) => uri.trim());
}

async function answerOf({ services, session, ctx }: Call, clientId: string): Promise<ApplicationAnswer> {
  return { application: applicationOf(await appOf(services, session.companyId, clientId, ctx.now)) };
}

function applicationOf({ created, secretCreated, lastUsed, ...app }: RegisteredApp): Application {
  return {
    ...app,
    created: momentOf(created),
    lastUsed: momentOf(lastUsed),
    secretCreated: momentOf(secretCreated),
  };
}

export const routes: readonly Route[] = [
  { method: 'GET', path: '/applications', access: 'admin', handler: list },
  { method: 'POST', path: '/applications', access: 'admin', handler: create, status: 201 },
  { method: 'PUT', path: '/applications/:clientId', access: 'admin', handler: change },
  { method: 'DELETE', path: '/applications/:clientId', access: 'admin', handler: remove, status: 204 },
  { method: 'POST', path: '/applications/:clientId/secret', access: 'admin', handler: rotate },
];
