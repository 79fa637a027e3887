import { companyToken, secretHash } from '../../src/lib/secrets.ts';
import { newFamily } from '../../src/operations/tokens.ts';
import { insertAccessToken } from '../../src/resources/access-tokens/queries.ts';
import type { Answer, Json } from './api.ts';
import type { Company, Person, World } from './world.ts';

/** Requests below /web, as the web app in one browser sends them: with its header, and with the cookie that it was given last. */
export interface Web {
  /** What the browser keeps; undefined when nobody has signed in. */
  cookie(): string | undefined;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Any request; `body` is sent as it is, and the headers of the app only where nothing else is said. */
  send(method: string, path: string, body?: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** Over HTTP, and over HTTPS. */
const cookieNames = ['openpunch_session', '__Host-openpunch_session'];

/** A browser in which nobody has signed in, or whose cookie holds this token. */
export function browserOf(world: World, token?: string): Web {
  let kept = token;
  const send: Web['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${world.url}/web${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(kept === undefined ? {} : { cookie: cookieNames.map((name) => `${name}=${kept}`).join('; ') }),
        'x-openpunch': 'web',
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const given = /^(?:__Host-)?openpunch_session=([^;]*)/.exec(response.headers.get('set-cookie') ?? '');
    if (given !== null) kept = given[1] || undefined;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? {} : (JSON.parse(text) as Json),
    };
  };
  return {
    cookie: () => kept,
    send,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body === undefined ? undefined : JSON.stringify(body)),
    put: (path, body) => send('PUT', path, JSON.stringify(body)),
    delete: (path) => send('DELETE', path),
  };
}

/** A browser in which somebody has signed in, without the slow check of a password; signing in has tests of its own. */
export async function webOf(world: World, company: Company, { userId }: Pick<Person, 'userId'>): Promise<Web> {
  const token = companyToken(company.id);
  const now = world.clock.now();
  const owner = { companyId: company.id, userId, clientId: null, family: newFamily() };
  const row = { ...owner, hash: secretHash(token), label: 'test', door: 'web', expiresAt: now + 14 * 86_400 } as const;
  await insertAccessToken(world.services.database.system, row, now);
  return browserOf(world, token);
}
