import type { FastifyReply } from 'fastify';
import { formTargets } from './authorization.ts';
import type { Html } from './html.ts';
import { styleSource } from './style.ts';

const common = { 'cache-control': 'no-store', pragma: 'no-cache', 'referrer-policy': 'no-referrer' };

/** Sends a page that runs no script, is shown in no frame, and whose forms may lead to the application. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  page: Html,
  redirectUri: string | undefined,
): FastifyReply {
  const policy = [
    "default-src 'none'",
    `style-src ${styleSource}`,
    `form-action ${formTargets(redirectUri)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return reply
    .code(status)
    .headers({
      ...common,
      'content-security-policy': policy.join('; '),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      // An application may show this page in a window that it opened, and wait there for the redirect.
      'cross-origin-opener-policy': 'unsafe-none',
    })
    .type('text/html; charset=utf-8')
    .send(page.text);
}

/** Redirects to the application. */
export function redirect(reply: FastifyReply, location: string): FastifyReply {
  return reply
    .code(302)
    .headers({ ...common, location })
    .send();
}
