import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../../http/services.ts';
import { DomainError } from '../../../lib/errors.ts';
import { companyToken, secretHash } from '../../../lib/secrets.ts';
import {
  checkPassword,
  countSignUp,
  type SignedIn,
  setPassword,
  TooManyAttempts,
} from '../../../operations/sign-in.ts';
import { checkCompany, createCompany, InvalidFields, type NewCompany } from '../../../operations/sign-up.ts';
import { newFamily } from '../../../operations/tokens.ts';
import { loginOf } from '../../../resources/credentials/queries.ts';
import * as apps from '../../../resources/oauth-apps/queries.ts';
import { type AuthorizeParameters, checkAuthorization, errorRedirection, redirection } from './authorization.ts';
import { type Fields, fieldsOfForm } from './bodies.ts';
import type { Problems } from './layout.ts';
import { type Addresses, consentPage, errorPage, passwordPage, signInPage, signUpPage } from './pages.ts';
import { redirect, sendPage } from './replies.ts';
import { proposedZone } from './zones.ts';

const codeSeconds = 600;
const requestSeconds = 600;
const via = 'tsheets-rest';
const denied = ['access_denied', 'The user denied access to your application'] as const;

/** One request to /authorize and everything that its steps need. */
interface Visit {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: Fields;
  readonly form: Fields;
  readonly to: Addresses;
}

function visit(services: Services, request: FastifyRequest, reply: FastifyReply): Visit {
  const [path = '', search = ''] = request.url.split(/\?(.*)/s);
  const query = fieldsOfForm(search);
  const base = `${request.protocol}://${request.host}${path}`;
  const page = (mode: string): string => `${base}?${new URLSearchParams({ ...query, display_mode: mode })}`;
  const form = (request.body ?? {}) as Fields;
  const to = { action: `${base}?${search}`, signIn: page('login'), signUp: page('create'), cancel: undefined };
  return { services, request, reply, query, form, to };
}

/** Checks the parameters in the address; undefined when the answer is given already. */
async function parametersOf(here: Visit): Promise<AuthorizeParameters | undefined> {
  const checked = await checkAuthorization(here.services.database.system, here.query);
  if (checked.kind === 'good') return checked.parameters;
  if (checked.kind === 'redirect') redirect(here.reply, checked.location);
  else sendPage(here.reply, 400, errorPage('This link does not work', checked.detail), undefined);
  return undefined;
}

function withCancel(to: Addresses, { redirectUri, state }: AuthorizeParameters): Addresses {
  return { ...to, cancel: errorRedirection(redirectUri, state, ...denied) };
}

/** GET /authorize: the form for signing in, or for a new company. Reference: overview, Step 1. */
export async function showAuthorize(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const here = visit(services, request, reply);
  const parameters = await parametersOf(here);
  if (parameters === undefined) return reply;
  const to = withCancel(here.to, parameters);
  const form =
    here.query.display_mode === 'create'
      ? signUpPage(to, parameters.app, proposedZone())
      : signInPage(to, parameters.app);
  return sendPage(reply, 200, form, parameters.redirectUri);
}

/** POST /authorize: a step of the dialogue that GET /authorize began. */
export async function takeStep(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const here = visit(services, request, reply);
  switch (here.form.step) {
    case 'consent':
      return answerConsent(here);
    case 'password':
      return changePassword(here);
    case 'sign-up':
      return signUp(here);
    default:
      return signIn(here);
  }
}

async function signIn(here: Visit): Promise<FastifyReply> {
  const parameters = await parametersOf(here);
  if (parameters === undefined) return here.reply;
  const { company = '', username = '', password = '' } = here.form;
  try {
    const now = here.services.clock.now();
    const input = { companyUrl: company, username, password, address: here.request.ip, now };
    return await ask(here, parameters, await checkPassword(here.services, input));
  } catch (error) {
    const problems = problemsOf(error);
    const form = signInPage(withCancel(here.to, parameters), parameters.app, here.form, problems);
    return sendPage(refuse(here.reply, error), here.reply.statusCode, form, parameters.redirectUri);
  }
}

async function signUp(here: Visit): Promise<FastifyReply> {
  const parameters = await parametersOf(here);
  if (parameters === undefined) return here.reply;
  const { services, form, request } = here;
  try {
    const input = newCompany(form);
    checkCompany(input, form.password === form.repeat ? {} : { repeat: 'The two passwords differ.' });
    await countSignUp(services.database, request.ip, services.clock.now());
    const made = await createCompany(services, input, { via, requestId: request.id });
    const news = `${input.name} is ready. Its company address is ${made.clientUrl}: you need it whenever you sign in.`;
    return await ask(here, parameters, await userOf(services, made.companyId, made.userId), news);
  } catch (error) {
    const problems = problemsOf(error);
    const again = signUpPage(withCancel(here.to, parameters), parameters.app, proposedZone(), form, problems);
    return sendPage(refuse(here.reply, error), here.reply.statusCode, again, parameters.redirectUri);
  }
}

