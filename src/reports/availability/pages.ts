import type { Ctx } from '../../engine/context.ts';
import type { Constraint } from '../../rules/availability/constraints.ts';
import { constraintsIn, readTerms, type Terms } from '../../rules/availability/terms.ts';
import { sql } from '../../store/sql.ts';

/** What a booking page (Timekit's project) says about availability. */
export interface PageTerms {
  readonly terms: Terms;
  /** Its lists of constraints; each of them must let a time through. */
  readonly lists: readonly (readonly Constraint[])[];
}

/** The terms of a page from its JSON values, as they were checked when they were stored. */
export function pageTermsOf(availability: unknown, constraints: unknown): PageTerms {
  const fields = typeof availability === 'object' && availability !== null ? availability : {};
  const { terms } = readTerms(fields as Readonly<Record<string, unknown>>);
  return { terms, lists: [constraintsIn(constraints).constraints, terms.constraints ?? []] };
}

/** The terms of a page by its id; undefined where there is none. */
export async function termsOfPage({ db, actor }: Ctx, pageId: number): Promise<PageTerms | undefined> {
  const [row] = await db.rows(sql`SELECT availability, availability_constraints FROM booking_pages
    WHERE company_id = ${actor.companyId} AND id = ${pageId}`);
  return row === undefined ? undefined : pageTermsOf(JSON.parse(String(row[0])), JSON.parse(String(row[1])));
}
