import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** 40 random hexadecimal digits (160 bits): client secrets, and the unguessable part of tokens. */
export function randomSecret(): string {
  return randomBytes(20).toString('hex');
}

/** A token or code of one company, in the shape that TSheets' clients have seen: `S.19__` and 40 hexadecimal digits. */
export function companyToken(companyId: number): string {
  return `S.${companyId}__${randomSecret()}`;
}

/** The company that a token of this shape names; undefined for any other text. */
export function companyOfToken(token: string): number | undefined {
  const id = /^S\.(\d{1,9})__[0-9a-f]{40}$/.exec(token)?.[1];
  return id === undefined ? undefined : Number(id);
}

const keyLetters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An API key: 32 random letters and digits (165 bits), behind a prefix such as `live_api_key_`. */
export function randomKey(prefix = ''): string {
  const letters = Array.from({ length: 32 }, () => keyLetters[randomInt(keyLetters.length)]);
  return `${prefix}${letters.join('')}`;
}

/** An OAuth client id: 32 random hexadecimal digits. */
export function randomClientId(): string {
  return randomBytes(16).toString('hex');
}

/** What is stored of a token, code or secret: SHA-256 in hexadecimal. Enough, since what it hides is random and long. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether two hashes are equal, in constant time. */
export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
