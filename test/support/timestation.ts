import { systemClock } from '../../src/lib/clock.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import type { Answer, Json } from './api.ts';
import type { Company, Person, World } from './world.ts';

/** A form's values by name: `{ name: 'Ada', 'custom_fields[Phone]': '1' }`. */
export type Form = Readonly<Record<string, string>>;

/** Requests with one API key over the TimeStation dialect, by real HTTP. */
export interface TimeStation {
  readonly key: string;
  get(path: string, query?: Form): Promise<Answer>;
  post(path: string, form?: Form): Promise<Answer>;
  put(path: string, form?: Form, query?: Form): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Any request; the key comes as Basic unless the headers say otherwise. */
  send(method: string, path: string, body?: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A client with a new key that acts as this person; the company's admin when none is named. */
export async function timestationOf(
  world: World,
  company: Company,
  person: Pick<Person, 'userId'> = company.admin,
  version: 'v1' | 'v1.1' = 'v1',
): Promise<TimeStation> {
  const owner = { companyId: company.id, userId: person.userId, label: 'test', door: 'timestation' } as const;
  return clientOf(`${world.url}/${version}`, await issueToken(world.services, owner, systemClock.now()));
}

/** A client with this key, valid or not; paths are below `base`. */
export function clientOf(base: string, key: string): TimeStation {
  const send: TimeStation['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  const form = (method: string, path: string, values: Form): Promise<Answer> =>
    send(method, path, new URLSearchParams(values).toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  const withQuery = (path: string, query: Form): string => {
    const text = new URLSearchParams(query).toString();
    return text === '' ? path : `${path}?${text}`;
  };
  return {
    key,
    send,
    get: (path, query = {}) => send('GET', withQuery(path, query)),
    post: (path, values = {}) => form('POST', path, values),
    put: (path, values = {}, query = {}) => form('PUT', withQuery(path, query), values),
    delete: (path) => send('DELETE', path),
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}
