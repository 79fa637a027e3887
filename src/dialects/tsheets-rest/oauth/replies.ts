import type { FastifyReply } from 'fastify';
import type { Html } from '../../../http/pages/html.ts';
import { pageHeaders, sendPage as send } from '../../../http/pages/send.ts';
import { formTargets } from './authorization.ts';

/** Sends a page whose forms may lead to the application. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  page: Html,
  redirectUri: string | undefined,
): FastifyReply {
  // An application may show this page in a window that it opened, and wait there for the redirect.
  reply.header('cross-origin-opener-policy', 'unsafe-none');
  return send(reply, status, page, formTargets(redirectUri));
}

/** Redirects to the application. */
export function redirect(reply: FastifyReply, location: string): FastifyReply {
  return reply
    .code(302)
    .headers({ ...pageHeaders, location })
    .send();
}
