import fc from 'fast-check';
import { reference } from '../../scripts/coverage.ts';
import type { Definition } from '../../src/engine/definition.ts';
import { definitions } from '../conformance/battery.ts';
import type { Row } from '../support/rows.ts';
import { bodies, types } from './bodies.ts';
import { hostileText, hostileUrlPiece, hostileValue } from './values.ts';

/** One request to be fired at the server. */
export interface Shot {
  method: string;
  /** Behind /api/v1, as it goes over the wire. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

/** What the generator knows: ids of the shooter's own rows and of the other company's, and items that would be accepted. */
export interface Ammunition {
  ids: readonly number[];
  items: ReadonlyMap<string, Row>;
  queries: ReadonlyMap<string, string>;
}

const common = [
  'ids',
  'limit',
  'per_page',
  'page',
  'supplemental_data',
  'modified_since',
  'order_results_by',
  'order_results_reverse',
  'oauth_token',
  '__proto__',
  'constructor',
];
const json = { 'content-type': 'application/json' };
const methods = fc.constantFrom('GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS');

function idText({ ids }: Ammunition): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...ids), { minLength: 1, maxLength: 5 }).map((list) => list.join(','));
}

/** GET, and other methods, with parameters of the definition. */
function reading(definition: Definition, ammunition: Ammunition): fc.Arbitrary<Shot> {
  const names = [...Object.keys(definition.filters), ...common];
  const value = fc.oneof({ weight: 5, arbitrary: hostileUrlPiece }, { weight: 2, arbitrary: idText(ammunition) });
  const parameter = fc.tuple(fc.constantFrom(...names), fc.constantFrom('', '', '', '[]', '[0]', '%5B1%5D'), value);
  return fc.tuple(methods, fc.array(parameter, { maxLength: 3 }), fc.boolean()).map(([method, parameters, needed]) => {
    const pieces = parameters.map(([name, index, text]) => `${name}${index}=${text}`);
    if (needed) pieces.unshift(ammunition.queries.get(definition.name) ?? '');
    return { method, path: `/${definition.name}?${pieces.join('&')}`, headers: {} };
  });
}

/** POST and PUT with items of which some properties are hostile. */
function writing(definition: Definition, ammunition: Ammunition): fc.Arbitrary<Shot> {
  const names = [...Object.keys(definition.fields), 'colour', '__proto__', 'constructor', 'toString', '_status_code'];
  const change = fc.tuple(fc.constantFrom(...names), hostileValue);
  const item = fc
    .tuple(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom(...ammunition.ids),
      fc.boolean(),
    )
    .map(([changes, whole, id, named]) => {
      const template = whole ? Object.entries(ammunition.items.get(definition.name) ?? {}) : [];
      return Object.fromEntries<unknown>([...template, ...(named ? [['id', id] as const] : []), ...changes]);
    });
  const items = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(
        fc.oneof({ weight: 9, arbitrary: item as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: hostileValue }),
        { minLength: 1, maxLength: 5 },
      ) as fc.Arbitrary<unknown>,
    },
    { weight: 1, arbitrary: hostileValue },
  );
  return fc
    .tuple(fc.constantFrom('POST', 'PUT'), items)
    .map(([method, data]) => ({ method, path: `/${definition.name}`, headers: json, body: JSON.stringify({ data }) }));
}

/** A report with filters of which some are hostile, mostly with the days that it needs. */
function reporting({ ids }: Ammunition): fc.Arbitrary<Shot> {
  const offers = Object.entries(reference()['28-reports.md']?.endpoints ?? {});
  const filters = offers.flatMap(([, { POST }]) => POST?.parameters ?? []);
  const id = fc.constantFrom(...ids);
  const value = fc.oneof(hostileValue, id, fc.array(id, { maxLength: 3 }), fc.constantFrom('yes', 'no', 'both', 'all'));
  const filter = fc.tuple(fc.constantFrom(...filters, 'page', 'limit', 'rules', 'explain', '__proto__'), value);
  return fc
    .tuple(fc.constantFrom(...offers.map(([endpoint]) => endpoint)), fc.array(filter, { maxLength: 3 }), id)
    .map(([path, changes, project]) => {
      const needed = { start_date: '2026-06-01', end_date: '2026-06-30', project_id: project };
      const data = { ...needed, ...Object.fromEntries<unknown>(changes) };
      return { method: 'POST', path, headers: json, body: JSON.stringify({ data }) };
    });
}

