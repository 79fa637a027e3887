import { DomainError } from '../lib/errors.ts';

interface PgError {
  code?: string;
  constraint?: string;
  message?: string;
}

const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EACCES',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
  '08001',
  '08004',
]);

const sentences: Record<string, string> = {
  '22003': 'A number is out of range.',
  '22007': 'A date or time is not valid.',
  '22008': 'A date or time is out of range.',
  '22021': 'A text holds bytes that are not valid.',
  '22P02': 'A value is not of the right type.',
  '23502': 'A value is missing.',
  '22P05': 'A text holds characters that can not be stored.',
  '22001': 'A text is too long.',
};

/** `code` of a DomainError that a database constraint raised: 'constraint:' and the constraint's name. */
export function constraintCode(name: string): string {
  return `constraint:${name}`;
}

/**
 * PostgreSQL's and the connection's errors in the words of the domain. What is not known stays what it was, as the
 * cause of an Error that the HTTP layer answers with 500 and logs once.
 */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const { code = '', constraint = '', message = '' } = (error ?? {}) as PgError;
  if (code === '23505' || code === '23P01') {
    return new DomainError('conflict', 'It conflicts with something that exists already.', {
      code: constraintCode(constraint),
    });
  }
  if (code === '23503')
    return new DomainError('invalid', 'It refers to something that does not exist.', {
      code: constraintCode(constraint),
    });
  if (code === '23514')
    return new DomainError('invalid', 'A value is not allowed.', { code: constraintCode(constraint) });
  const sentence = sentences[code];
  if (sentence !== undefined) return new DomainError('invalid', sentence);
  // 25P02: a statement after one that was refused, which ends the whole transaction; what was refused is judged anew.
  if (code === '40001' || code === '40P01' || code === '25P02') {
    return new DomainError('unavailable', 'Another change was made at the same moment; try again.', { code: 'retry' });
  }
  if (
    unavailableCodes.has(code) ||
    /connection (terminated|timeout)|timeout exceeded when trying to connect|Connection ended/i.test(message)
  ) {
    return new DomainError('unavailable', 'The database is not available; try again in a moment.');
  }
  throw error;
}
