import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionSeconds } from '../../operations/web-sessions.ts';

const name = 'openpunch_session';

/** The session's token; undefined when the request has none. */
export function sessionTokenIn({ cookies }: Pick<FastifyRequest, 'cookies'>): string | undefined {
  return cookies[name] || undefined;
}

/** Gives the browser a session's token, which no script can read. */
export function keepSession(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(name, token, { ...attributes(request), maxAge: sessionSeconds });
}

/** Takes it away. */
export function dropSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(name, attributes(request));
}

function attributes({ protocol, headers }: FastifyRequest) {
  // A proxy that is not trusted may have taken HTTPS off: the browser's own word counts too.
  const secure = protocol === 'https' || /^https:/i.test(headers.origin ?? '');
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}
