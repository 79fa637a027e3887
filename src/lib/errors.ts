/** What went wrong, in words that every dialect can translate into its own status and text. */
export type ErrorKind =
  | 'invalid'
  | 'missing'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'locked'
  | 'too-many'
  | 'unsupported'
  | 'unauthenticated'
  | 'unavailable';

/**
 * A refusal that a caller can act on. `detail` is a sentence for a person, `field` the property or parameter at fault,
 * `code` a stable word for dialects that answer one refusal in a special way (such as 'not-tracking-time').
 */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly detail: string;
  readonly field: string | undefined;
  readonly code: string | undefined;

  constructor(kind: ErrorKind, detail: string, more: { field?: string; code?: string } = {}) {
    super(detail);
    this.name = 'DomainError';
    this.kind = kind;
    this.detail = detail;
    this.field = more.field;
    this.code = more.code;
  }
}
