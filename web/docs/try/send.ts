import type { Sample } from '../samples/languages.ts';

/** How a server answered. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly milliseconds: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: { readonly text: string; readonly language: string } | { readonly bytes: number };
}

/** Sends a request from this page, without the cookies of the person who is signed in. */
export async function send({ method, url, headers, body, basic }: Sample): Promise<Answer> {
  const all = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  if (basic !== undefined) all.set('Authorization', `Basic ${btoa(`${basic.user}:${basic.password}`)}`);
  const begin = performance.now();
  const response = await fetch(url, {
    method,
    headers: all,
    credentials: 'omit',
    cache: 'no-store',
    ...(body === undefined ? {} : { body: body.text }),
  });
  const bytes = await response.arrayBuffer();
  return {
    status: response.status,
    reason: response.statusText,
    milliseconds: Math.round(performance.now() - begin),
    headers: [...response.headers],
    body: readBody(bytes, response.headers.get('content-type') ?? ''),
  };
}

/** The body as people read it: JSON on several lines, other texts as they are, the size of what is no text. */
export function readBody(bytes: ArrayBuffer, type: string): Answer['body'] {
  if (bytes.byteLength > 0 && !/json|xml|^text\/|urlencoded/.test(type)) return { bytes: bytes.byteLength };
  const text = new TextDecoder().decode(bytes);
  if (!/json/.test(type)) return { text, language: /xml|html/.test(type) ? 'xml' : 'text' };
  try {
    return { text: JSON.stringify(JSON.parse(text), null, 2), language: 'json' };
  } catch {
    return { text, language: 'text' };
  }
}
