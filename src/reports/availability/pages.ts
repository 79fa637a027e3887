import type { BookingPage } from '../../resources/booking-pages/queries.ts';
import { type Constraint, readConstraints } from '../../rules/availability/constraints.ts';
import { readTerms, type Terms } from '../../rules/availability/terms.ts';

/** What a booking page (Timekit's project) says about availability. */
export interface PageTerms {
  readonly terms: Terms;
  /** Its lists of constraints; each of them must let a time through. */
  readonly lists: readonly (readonly Constraint[])[];
}

/** The terms of a page, as they were checked when they were stored. */
export function termsOfPage({ availability, availabilityConstraints }: BookingPage): PageTerms {
  const { terms } = readTerms(availability);
  return { terms, lists: [readConstraints(availabilityConstraints).constraints, terms.constraints ?? []] };
}
