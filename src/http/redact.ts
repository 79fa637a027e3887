import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';

const hidden = '[redacted]';
const secretName =
  /token|passw|secret|credential|assertion|signature|verifier|api[_-]?key|(^|[^a-z])(pin|key|pwd|pass|auth)($|[^a-z_])|(^|\[)code($|[^a-z_])/i;
/** Shorter values would be found everywhere, and guess nothing. */
const shortestSecret = 4;

/** Whether a parameter or property of this name holds something that no log may show. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** A request's path and query with the values of secret parameters blotted out. */
export function redactUrl(url: string): string {
  const border = url.indexOf('?');
  if (border < 0) return url;
  const parameters = url.slice(border + 1).split('&');
  return `${url.slice(0, border)}?${parameters.map(redactParameter).join('&')}`;
}

function redactParameter(parameter: string): string {
  const border = parameter.indexOf('=');
  if (border < 0) return isSecretName(decode(parameter)) ? hidden : parameter;
  const value = parameter.slice(border + 1);
  // A value can be a whole JSON text, or parameters, with names of its own.
  return isSecretName(decode(parameter.slice(0, border))) || /["=]|%(22|3d)/i.test(decode(value))
    ? `${parameter.slice(0, border)}=${hidden}`
    : parameter;
}

/**
 * A request as a client noted it down, in whatever form, with the values of secret parameters blotted out; rather too much
 * than too little of it.
 */
export function redactNote(text: string): string {
  let afterSecret = false;
  const pieces = text.split(/([&;?,\s]+)/).map((piece, index) => {
    // Every other one is what stands between two pieces; what follows a secret may be the rest of it.
    if (index % 2 === 1 || piece === '') return piece;
    const clean = afterSecret && !piece.includes('=') ? hidden : redactParameter(piece);
    afterSecret = clean.endsWith(hidden);
    return clean;
  });
  return pieces.join('');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Blots out, in a text about a request, every secret that its headers, query and body carried. */
export function redactText(text: string, request: FastifyRequest): string {
  const secrets = secretsOfHead(request.raw);
  collect(request.body, false, adder(secrets), 0);
  return blot(text, secrets);
}

/** The same where the body was not read. */
export function redactRaw(text: string, raw: IncomingMessage): string {
  return blot(text, secretsOfHead(raw));
}

/** A request's path and query as a log may show them, also where someone put the token into the path. */
export function safeUrl(request: FastifyRequest): string {
  const url = redactUrl(request.url);
  return request.headers.authorization === undefined ? url : blot(url, secretsOfHead(request.raw));
}

function blot(text: string, secrets: Set<string>): string {
  // Longest first: one secret can be part of another.
  const ordered = [...secrets].sort((a, b) => b.length - a.length);
  return ordered.reduce((clean, secret) => clean.replaceAll(secret, hidden), text);
}

function secretsOfHead({ headers, url = '' }: IncomingMessage): Set<string> {
  const found = new Set<string>();
  const add = adder(found);
  const { authorization = '', cookie = '' } = headers;
  const credentials = authorization.slice(authorization.lastIndexOf(' ') + 1);
  add(credentials);
  if (/^basic /i.test(authorization)) {
    // The name can be an API key, too.
    for (const part of Buffer.from(credentials, 'base64').toString().split(':')) add(part);
  }
  for (const part of cookie.split(';')) add(part.slice(part.indexOf('=') + 1).trim());
  const border = url.indexOf('?');
  if (border >= 0)
    for (const [name, value] of new URLSearchParams(url.slice(border))) if (isSecretName(name)) add(value);
  return found;
}

function adder(found: Set<string>): (value: unknown) => void {
  return (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && text.length >= shortestSecret) found.add(text).add(encodeURIComponent(text));
  };
}

function collect(value: unknown, secret: boolean, add: (value: unknown) => void, depth: number): void {
  if (typeof value !== 'object' || value === null) {
    if (secret) add(value);
    return;
  }
  if (depth > 8) return;
  const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  for (const [name, inner] of entries) collect(inner, secret || isSecretName(String(name)), add, depth + 1);
}
