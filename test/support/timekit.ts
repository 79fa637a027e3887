import { createBookingApp } from '../../src/operations/booking-apps.ts';
import type { Answer, Json } from './api.ts';
import type { Company, Person, World } from './world.ts';

/** An application of a company, and requests with each of its keys. */
export interface TimekitApp {
  readonly slug: string;
  readonly appToken: string;
  readonly widgetKey: string;
  /** With the app token. */
  readonly api: Timekit;
  /** With the widget key. */
  readonly widget: Timekit;
}

/** Requests below /v2 with one key, by real HTTP. */
export interface Timekit {
  get(path: string, headers?: Headers): Promise<Answer>;
  post(path: string, body: unknown, headers?: Headers): Promise<Answer>;
  put(path: string, body: unknown, headers?: Headers): Promise<Answer>;
  delete(path: string, headers?: Headers): Promise<Answer>;
  /** Any request; `body` is sent as it is. */
  send(method: string, path: string, body?: string, headers?: Headers): Promise<Answer>;
}

type Headers = Readonly<Record<string, string>>;

/** What Basic authentication sends; the name is empty for the keys of an application. */
export function basic(key: string, name = ''): string {
  return `Basic ${Buffer.from(`${name}:${key}`).toString('base64')}`;
}

/** Requests with these headers, such as `authorization`; none for a stranger. */
export function timekitWith(world: World, own: Headers = {}): Timekit {
  const send: Timekit['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${world.url}/v2${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...own, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const parsed = text === '' ? {} : (JSON.parse(text) as Json);
    return { status: response.status, headers: response.headers, text, body: parsed };
  };
  return {
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, JSON.stringify(body), headers),
    put: (path, body, headers) => send('PUT', path, JSON.stringify(body), headers),
    delete: (path, headers) => send('DELETE', path, undefined, headers),
  };
}

/** Makes an application of a company, whose owner is its admin where nobody else is named. */
export async function timekitApp(
  world: World,
  company: Company,
  { name = 'Front desk', test = false, owner = company.admin }: { name?: string; test?: boolean; owner?: Person } = {},
): Promise<TimekitApp> {
  const input = { companyId: company.id, ownerId: owner.userId, name, test };
  const keys = await createBookingApp(world.services, input, { via: 'test', requestId: '' }, world.clock.now());
  return {
    ...keys,
    api: timekitWith(world, { authorization: basic(keys.appToken) }),
    widget: timekitWith(world, { authorization: basic(keys.widgetKey) }),
  };
}

/** The UUID by which Timekit's clients know a user. */
export async function resourceId(world: World, company: Company, userId: number): Promise<string> {
  const [row] = await world.services.database.forCompany(company.id).rows({
    text: 'SELECT uuid FROM users WHERE company_id = $1 AND id = $2',
    values: [company.id, userId],
  });
  return String(row?.[0]);
}
