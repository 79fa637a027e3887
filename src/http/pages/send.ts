import type { FastifyReply } from 'fastify';
import type { Html } from './html.ts';
import { styleSource } from './style.ts';

/** For every page and every step between pages: nobody keeps it, and nobody is told where it came from. */
export const pageHeaders = { 'cache-control': 'no-store', pragma: 'no-cache', 'referrer-policy': 'no-referrer' };

/** Sends a page that runs no script, is shown in no frame, and whose forms lead to these sources only. */
export function sendPage(reply: FastifyReply, status: number, page: Html, formTargets = "'self'"): FastifyReply {
  const policy = [
    "default-src 'none'",
    `style-src ${styleSource}`,
    `form-action ${formTargets}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return reply
    .code(status)
    .headers({
      ...pageHeaders,
      'content-security-policy': policy.join('; '),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    })
    .type('text/html; charset=utf-8')
    .send(page.text);
}
