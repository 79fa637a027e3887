import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fields } from '../../../http/pages/forms.ts';
import type { Services } from '../../../http/services.ts';
import { checkPassword, countSignUp } from '../../../operations/sign-in.ts';
import { checkCompany, createCompany, type NewCompany } from '../../../operations/sign-up.ts';
import { type AuthorizeParameters, errorRedirection } from './authorization.ts';
import { answerConsent, ask, changePassword, userOf } from './consent.ts';
import { type Addresses, signInPage, signUpPage } from './pages.ts';
import { sendPage } from './replies.ts';
import { denied, parametersOf, showAgain, type Visit, via, visit } from './visit.ts';
import { proposedZone } from './zones.ts';

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
    return showAgain(here, error, parameters.redirectUri, (problems) =>
      signInPage(withCancel(here.to, parameters), parameters.app, here.form, problems),
    );
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
    return showAgain(here, error, parameters.redirectUri, (problems) =>
      signUpPage(withCancel(here.to, parameters), parameters.app, proposedZone(), form, problems),
    );
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