/** DELETE with ids of every origin, that of the shooter's company only now and then, so that something is left. */
function removing(definition: Definition): fc.Arbitrary<Shot> {
  return hostileUrlPiece.map((text) => ({ method: 'DELETE', path: `/${definition.name}?ids=${text}`, headers: {} }));
}

/** Bodies that are no request at all, under any content type. */
function garbage(definition: Definition): fc.Arbitrary<Shot> {
  return fc
    .tuple(
      fc.constantFrom('POST', 'PUT', 'DELETE', 'GET', 'PATCH'),
      fc.constantFrom(...bodies),
      fc.constantFrom(...types),
    )
    .map(([method, body, type]) => ({
      method,
      path: `/${definition.name}`,
      headers: type === '' ? {} : { 'content-type': type },
      ...(method === 'GET' ? {} : { body }),
    }));
}

/** Addresses and headers that no client writes. */
function strange(definition: Definition): fc.Arbitrary<Shot> {
  const { name } = definition;
  const paths = fc.oneof(
    fc.constantFrom(
      `//${name}`,
      `/${name}/`,
      `/${name}//`,
      `/./${name}`,
      `/../v1/${name}`,
      `/${name}%00`,
      `/${name}%2F1`,
      `/${name}?`,
      `/${name}??`,
      `/${name}?&&&`,
      `/${name};x=1`,
      '/*',
      '/%',
      '/%zz',
      `/${'a'.repeat(6_000)}`,
      `/${name}?x=${'y'.repeat(12_000)}`,
      `/${name}?ids=${'1,'.repeat(3_000)}`,
    ),
    hostileUrlPiece.map((piece) => `/${name}/${piece.replaceAll('#', '')}`),
    hostileUrlPiece.map((piece) => `/${piece.replaceAll('#', '')}`),
  );
  const headers = fc.oneof(
    fc.constantFrom<Readonly<Record<string, string>>>(
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: 'Basic YWRtaW46YWRtaW4=' },
      { authorization: `Bearer ${'x'.repeat(9_000)}` },
      { 'x-request-id': 'x'.repeat(5_000) },
      { 'x-request-id': '"}{' },
      { 'x-forwarded-for': '1.2.3.4, evil' },
      { 'content-encoding': 'gzip' },
      { 'accept-encoding': 'br;q=nonsense' },
      { accept: 'image/png' },
      { cookie: 'a='.repeat(2_000) },
      { 'vnd.tsheets.ManagedClientId': '-1' },
      { 'if-modified-since': 'yesterday' },
      { 'content-type': 'application/json' },
      { expect: '100-continue' },
    ),
    hostileText.map((text) => ({ 'user-agent': text.replace(/[^\x20-\x7e]/g, '?').slice(0, 2_000) })),
  );
  return fc.tuple(methods, paths, headers).map(([method, path, extra]) => ({ method, path, headers: extra }));
}

/** Requests of every kind at every endpoint. */
export function shots(ammunition: Ammunition): fc.Arbitrary<Shot> {
  const any = fc.oneof(
    ...definitions.flatMap((definition) => [
      { weight: 6, arbitrary: reading(definition, ammunition) },
      { weight: 9, arbitrary: writing(definition, ammunition) },
      { weight: 1, arbitrary: removing(definition) },
      { weight: 2, arbitrary: garbage(definition) },
      { weight: 2, arbitrary: strange(definition) },
    ]),
    { weight: 20, arbitrary: reporting(ammunition) },
  );
  // Headers that are too long are refused before the method is known, so that even a HEAD gets a body.
  return any.map((shot) => (shot.method === 'HEAD' && shot.path.length > 8_000 ? { ...shot, method: 'GET' } : shot));
}
