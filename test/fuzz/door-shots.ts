import fc from 'fast-check';
import { bodies, types } from './bodies.ts';
import type { Shot } from './shots.ts';
import { hostileText, hostileUrlPiece, hostileValue } from './values.ts';

/** What one door's requests are made of. */
export interface Vocabulary {
  /** Addresses with methods; `:name` in a path stands for an id. */
  readonly lines: readonly { readonly method: string; readonly path: string }[];
  /** Names of parameters and properties. */
  readonly names: readonly string[];
  /** Values that would be accepted somewhere: ids of the shooter's own and of the stranger's, days, moments, words. */
  readonly values: readonly string[];
  /** Whole requests that would be accepted, of which a part is changed. */
  readonly whole: readonly {
    readonly method: string;
    readonly path: string;
    readonly body: Readonly<Record<string, unknown>>;
  }[];
  /** How this door's clients send bodies. */
  readonly form: boolean;
}

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

function formText(body: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(body).map(([name, value]) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return [name.toWellFormed(), text.toWellFormed()];
  });
  return new URLSearchParams(pairs).toString();
}

/** Requests of every kind at every address of a door. */
export function doorShots({ lines, names, values, whole, form: asForm }: Vocabulary): fc.Arbitrary<Shot> {
  const known = fc.constantFrom(...values);
  const name = fc.constantFrom(...names, '__proto__', 'constructor', 'toString', 'x[y]');
  const piece = fc.oneof(
    { weight: 3, arbitrary: known.map(encodeURIComponent) },
    { weight: 2, arbitrary: hostileUrlPiece },
  );
  const value = fc.oneof(
    { weight: 2, arbitrary: known as fc.Arbitrary<unknown> },
    { weight: 3, arbitrary: hostileValue },
  );
  const changes = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 5 });
  const query = fc
    .array(fc.tuple(name, piece), { maxLength: 3 })
    .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
  const withBody = (method: string, path: string, body: Readonly<Record<string, unknown>>, inForm: boolean): Shot =>
    method === 'GET'
      ? { method, path: `${path}${path.includes('?') ? '&' : '?'}${formText(body)}`, headers: {} }
      : { method, path, headers: inForm ? form : json, body: inForm ? formText(body) : JSON.stringify(body) };
  const line = fc.constantFrom(...lines);
  const addressed = fc.tuple(line, piece, query).map(([{ method, path }, id, search]) => ({
    method,
    path: `${path.replace(/:\w+/g, id.replace(/[#?]/g, ''))}${path.includes('?') ? '&' : '?'}${search}`,
  }));
  const asked = fc
    .tuple(addressed, changes, fc.constantFrom(asForm, asForm, !asForm))
    .map(([{ method, path }, pairs, inForm]) => withBody(method, path, Object.fromEntries(pairs), inForm));
  const almost = fc
    .tuple(fc.constantFrom(...whole), fc.array(fc.tuple(name, value), { maxLength: 2 }), piece)
    .map(([{ method, path, body }, pairs, id]) =>
      withBody(
        method,
        path.replace(/:\w+/g, id.replace(/[#?]/g, '')),
        { ...body, ...Object.fromEntries(pairs) },
        asForm,
      ),
    );
  const garbage = fc
    .tuple(
      addressed,
      fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH'),
      fc.constantFrom(...bodies),
      fc.constantFrom(...types),
    )
    .map(([{ path }, method, body, type]) => ({
      method,
      path,
      headers: type === '' ? {} : { 'content-type': type },
      body,
    }));
  const headers = fc.oneof(
    fc.constantFrom<Readonly<Record<string, string>>>(
      { authorization: 'Basic' },
      { authorization: 'Basic Og==' },
      { authorization: 'Basic !!!' },
      { authorization: `Bearer ${'x'.repeat(9_000)}` },
      { 'timekit-app': 'nobody' },
      { 'timekit-timezone': 'Mars/Olympus' },
      { 'timekit-inputtimestampformat': '\\\\Y' },
      { 'timekit-outputtimestampformat': 'zzzz' },
      { origin: 'null', 'access-control-request-method': 'X' },
      { 'content-encoding': 'gzip' },
      { accept: 'image/png' },
    ),
    hostileText.map((text) => ({ 'user-agent': text.replace(/[^\x20-\x7e]/g, '?').slice(0, 2_000) })),
  );
  const strange = fc
    .tuple(fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'PATCH'), addressed, headers, hostileUrlPiece)
    .map(([method, { path }, extra, tail]) => ({
      method,
      path: tail.length % 2 === 0 ? path : `${path.split('?')[0]}/${tail.replace(/[#?]/g, '')}`,
      headers: extra,
    }));
  return fc.oneof(
    { weight: 5, arbitrary: asked },
    { weight: 6, arbitrary: almost },
    { weight: 1, arbitrary: garbage },
    { weight: 1, arbitrary: strange },
  );
}
