import type { Ctx } from '../../engine/context.ts';
import { breaksDue, type WorkdayBreak } from '../../rules/pay/breaks.ts';
import type { RuleSet } from '../../rules/pay/rule-set.ts';
import { reachOf, termsFor } from '../payroll/payroll.ts';
import { peopleOf, type Whom } from '../payroll/people.ts';
import { sheetsByPerson } from '../payroll/sheets-by-person.ts';

/** Days are days since 1970-01-01, both counted. */
export interface BreaksQuestion extends Whom {
  readonly from: number;
  readonly to: number;
  /** Rules that hold for everyone and every day instead of those in force. */
  readonly rules?: RuleSet;
}

/** The workdays of one person on which a break was due that was not taken whole. */
export interface PersonBreaks {
  readonly userId: number;
  readonly breaks: readonly WorkdayBreak[];
}

/**
 * The breaks that were due by the automatic break of people's rules and were missed or short, of everyone whose time the actor
 * may see and who has any, by user id.
 */
export async function breaksNotTaken(ctx: Ctx, question: BreaksQuestion): Promise<PersonBreaks[]> {
  const everyone = await peopleOf(ctx, question);
  const terms = await termsFor(ctx, everyone.people, question);
  const found: PersonBreaks[] = [];
  for await (const [{ id }, sheets] of sheetsByPerson(ctx, everyone, reachOf(terms.values(), question))) {
    const own = terms.get(id);
    if (own === undefined) continue;
    const breaks = breaksDue(sheets, own, question).filter(({ state }) => state !== 'taken');
    if (breaks.length > 0) found.push({ userId: id, breaks });
  }
  return found;
}
