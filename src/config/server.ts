import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { DomainError } from '../lib/errors.ts';

/** At most so many requests of one access token in any stretch of so many milliseconds. */
export interface RateLimit {
  readonly requests: number;
  readonly milliseconds: number;
}

/** A certificate and its key; absolute paths. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Proxies whose X-Forwarded-* headers count: all, some addresses and networks, or none. */
export type Proxies = true | readonly string[] | undefined;

/** What is wrong with a variable, in one sentence. */
export function refusal(name: string, rule: string): DomainError {
  return new DomainError('invalid', `${name} ${rule}.`, { field: name });
}

/** HOST: an IP address or a host name. */
export function readHost(text = '127.0.0.1'): string {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) === 0 && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host)) {
    throw refusal('HOST', 'must be an IP address or a host name, such as 127.0.0.1');
  }
  return host;
}

/** A whole number within bounds. */
export function readNumber(
  name: string,
  text: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw refusal(name, `must be a whole number from ${least} to ${most}`);
  return value;
}

/** DATABASE_URL. */
export function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The value is not repeated in the sentence: it may hold a password.
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw refusal('DATABASE_URL', 'must be an address such as postgresql://user:password@host:5432/database');
  }
  return text;
}

/** OPENPUNCH_DEMO_TOKEN. */
export function readDemoToken(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[\x21-\x7e]{1,200}$/.test(text)) {
    throw refusal('OPENPUNCH_DEMO_TOKEN', 'must be 1 to 200 ASCII characters without blanks');
  }
  return text;
}

/** OPENPUNCH_LOCATION_DAYS. */
export function readLocationDays(text: string | undefined): number | undefined {
  if (text?.toLowerCase() === 'off') return undefined;
  return readNumber('OPENPUNCH_LOCATION_DAYS', text, 730, 1, 36_500);
}

const unitMilliseconds: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** OPENPUNCH_RATE_LIMIT; undefined for none. */
export function readRateLimit(text: string): RateLimit | undefined {
  if (text.toLowerCase() === 'off') return undefined;
  const [, count = '', length = '', unit = ''] = /^(\d{1,6})\/(\d{1,4})([smh])$/i.exec(text) ?? [];
  const requests = Number(count);
  const milliseconds = Number(length) * (unitMilliseconds[unit.toLowerCase()] ?? 0);
  if (!(requests > 0 && milliseconds > 0)) {
    throw refusal('OPENPUNCH_RATE_LIMIT', 'must be off, or requests per time such as 300/5m (s, m or h)');
  }
  return { requests, milliseconds };
}

/** OPENPUNCH_TLS_CERT and OPENPUNCH_TLS_KEY, which belong together. */
export function readTlsFiles(cert: string | undefined, key: string | undefined): TlsFiles | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined) throw refusal('OPENPUNCH_TLS_CERT', 'must be given together with OPENPUNCH_TLS_KEY');
  if (key === undefined) throw refusal('OPENPUNCH_TLS_KEY', 'must be given together with OPENPUNCH_TLS_CERT');
  return { certFile: resolve(cert), keyFile: resolve(key) };
}

/** OPENPUNCH_TRUST_PROXY. */
export function readProxies(text: string | undefined): Proxies {
  if (text === undefined || ['no', 'off'].includes(text.toLowerCase())) return undefined;
  if (text.toLowerCase() === 'yes') return true;
  const proxies = text.split(',').map((part) => part.trim());
  if (!proxies.every(isAddressOrNetwork)) {
    throw refusal('OPENPUNCH_TRUST_PROXY', 'must be yes, no, or IP addresses and networks separated by commas');
  }
  return proxies;
}

function isAddressOrNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
