import { DomainError } from '../lib/errors.ts';

/** The shortest password that is taken. */
export const shortestPassword = 10;
/** The longest one. */
export const longestPassword = 256;

/** Why a password is too weak or too long; `about` are words that it must not consist of. */
export function weakPassword(password: string, about: readonly string[], field = 'password'): DomainError | undefined {
  const refuse = (detail: string): DomainError => new DomainError('invalid', detail, { field });
  const plain = password.trim().toLowerCase();
  if (password.length < shortestPassword)
    return refuse(`Choose a password of at least ${shortestPassword} characters.`);
  if (password.length > longestPassword) return refuse(`Choose a password of at most ${longestPassword} characters.`);
  if (new Set(plain).size < 4 || '01234567890123456789'.includes(plain)) {
    return refuse('Choose a password that is harder to guess: it repeats or counts.');
  }
  if (about.some((word) => word !== '' && plain === word.toLowerCase())) {
    return refuse('Choose a password that is not your name, user name, email or company.');
  }
  return undefined;
}
