import assert from 'node:assert/strict';
import { createApp } from '../../src/operations/apps.ts';
import { createBookingApp } from '../../src/operations/booking-apps.ts';
import { type Door, issueToken } from '../../src/operations/tokens.ts';
import { sql } from '../../src/store/sql.ts';
import { at, closeWorld, openDemo } from '../demo/support.ts';
import type { Variables } from './shell.ts';

/** Wednesday 2026-06-17, 14:20 in New York: the moment at which the answers in the guides were given. */
const now = at('2026-06-17T14:20:00-04:00');
const callback = 'https://sync.example.com/callback';

/** A server with the demo company, and what guides say that their readers have. */
export interface Stage {
  readonly url: string;
  /** Variables with which each guide begins. */
  variables(): Variables;
  /** What `date` prints there. */
  date(format: string): string;
  close(): Promise<void>;
}

/** Opens it: a token, a key for each of the other doors, an OAuth application and a code that somebody allowed it. */
export async function openStage(): Promise<Stage> {
  const demo = await openDemo(now);
  const { world, access } = demo;
  const [dana = []] = await demo.rows(sql`SELECT company_id, id FROM users WHERE username = 'dana'`);
  const owner = { companyId: Number(dana[0]), userId: Number(dana[1]) };
  const key = (door: Door): Promise<string> => issueToken(world.services, { ...owner, label: 'guides', door }, now);
  const booking = { companyId: owner.companyId, ownerId: owner.userId, name: 'Front desk', test: false };
  const { appToken, widgetKey } = await createBookingApp(world.services, booking, { via: 'test', requestId: '' }, now);
  const app = { companyId: owner.companyId, name: 'Acme sync', redirectUris: [callback] };
  const { clientId, clientSecret } = await createApp(world.services, app, now);
  const [person] = access.signIns;
  assert.ok(person);
  const given: Record<string, string> = {
    HERE: world.url,
    API: `${world.url}/api/v1`,
    TOKEN: access.token,
    PASSWORD: person.password,
    KEY: await key('tsheets-legacy'),
    STATION: await key('timestation'),
    APP: appToken,
    WIDGET: widgetKey,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    CODE: await codeOf(world.url, clientId, { company: access.companyUrl, ...person }),
  };
  return {
    url: world.url,
    variables: () => new Map(Object.entries(given)),
    date: (format) => {
      const text = Temporal.Instant.fromEpochMilliseconds(world.clock.now() * 1000).toString();
      return format === '%F' ? text.slice(0, 10) : text;
    },
    close: () => closeWorld(world),
  };
}

/** Signs somebody in at the page of an application, and allows it what it asks: gives the code that it gets. */
async function codeOf(
  url: string,
  clientId: string,
  { company, username, password }: { company: string; username: string; password: string },
): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callback,
    state: 'xyz',
  });
  const post = (fields: Record<string, string>): Promise<Response> =>
    fetch(`${url}/api/v1/authorize?${query}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const page = await (await post({ step: 'sign-in', company, username, password })).text();
  const [, request = ''] = /name="request_id" value="([^"]+)"/.exec(page) ?? [];
  const answer = await post({ step: 'consent', request_id: request, answer: 'allow' });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
