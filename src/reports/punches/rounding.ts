import type { Ctx } from '../../engine/context.ts';
import type { RuleSet } from '../../rules/pay/rule-set.ts';
import { effectOf, type RoundingEffect } from '../../rules/rounding-effect.ts';
import { peopleOf, type Whom } from '../payroll/people.ts';
import { sheetsByPerson } from '../payroll/sheets-by-person.ts';

/** Days are days since 1970-01-01, both counted. */
export interface RoundingQuestion extends Whom {
  readonly from: number;
  readonly to: number;
  /** Rules whose rounding is tried out on the punches, instead of what was made of them when they were written. */
  readonly rules?: RuleSet;
}

/** What rounding gave to one person and took from him. */
export interface PersonRounding {
  readonly userId: number;
  readonly effect: RoundingEffect;
}

/** What rounding did to the closed timesheets of everyone whose time the actor may see and who punched any, by user id. */
export async function roundingOfPeople(ctx: Ctx, question: RoundingQuestion): Promise<PersonRounding[]> {
  const { from, to, rules } = question;
  const everyone = await peopleOf(ctx, question);
  const found: PersonRounding[] = [];
  for await (const [{ id }, sheets] of sheetsByPerson(ctx, everyone, { from, to, punches: true })) {
    const effect = effectOf(sheets, rules);
    if (effect.punches > 0) found.push({ userId: id, effect });
  }
  return found;
}
