import assert from 'node:assert/strict';
import { type Exchange, exchanges } from '../../src/dialects/timekit/openapi/examples/index.ts';
import { routes } from '../../src/dialects/timekit/routes.ts';
import { createBookingApp } from '../../src/operations/booking-apps.ts';
import type { Answer } from '../support/api.ts';
import { basic, timekitWith } from '../support/timekit.ts';
import type { World } from '../support/world.ts';
import { makeFirm } from './firm.ts';

/** A server at which the firm of the examples has an application. */
export interface TimekitFirm {
  /** Sends an example, and demands its answer. */
  replay(exchange: Exchange): Promise<void>;
  /** Sends a body to the call of an example instead of its own. */
  send(exchange: Exchange, body: unknown): Promise<Answer>;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyNames = ['token', 'api_token', 'app_token', 'widget_key', 'app_key'];
const stampNames = ['created_at', 'updated_at'];
const timeZone = 'America/New_York';

/** Makes the firm and its application in a new world. */
export async function timekitFirm(world: World): Promise<TimekitFirm> {
  const { companyId, dana } = await makeFirm(world);
  const owner = { companyId, ownerId: dana.userId, name: 'Hudson Booking' };
  const keys = await createBookingApp(world.services, owner, { via: 'test', requestId: '' }, world.clock.now());
  /** What the examples call by ids and keys of their own. */
  const known = new Map<string, string>();
  const filled = (text: string): string => {
    let all = text;
    for (const [ours, theirs] of known) all = all.replaceAll(ours, theirs);
    return all;
  };
  const headersOf = ({ key }: Exchange): Record<string, string> => {
    const headers = { 'timekit-timezone': timeZone, 'timekit-app': keys.slug };
    if (key === 'none') return headers;
    const [name, text] =
      key === 'server-token'
        ? ['dana@hudson.example', filled(tokenOfDana())]
        : ['', key === 'widget key' ? keys.widgetKey : keys.appToken];
    return { ...headers, authorization: basic(text, name) };
  };

  const send: TimekitFirm['send'] = (exchange, body) => {
    const { call, params = {}, query = {} } = exchange;
    const route = routes.find(({ about }) => about.name === call) ?? assert.fail(`There is no call ${call}`);
    const path = route.path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const target = filled(`${path}?${new URLSearchParams(query)}`);
    const text = body === undefined ? undefined : filled(JSON.stringify(body));
    return timekitWith(world, headersOf(exchange)).send(route.method, target, text);
  };

  /** Learns which id of the server is meant by one of an example, from the places where they stand. */
  const learn = (example: unknown, answer: unknown, name = ''): void => {
    if (typeof example === 'string' && typeof answer === 'string') {
      if ((uuid.test(example) || keyNames.includes(name)) && !known.has(example)) known.set(example, answer);
    } else if (typeof example === 'object' && example !== null && typeof answer === 'object' && answer !== null) {
      for (const [key, value] of Object.entries(example)) learn(value, (answer as Record<string, unknown>)[key], key);
    }
  };

  return {
    send,
    replay: async (exchange) => {
      const what = `${exchange.call} ${exchange.name ?? ''}`;
      const { status, text } = await send(exchange, exchange.body);
      assert.ok(status < 300, `${what}: ${text}`);
      if (exchange.answer === undefined) return assert.equal(status, 204, what);
      const answer: unknown = JSON.parse(text);
      learn(exchange.answer, answer);
      assert.deepEqual(
        JSON.parse(text, unstamped),
        JSON.parse(filled(JSON.stringify(exchange.answer)), unstamped),
        what,
      );
    },
  };
}

/** Rows are stamped by the clock of the database, which no test sets. */
function unstamped(name: string, value: unknown): unknown {
  return stampNames.includes(name) ? String(value).replace(/\d/g, '0') : value;
}

function tokenOfDana(): string {
  const made = exchanges.find(({ call }) => call === 'createCredential')?.answer as { data: { token: string } };
  return made.data.token;
}
