import type { FastifyReply } from 'fastify';
import type { Services } from '../../../http/services.ts';
import { DomainError } from '../../../lib/errors.ts';
import { companyToken, secretHash } from '../../../lib/secrets.ts';
import { type SignedIn, setPassword } from '../../../operations/sign-in.ts';
import { newFamily } from '../../../operations/tokens.ts';
import { loginOf } from '../../../resources/credentials/queries.ts';
import * as apps from '../../../resources/oauth-apps/queries.ts';
import { type AuthorizeParameters, errorRedirection, redirection } from './authorization.ts';
import { consentPage, errorPage, passwordPage } from './pages.ts';
import { redirect, sendPage } from './replies.ts';
import { denied, showAgain, type Visit, via } from './visit.ts';

const codeSeconds = 600;
const requestSeconds = 600;

/** Asks the signed-in user for a new password where that is due, else for consent. */
export async function ask(
  here: Visit,
  parameters: AuthorizeParameters,
  user: SignedIn,
  news?: string,
): Promise<FastifyReply> {
  const { app, redirectUri, state, codeChallenge } = parameters;
  const { companyId, userId } = user;
  const common = { companyId, userId, clientId: app.clientId, redirectUri, state, codeChallenge };
  if (!user.requirePasswordChange) return askConsent(here, { ...common, purpose: 'consent' }, user, news);
  const id = await keepRequest(here, { ...common, purpose: 'password' });
  return sendPage(here.reply, 200, passwordPage(here.to, user, id), redirectUri);
}

/** Takes the new password and goes on to the question. */
export async function changePassword(here: Visit): Promise<FastifyReply> {
  const { services, form, request } = here;
  const asked = await takeRequest(here, 'password');
  if (asked === undefined) return tooLate(here);
  const { companyId, userId } = asked;
  const user = await userOf(services, companyId, userId);
  try {
    const { password = '', repeat = '' } = form;
    if (password !== repeat) throw new DomainError('invalid', 'The two passwords differ.', { field: 'repeat' });
    await setPassword(services, { companyId, userId, password, via, requestId: request.id }, services.clock.now());
  } catch (error) {
    const id = await keepRequest(here, asked);
    return showAgain(here, error, asked.redirectUri, (problems) => passwordPage(here.to, user, id, problems));
  }
  return askConsent(here, { ...asked, purpose: 'consent' }, user);
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

/** Takes the answer: a code for the application, or access_denied. Reference: overview, Step 1. */
export async function answerConsent(here: Visit): Promise<FastifyReply> {
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

/** The user of an id, as the pages show him. */
export async function userOf(services: Services, companyId: number, userId: number): Promise<SignedIn> {
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
