import createFetchClient, { type Client } from 'openapi-fetch';
import { type Patience, persistent, readsByPost } from './persistent.ts';

/** Where a server is, and how it is asked. */
export interface Server extends Patience {
  /** The address of the server, such as https://time.example.com, without the path of an API. */
  readonly baseUrl: string;
  /** Stands in for the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A secret, or what gives one for each request, such as a token that is renewed now and then. */
export type Secret = string | (() => string | Promise<string>);

/** Headers of each request. */
export type Headers = () => Promise<Readonly<Record<string, string>>>;

/** What needs no key: reads, whose answers need not be kept, and signing in, which has none. */
function needsKey(method: string, path: string): boolean {
  return method !== 'GET' && path !== '/auth' && !(method === 'POST' && readsByPost.test(path));
}

/** A client of openapi-fetch for one API of a server: with its headers, keys for writes, and patience. */
export function connect<Paths extends object>(server: Server, prefix: string, headers: Headers): Client<Paths> {
  const { baseUrl, fetch: send = (request: Request) => globalThis.fetch(request) } = server;
  const client = createFetchClient<Paths>({
    baseUrl: `${baseUrl.replace(/\/+$/, '')}${prefix}`,
    // Lists of ids stand with commas between.
    querySerializer: { array: { style: 'form', explode: false } },
    fetch: persistent(send, server),
  });
  client.use({
    async onRequest({ request, schemaPath }) {
      for (const [name, value] of Object.entries(await headers())) {
        if (!request.headers.has(name)) request.headers.set(name, value);
      }
      if (needsKey(request.method, schemaPath) && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', crypto.randomUUID());
      }
      return request;
    },
  });
  return client;
}

/** What a secret is now. */
export async function tell(secret: Secret): Promise<string> {
  return typeof secret === 'function' ? secret() : secret;
}

/** The header of Basic authentication. */
export function basic(name: string, password: string): string {
  const bytes = new TextEncoder().encode(`${name}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
