import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Fields, fieldsOfForm } from '../../../http/pages/forms.ts';
import type { Html } from '../../../http/pages/html.ts';
import type { Problems } from '../../../http/pages/layout.ts';
import { problemsOf } from '../../../http/pages/problems.ts';
import type { Services } from '../../../http/services.ts';
import { TooManyAttempts } from '../../../operations/sign-in.ts';
import { type AuthorizeParameters, checkAuthorization } from './authorization.ts';
import { type Addresses, errorPage } from './pages.ts';
import { redirect, sendPage } from './replies.ts';

/** The dialect's name in the history. */
export const via = 'tsheets-rest';
/** What the application hears when the person says no. */
export const denied = ['access_denied', 'The user denied access to your application'] as const;

/** One request to /authorize and everything that its steps need. */
export interface Visit {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly query: Fields;
  readonly form: Fields;
  readonly to: Addresses;
}

/** Reads what a request to /authorize brings. */
export function visit(services: Services, request: FastifyRequest, reply: FastifyReply): Visit {
  const [path = '', search = ''] = request.url.split(/\?(.*)/s);
  const query = fieldsOfForm(search);
  const base = `${request.protocol}://${request.host}${path}`;
  const page = (mode: string): string => `${base}?${new URLSearchParams({ ...query, display_mode: mode })}`;
  const form = (request.body ?? {}) as Fields;
  const to = { action: `${base}?${search}`, signIn: page('login'), signUp: page('create'), cancel: undefined };
  return { services, request, reply, query, form, to };
}

/** Checks the parameters in the address; undefined when the answer is given already. */
export async function parametersOf(here: Visit): Promise<AuthorizeParameters | undefined> {
  const checked = await checkAuthorization(here.services.database.system, here.query);
  if (checked.kind === 'good') return checked.parameters;
  if (checked.kind === 'redirect') redirect(here.reply, checked.location);
  else sendPage(here.reply, 400, errorPage('This link does not work', checked.detail), undefined);
  return undefined;
}

/** Shows a form again, with what was wrong; what a form can not show goes on to the last-resort handler. */
export function showAgain(
  { reply }: Visit,
  error: unknown,
  redirectUri: string,
  form: (problems: Problems) => Html,
): FastifyReply {
  const page = form(problemsOf(error));
  if (!(error instanceof TooManyAttempts)) return sendPage(reply, 422, page, redirectUri);
  return sendPage(reply.header('retry-after', error.retryAfter), 429, page, redirectUri);
}
