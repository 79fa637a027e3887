import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { readConfig } from '../../src/config.ts';
import { oauthRoutes } from '../../src/dialects/tsheets-rest/oauth/index.ts';
import { setCommonHeaders } from '../../src/http/headers.ts';
import { createServer } from '../../src/http/server.ts';
import { createServices, type Services } from '../../src/http/services.ts';
import { type AppCredentials, createApp } from '../../src/operations/apps.ts';
import { createCompany, type MadeCompany } from '../../src/operations/sign-up.ts';
import { listenForChanges } from '../../src/store/announcements.ts';
import { CompanyCache } from '../../src/store/cache.ts';
import { openDatabase } from '../../src/store/db.ts';
import { raw } from '../../src/store/sql.ts';
import { freshDatabase } from '../support/database.ts';

export const redirectUri = 'https://app.example.com/callback';
export const password = 'correct horse battery';
const start = 1_700_000_000;

/** A server with only the OAuth routes, on a database of its own, with a company and an application. */
export interface World {
  app: FastifyInstance;
  services: Services;
  /** Moves the server's clock. */
  advance(seconds: number): void;
  company: MadeCompany;
  client: AppCredentials;
  /** Rows of a statement, as text cells. */
  rows(text: string): Promise<(string | null)[][]>;
  get(path: string): Promise<LightMyRequestResponse>;
  post(
    path: string,
    fields: Record<string, string>,
    more?: { ip?: string; headers?: Record<string, string> },
  ): Promise<LightMyRequestResponse>;
  stop(): Promise<void>;
}

/** Starts it. */
export async function startWorld(): Promise<World> {
  const fresh = await freshDatabase();
  const database = openDatabase({ connection: fresh.connection, rowSecurity: true });
  const cache = new CompanyCache();
  const announcements = await listenForChanges(fresh.connection, cache);
  let now = start;
  const config = readConfig({ OPENPUNCH_LOG: 'off' });
  const services = createServices({ config, database, cache, clock: { now: () => now } });
  const app = createServer(config, services.log);
  setCommonHeaders(app);
  app.register(async (scope) => oauthRoutes(scope, services), { prefix: '/api/v1' });
  const company = await createCompany(services, newCompany('acme'), { via: 'test', requestId: 'test' });
  const client = await createApp(
    services,
    {
      companyId: company.companyId,
      name: 'Payroll & <b>Co</b>',
      redirectUris: [redirectUri, 'http://localhost:3000/callback'],
    },
    now,
  );
  return {
    app,
    services,
    company,
    client,
    advance: (seconds) => {
      now += seconds;
    },
    rows: async (text) => (await database.system.rows(raw(text))).map((row) => [...row]),
    get: (path) => app.inject({ method: 'GET', url: `/api/v1${path}` }),
    post: (path, fields, { ip = '192.0.2.1', headers = {} } = {}) =>
      app.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        remoteAddress: ip,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(fields).toString(),
      }),
    stop: async () => {
      await app.close();
      await announcements.stop();
      await database.close();
      await fresh.drop();
    },
  };
}

/** A company with the user 'ada'. */
export function newCompany(clientUrl: string) {
  const admin = { username: 'ada', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', password };
  return { name: `The ${clientUrl} company`, clientUrl, timeZone: 'America/Denver', admin };
}

/** The address of the first page. */
export function authorizePath(world: World, changes: Record<string, string | undefined> = {}): string {
  const all = {
    response_type: 'code',
    client_id: world.client.clientId,
    redirect_uri: redirectUri,
    state: 'xyz',
    ...changes,
  };
  const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/authorize?${new URLSearchParams(given)}`;
}

/** Fields of the sign-in form. */
export function credentials(changes: Record<string, string> = {}): Record<string, string> {
  return { step: 'sign-in', company: 'acme', username: 'ada', password, ...changes };
}

/** The hidden id of the question that a page asks. */
export function requestIdOf(page: LightMyRequestResponse): string {
  return /name="request_id" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
}

/** Where a page redirects to; its parameters are in searchParams. */
export function locationOf(answer: LightMyRequestResponse): URL {
  return new URL(String(answer.headers.location));
}

/** Signs in, answers the question and gives the redirect. */
export async function consent(
  world: World,
  changes: Record<string, string | undefined> = {},
  answer = 'allow',
): Promise<URL> {
  const path = authorizePath(world, changes);
  const page = await world.post(path, credentials());
  return locationOf(await world.post(path, { step: 'consent', request_id: requestIdOf(page), answer }));
}

/** A fresh authorization code. */
export async function freshCode(world: World, changes: Record<string, string> = {}): Promise<string> {
  return (await consent(world, changes)).searchParams.get('code') ?? '';
}

/** POST /grant with a code. */
export function grantCode(
  world: World,
  code: string,
  changes: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  const { clientId, clientSecret } = world.client;
  const fields = {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    code,
  };
  return world.post('/grant', { ...fields, ...changes });
}

/** POST /grant with a refresh token. */
export function grantRefresh(
  world: World,
  token: string,
  changes: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  const { clientId, clientSecret } = world.client;
  const fields = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: token,
  };
  return world.post('/grant', { ...fields, ...changes });
}
