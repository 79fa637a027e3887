import { DomainError } from '../../lib/errors.ts';
import { InvalidFields } from '../../operations/sign-up.ts';
import type { Problems } from './layout.ts';

/** What a form can show; any other error goes on to the last-resort handler. */
export function problemsOf(error: unknown): Problems {
  if (error instanceof InvalidFields) return { fields: error.fields };
  if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
  return error.field === undefined ? { general: error.detail } : { fields: new Map([[error.field, error.detail]]) };
}
