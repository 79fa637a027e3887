import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionSeconds } from '../../operations/web-sessions.ts';

const plainName = 'openpunch_session';
/** Browsers take a cookie of this name only over HTTPS and from the very host, so that no neighbour in its domain can plant one. */
const hostName = `__Host-${plainName}`;

/** The session's token; undefined when the request has none. */
export function sessionTokenIn({
  cookies,
  protocol,
}: Pick<FastifyRequest, 'cookies' | 'protocol'>): string | undefined {
  return cookies[hostName] || (protocol === 'https' ? undefined : cookies[plainName]) || undefined;
}

/** Gives the browser a session's token, which no script can read. */
export function keepSession({ protocol, headers }: FastifyRequest, reply: FastifyReply, token: string): void {
  // A proxy that is not trusted may have taken HTTPS off: the browser's own word counts too.
  const secure = protocol === 'https' || /^https:/i.test(headers.origin ?? '');
  reply.setCookie(secure ? hostName : plainName, token, { ...attributes, secure, maxAge: sessionSeconds });
}

/** Takes it away. */
export function dropSession(reply: FastifyReply): void {
  reply.clearCookie(hostName, { ...attributes, secure: true });
  reply.clearCookie(plainName, attributes);
}

const attributes = { path: '/', httpOnly: true, sameSite: 'lax' } as const;
