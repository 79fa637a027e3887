import { DomainError } from '../lib/errors.ts';

/** Both dates of a user who never submitted anything. */
export const NEVER_SUBMITTED = '2000-01-01';

/** How far a user's time is submitted and approved: the last days ('YYYY-MM-DD', inclusive). approvedTo <= submittedTo. */
export type ApprovalDates = { readonly submittedTo: string; readonly approvedTo: string };

/**
 * The dates after a change; both move forwards and backwards. Approving past the submission moves both. Taking the
 * submission back behind the approval is refused ('invalid', field 'submitted_to') unless the approval moves too. A date
 * equal to the stored one counts as not given, since clients send whole users back.
 */
export function moveApproval(
  current: ApprovalDates,
  change: { readonly submittedTo?: string | undefined; readonly approvedTo?: string | undefined },
): ApprovalDates | DomainError {
  const submittedTo = change.submittedTo ?? current.submittedTo;
  const approvedTo = change.approvedTo ?? current.approvedTo;
  if (submittedTo >= approvedTo) return { submittedTo, approvedTo };
  if (approvedTo !== current.approvedTo) return { submittedTo: approvedTo, approvedTo };
  return new DomainError(
    'invalid',
    `submitted_to may not be before approved_to (${approvedTo}); move approved_to back as well.`,
    { field: 'submitted_to' },
  );
}
