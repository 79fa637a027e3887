import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { DomainError } from '../lib/errors.ts';

/** What an HTTPS server needs. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Reads the certificate and its key; undefined when the server speaks plain HTTP. */
export function readTls({ tls }: Config): TlsFiles | undefined {
  if (tls === undefined) return undefined;
  const files = { cert: read('OPENPUNCH_TLS_CERT', tls.certFile), key: read('OPENPUNCH_TLS_KEY', tls.keyFile) };
  try {
    createSecureContext(files);
  } catch {
    throw new DomainError(
      'invalid',
      'OPENPUNCH_TLS_CERT and OPENPUNCH_TLS_KEY are not a certificate and its key in PEM form.',
    );
  }
  return files;
}

function read(variable: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new DomainError('invalid', `${variable} can not be read: ${String((error as Error).message)}.`);
  }
}

/** Refuses to start where passwords and tokens would cross a network in the clear. */
export function demandSafeAddress({ host, tls, trustProxy }: Config): void {
  if (tls !== undefined || trustProxy !== undefined || isLoopback(host)) return;
  throw new DomainError(
    'invalid',
    `HOST=${host} can be reached from other machines, and plain HTTP would show them passwords: ` +
      'give OPENPUNCH_TLS_CERT and OPENPUNCH_TLS_KEY, or OPENPUNCH_TRUST_PROXY where a proxy speaks HTTPS.',
  );
}

/**
 * Refuses requests that reached the trusted proxy, or this server past it, by plain HTTP. Health checks carry no secret
 * and seldom come through the proxy.
 */
export function demandHttps(app: FastifyInstance, { host, tls, trustProxy }: Config): void {
  if (tls !== undefined || trustProxy === undefined) return;
  const reachable = !isLoopback(host);
  app.addHook('onRequest', (request, _reply, done) => {
    const proxied = request.headers['x-forwarded-proto'] !== undefined;
    const refused = (reachable || proxied) && request.protocol !== 'https' && !request.url.startsWith('/health/');
    done(refused ? new DomainError('forbidden', 'This server is reached by HTTPS only.') : undefined);
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127\./i.test(host);
}
