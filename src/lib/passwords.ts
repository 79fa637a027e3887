import { type Argon2Parameters, argon2 as argon2WithCallback, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const argon2: (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer> = promisify(argon2WithCallback);

/** OWASP's second choice: 19 MiB and two passes; about 35 ms on one core. */
const current = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;
/** Bounds for what a stored hash may ask of this machine. */
const most = { memory: 1_048_576, passes: 16, parallelism: 16 };

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

interface Stored {
  memory: number;
  passes: number;
  parallelism: number;
  salt: Buffer;
  hash: Buffer;
}

function parse(text: string): Stored | undefined {
  const [, memory, passes, parallelism, salt = '', hash = ''] = phc.exec(text) ?? [];
  const stored = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
  const sound =
    stored.memory <= most.memory &&
    stored.passes <= most.passes &&
    stored.parallelism <= most.parallelism &&
    stored.passes >= 1 &&
    stored.parallelism >= 1 &&
    stored.memory >= 8 * stored.parallelism;
  return sound ? stored : undefined;
}

function derive(password: string, like: Omit<Stored, 'hash'>, length: number): Promise<Buffer> {
  // The same letters typed on another keyboard may come composed differently.
  const message = password.normalize('NFKC');
  const { memory, passes, parallelism, salt: nonce } = like;
  return argon2('argon2id', { message, nonce, memory, passes, parallelism, tagLength: length });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/** Hashes a password (or PIN) with argon2id; the PHC text carries its own salt and cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, { ...current, salt }, hashBytes);
  const { memory, passes, parallelism } = current;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/**
 * Whether the password is the one of the hash, compared in constant time. Without a hash (no such user, no password yet)
 * it works as long and answers no, so that timing tells nothing.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const known = parse(stored ?? '');
  if (known === undefined) {
    await derive(password, { ...current, salt: Buffer.alloc(saltBytes) }, hashBytes);
    return false;
  }
  return timingSafeEqual(await derive(password, known, known.hash.length), known.hash);
}

/** Whether the hash was made at another cost than today's; then it is made anew at the next sign-in. */
export function needsRehash(stored: string): boolean {
  const known = parse(stored);
  if (known === undefined) return true;
  const { memory, passes, parallelism } = current;
  return known.memory !== memory || known.passes !== passes || known.parallelism !== parallelism;
}
