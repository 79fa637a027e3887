import assert from 'node:assert/strict';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { systemClock } from '../../src/lib/clock.ts';
import { secretHash } from '../../src/lib/secrets.ts';
import { setPassword } from '../../src/operations/sign-in.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import { bindSession } from '../../src/resources/legacy-sessions/queries.ts';
import type { Json } from './api.ts';
import type { Company, Person, World } from './world.ts';

/** An answer of api.php. */
export interface LegacyAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON, or what the XML document holds; elements `item` with an id are properties by it, others a list. */
  readonly body: Json;
}

/** Parameters of a request. */
export type LegacyParams = Readonly<Record<string, string | number>>;

/** Requests of one session, as JSON. */
export interface Legacy {
  readonly token: string;
  /** Does an action by GET, and gives what JSON says; the parameters may ask for XML by `output_format`. */
  call(action: string, params?: LegacyParams): Promise<LegacyAnswer>;
  /** The same; fails the test unless the status is ok. */
  ok(action: string, params?: LegacyParams): Promise<Json>;
  /** The same; fails the test unless it is refused with this code, or with 200 and any. */
  fails(action: string, params: LegacyParams, code: number): Promise<string>;
}

/** Sends any request to api.php. */
export async function sendLegacy(world: World, query: LegacyParams, init: RequestInit = {}): Promise<LegacyAnswer> {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const response = await fetch(`${world.url}/api.php?${text}`, init);
  const body = await response.text();
  return { status: response.status, headers: response.headers, text: body, body: parsed(response, body) };
}

function parsed(response: Response, text: string): Json {
  const type = response.headers.get('content-type') ?? '';
  if (text === '') return {};
  return type.includes('json') ? (JSON.parse(text) as Json) : (treeOf(documentOf(text)) as Json);
}

/** The root of an XML document; whatever a strict parser complains of fails the test. */
export function documentOf(text: string): Element {
  const parser = new DOMParser({
    onError: (level, message) => {
      // The character that stands for what XML can not hold is meant.
      if (!message.startsWith('Unicode replacement character')) assert.fail(`${level}: ${message}\n${text}`);
    },
  });
  const root = parser.parseFromString(text, 'text/xml').documentElement;
  assert.ok(root !== null && root.tagName === 'result', text);
  return root;
}

function treeOf(element: Element): unknown {
  const children = [...element.childNodes].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);
  if (children.length === 0) return element.textContent;
  const items = children.filter(({ tagName }) => tagName === 'item');
  if (items.length === children.length && items.every((item) => !item.hasAttribute('id'))) return items.map(treeOf);
  return Object.fromEntries(
    children.map((child) => [child.getAttribute('id') ?? child.tagName, treeOf(child)] as const),
  );
}

/** An API key of the legacy API. */
export function legacyKey(world: World, company: Company, owner: Person = company.admin): Promise<string> {
  const input = { companyId: company.id, userId: owner.userId, label: 'test', door: 'tsheets-legacy' as const };
  return issueToken(world.services, input, systemClock.now());
}

/** The password that `givePassword` gives. */
export const legacyPassword = 'correct horse battery 7';

/** Gives people the password that `login` takes. */
export async function givePassword(world: World, company: Company, person: Person): Promise<void> {
  const user = { companyId: company.id, userId: person.userId };
  const password = { ...user, password: legacyPassword, via: 'test', requestId: '' };
  await setPassword(world.services, password, world.clock.now());
}

/** A session of a person, bound without the slow check of a password; `login` has tests of its own. */
export async function legacyOf(world: World, company: Company, person: Person): Promise<Legacy> {
  const session = await legacySession(world, await legacyKey(world, company));
  const user = { companyId: company.id, userId: person.userId };
  const { services, clock } = world;
  assert.ok(await bindSession(services.database.system, secretHash(session.token), user, clock.now()));
  return session;
}

/** A session in which nobody has logged in. */
export async function legacySession(world: World, key: string): Promise<Legacy> {
  const { body } = await sendLegacy(world, { action: 'get_token', api_key: key, output_format: 'json' });
  const token = String(body.token);
  const call: Legacy['call'] = (action, params = {}) =>
    sendLegacy(world, { output_format: 'json', token, action, ...params });
  return {
    token,
    call,
    ok: async (action, params) => {
      const { status, body: answer, text } = await call(action, params);
      assert.equal(status, 200, text);
      assert.equal(answer.status, 'ok', text);
      return answer;
    },
    fails: async (action, params, code) => {
      const { status, body: answer, text } = await call(action, params);
      assert.deepEqual([status, answer.status, answer.error_code], [200, 'fail', code], text);
      return String(answer.last_error);
    },
  };
}
