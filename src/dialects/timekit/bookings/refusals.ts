import { DomainError } from '../../../lib/errors.ts';
import { slotTaken } from '../../../operations/bookings/terms.ts';
import { holdsOnce } from '../../../resources/bookings/holds.ts';
import { Invalid, NotFound } from '../validation.ts';

const taken = 'The resource is already booked or busy at that time.';

/** A refusal in the form that clients know. Reference: (a) Error bodies. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  if (error.code === slotTaken) return new Invalid({ event: [error.detail] }, 'save_booking_data');
  // Who came first at the same moment is told by the constraint alone.
  if (error.code === holdsOnce) return new Invalid({ event: [taken] }, 'save_booking_data');
  return error.code === 'no-reservation' ? new NotFound('Reservation') : error;
}

/** Lets work be refused in that form. */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The sentences of a refusal, by field within `place`. */
export function errorsOf(error: DomainError, place: string): Record<string, readonly string[]> {
  const known = refusalOf(error);
  const errors =
    known instanceof Invalid
      ? known.errors
      : { [error instanceof NotFound ? 'id' : (error.field ?? 'id')]: [error.detail] };
  return Object.fromEntries(Object.entries(errors).map(([field, said]) => [`${place}.${field}`, said]));
}
