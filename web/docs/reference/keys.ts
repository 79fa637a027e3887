import type { DialectName, OpenApiDocument } from '../../../src/http/openapi/types.ts';
import type { Sample } from '../samples/languages.ts';
import type { Endpoint } from './model.ts';
import type { Prepared } from './request.ts';

/** How an endpoint takes its key; nothing where it needs none. */
export type KeyWay =
  | { readonly kind: 'none' | 'bearer' }
  | { readonly kind: 'basic'; readonly as: 'user' | 'password' }
  | { readonly kind: 'header' | 'query'; readonly name: string };

/** What samples show where a key belongs. */
export const placeholders: Readonly<Record<DialectName, string>> = {
  'tsheets-rest': 'YOUR_TOKEN',
  'tsheets-legacy': 'YOUR_TOKEN',
  timestation: 'YOUR_API_KEY',
  timekit: 'YOUR_APP_KEY',
};

const order: readonly KeyWay['kind'][] = ['bearer', 'header', 'query', 'basic', 'none'];

/** The simplest way to give a key that the endpoint takes: a bearer token where it may be one. */
export function keyWayOf({ operation, dialect }: Endpoint, { components }: OpenApiDocument): KeyWay {
  const ways = (operation.security ?? []).map((requirement): KeyWay => {
    const [name = ''] = Object.keys(requirement);
    const scheme = components.securitySchemes[name];
    if (scheme === undefined) return { kind: 'none' };
    if (scheme.type === 'apiKey') return { kind: scheme.in ?? 'header', name: scheme.name ?? '' };
    if (scheme.scheme !== 'basic') return { kind: 'bearer' };
    return { kind: 'basic', as: dialect === 'timekit' ? 'password' : 'user' };
  });
  return ways.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0] ?? { kind: 'none' };
}

/** The request with the key in its place. */
export function withKey(request: Prepared, way: KeyWay, key: string): Sample {
  if (way.kind === 'none') return request;
  if (way.kind === 'basic') return { ...request, basic: { user: '', password: '', [way.as]: key } };
  if (way.kind === 'query') {
    const pair = `${way.name}=${encodeURIComponent(key)}`;
    return { ...request, url: `${request.url}${request.url.includes('?') ? '&' : '?'}${pair}` };
  }
  if (way.kind === 'header') return { ...request, headers: [[way.name, key], ...request.headers] };
  return { ...request, headers: [['Authorization', `Bearer ${key}`], ...request.headers] };
}