function newCompany(form: Fields): NewCompany {
  const text = (name: string): string => (form[name] ?? '').trim();
  return {
    name: text('name'),
    clientUrl: text('clientUrl').toLowerCase(),
    timeZone: text('timeZone'),
    admin: {
      username: text('username'),
      firstName: text('firstName'),
      lastName: text('lastName'),
      email: text('email'),
      password: form.password ?? '',
    },
  };
}

async function changePassword(here: Visit): Promise<FastifyReply> {
  const { services, form, request } = here;
  const asked = await takeRequest(here, 'password');
  if (asked === undefined) return tooLate(here);
  const { companyId, userId } = asked;
  const user = await userOf(services, companyId, userId);
  try {
    const { password = '', repeat = '' } = form;
    if (password !== repeat) throw new DomainError('invalid', 'The two passwords differ.', { field: 'repeat' });
    await setPassword(services, { companyId, userId, password, via, requestId: request.id });
  } catch (error) {
    const problems = problemsOf(error);
    const id = await keepRequest(here, asked);
    return sendPage(
      refuse(here.reply, error),
      here.reply.statusCode,
      passwordPage(here.to, user, id, problems),
      asked.redirectUri,
    );
  }
  return askConsent(here, { ...asked, purpose: 'consent' }, user);
}

/** Asks the signed-in user for a new password where that is due, else for consent. */
async function ask(here: Visit, parameters: AuthorizeParameters, user: SignedIn, news?: string): Promise<FastifyReply> {
  const { app, redirectUri, state, codeChallenge } = parameters;
  const { companyId, userId } = user;
  const common = { companyId, userId, clientId: app.clientId, redirectUri, state, codeChallenge };
  if (!user.requirePasswordChange) return askConsent(here, { ...common, purpose: 'consent' }, user, news);
  const id = await keepRequest(here, { ...common, purpose: 'password' });
  return sendPage(here.reply, 200, passwordPage(here.to, user, id), redirectUri);
}

async function askConsent(
  here: Visit,
  question: apps.AuthorizationRequest,
  user: SignedIn,
  news?: string,
): Promise<FastifyReply> {
  const app = await apps.findApp(here.services.database.system, question.clientId);
  if (app === undefined) return tooLate(here);
  const id = await keepRequest(here, question);
  return sendPage(here.reply, 200, consentPage(here.to, app, user, id, news), question.redirectUri);
}

async function answerConsent(here: Visit): Promise<FastifyReply> {
  const { services, reply, form } = here;
  const asked = await takeRequest(here, 'consent');
  if (asked === undefined) return tooLate(here);
  const { companyId, userId, clientId, redirectUri, codeChallenge, state } = asked;
  if (form.answer !== 'allow') return redirect(reply, errorRedirection(redirectUri, state, ...denied));
  const app = await apps.findApp(services.database.system, clientId);
  const user = await userOf(services, companyId, userId);
  if (app === undefined || !user.active) return tooLate(here);
  const code = companyToken(companyId);
  const expiresAt = services.clock.now() + codeSeconds;
  const granted = { companyId, userId, clientId, redirectUri, codeChallenge, family: newFamily(), expiresAt };
  await apps.insertCode(services.database.system, secretHash(code), granted);
  return redirect(reply, redirection(redirectUri, { code, state }));
}

async function userOf(services: Services, companyId: number, userId: number): Promise<SignedIn> {
  const login = await loginOf(services.database.system, companyId, userId);
  if (login === undefined) throw new DomainError('not-found', 'There is no such user.');
  const { passwordHash: _hash, ...user } = login;
  return user;
}

/** Keeps a question and gives its id, which nobody can guess: it stands for the user who signed in. */
async function keepRequest({ services }: Visit, question: apps.AuthorizationRequest): Promise<string> {
  const id = companyToken(question.companyId);
  await apps.insertRequest(services.database.system, secretHash(id), question, services.clock.now() + requestSeconds);
  return id;
}

function takeRequest(
  { services, form }: Visit,
  purpose: 'password' | 'consent',
): Promise<apps.AuthorizationRequest | undefined> {
  return apps.takeRequest(services.database.system, secretHash(form.request_id ?? ''), purpose, services.clock.now());
}

function tooLate({ reply, to }: Visit): FastifyReply {
  const detail = 'It was answered already, or it waited for more than ten minutes.';
  return sendPage(reply, 400, errorPage('This page is out of date', detail, to.signIn), undefined);
}

/** What a form can show; any other error goes on to the last-resort handler. */
function problemsOf(error: unknown): Problems {
  if (error instanceof InvalidFields) return { fields: error.fields };
  if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
  return error.field === undefined ? { general: error.detail } : { fields: new Map([[error.field, error.detail]]) };
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof TooManyAttempts) return reply.code(429).header('retry-after', error.retryAfter);
  return reply.code(422);
}
