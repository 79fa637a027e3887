import type { Ctx } from '../../engine/context.ts';
import { DomainError } from '../../lib/errors.ts';
import { classify } from '../../rules/pay/classify.ts';
import type { RuleSet } from '../../rules/pay/rule-set.ts';
import type { PayPerson, PaySegment, PaySheet } from '../../rules/pay/time.ts';
import { datesNeeded } from '../../rules/pay/workdays.ts';
import { type Person, peopleOf, type Whom } from './people.ts';
import { termsInForce } from './rules-of-people.ts';
import { addPay, allPremiums, noSeconds, type Premiums, premiumsOf, type Seconds } from './seconds.ts';
import { type Reach, sheetsByPerson } from './sheets-by-person.ts';

/** What a payroll report is asked. Days are days since 1970-01-01, both counted. */
export interface Question extends Whom {
  readonly from: number;
  readonly to: number;
  /** Also active people without any time. */
  readonly everyone?: boolean;
  /** Rules that hold for everyone and every day instead of those in force. */
  readonly rules?: RuleSet;
  /** No matter on which day: one line a jobcode, as of the first day. A large company's answer is made in half the time. */
  readonly daysTogether?: boolean;
  /** Also tells every segment. */
  readonly explain?: boolean;
}

/** Time of one person on one jobcode (0 for none) and workday. */
export interface Line {
  readonly day: number;
  readonly jobcodeId: number;
  readonly seconds: Seconds;
}

/** What one person is paid for. */
export interface PersonPay {
  readonly userId: number;
  /** What all seconds here are counted by: the premiums that the person's rules name. */
  readonly premiums: Premiums;
  /** By workday, then by jobcode. */
  readonly lines: readonly Line[];
  /** In the order of time; empty unless asked. */
  readonly segments: readonly PaySegment[];
}

/** What `explain` tells at most, all of which is held in memory. */
const mostSegments = 100_000;

/**
 * What people are paid for their closed timesheets, in the order of their ids: of everyone whose time the actor may see and
 * who has some. People are loaded and computed in parts, so that a large company keeps nobody else waiting. Throws
 * DomainError for users whose time he may not see, and for more segments than can be told.
 */
export async function payrollOf(ctx: Ctx, question: Question): Promise<PersonPay[]> {
  const everyone = await peopleOf(ctx, question);
  const terms = await termsFor(ctx, everyone.people, question);
  const pays: PersonPay[] = [];
  let segments = 0;
  for await (const [person, sheets] of sheetsByPerson(ctx, everyone, reachOf(terms.values(), question))) {
    const pay = payOf(person, sheets, terms.get(person.id), question);
    if (pay === undefined) continue;
    pays.push(pay);
    segments += pay.segments.length;
    if (segments > mostSegments) throw tooMuch();
  }
  return pays;
}

/** Days around a range whose rules matter to it: its first workweek, and timesheets that reach into either. */
const aroundRange = 15;

/** What rules need for their paid time on these days. Days before and after them may have other rules, as closed days do. */
export function reachOf(terms: Iterable<PayPerson>, { from, to }: Pick<Question, 'from' | 'to'>): Reach {
  const reach = { from, to, punches: false };
  const distinct = new Set<RuleSet>();
  const rules = new Set([...terms].map(({ rulesOn }) => rulesOn));
  for (const rulesOn of rules) {
    for (let day = from - aroundRange; day <= to + aroundRange; day += 1) distinct.add(rulesOn(day));
  }
  for (const one of distinct) {
    const needed = datesNeeded({ from, to }, one);
    reach.from = Math.min(reach.from, needed.from);
    reach.to = Math.max(reach.to, needed.to);
    // No break is taken off time that was written by hand.
    reach.punches ||= one.rounding !== null || one.automatic_break !== null;
  }
  return reach;
}

function tooMuch(): DomainError {
  const detail = `explain would tell more than ${mostSegments} segments: ask for fewer days or people`;
  return new DomainError('invalid', detail, { field: 'explain' });
}

/** How each of these people is paid: by the rules that are asked for, or by those in force. */
export async function termsFor(
  ctx: Ctx,
  people: readonly Person[],
  question: Pick<Question, 'from' | 'to' | 'rules'>,
): Promise<ReadonlyMap<number, PayPerson>> {
  const { rules } = question;
  if (rules === undefined) return termsInForce(ctx, people, question);
  const rulesOn = (): RuleSet => rules;
  return new Map(people.map(({ id, exempt, salaried }) => [id, { exempt, salaried, rulesOn }]));
}

function payOf(
  { id, active }: Person,
  sheets: readonly PaySheet[],
  terms: PayPerson | undefined,
  { from, to, everyone = false, daysTogether = false, explain = false }: Question,
): PersonPay | undefined {
  if (terms === undefined || (sheets.length === 0 && !(everyone && active))) return undefined;
  const premiums = [...premiumsBetween(terms, from, to)];
  const lines = new Map<number, Line>();
  const segments: PaySegment[] = [];
  classify(sheets, terms, { from, to }, (segment) => {
    const { sheet } = segment;
    const day = daysTogether ? from : segment.day;
    const key = day * 2 ** 31 + sheet.jobcodeId;
    let line = lines.get(key);
    if (line === undefined) {
      line = { day, jobcodeId: sheet.jobcodeId, seconds: noSeconds() };
      lines.set(key, line);
    }
    addPay(line.seconds, premiums, segment.pay, segment.seconds);
    if (explain) segments.push(segment);
  });
  if (lines.size === 0 && !(everyone && active)) return undefined;
  const sorted = [...lines.values()].sort((a, b) => a.day - b.day || a.jobcodeId - b.jobcodeId);
  return { userId: id, premiums, lines: sorted, segments };
}

function premiumsBetween({ rulesOn }: PayPerson, from: number, to: number): Premiums {
  const lists = new Set<Premiums>();
  for (let day = from; day <= to; day += 1) lists.add(premiumsOf(rulesOn(day)));
  return allPremiums(lists);
}
