import { setImmediate as turn } from 'node:timers/promises';
import type { Ctx } from '../../engine/context.ts';
import { DomainError } from '../../lib/errors.ts';
import { classify } from '../../rules/pay/classify.ts';
import type { RuleSet } from '../../rules/pay/rule-set.ts';
import type { PaySegment, PaySheet } from '../../rules/pay/time.ts';
import { datesNeeded } from '../../rules/pay/workdays.ts';
import { type Kinds, type Person, peopleOf, type Whom } from './people.ts';
import { type RulesByDay, rulesInForce } from './rules-of-people.ts';
import { addPay, allPremiums, noSeconds, type Premiums, premiumsOf, type Seconds } from './seconds.ts';
import { type SheetQuery, sheetsOf } from './sheets.ts';

/** What a payroll report is asked. Days are days since 1970-01-01, both counted. */
export interface Question extends Whom {
  readonly from: number;
  readonly to: number;
  /** Also active people without any time. */
  readonly everyone?: boolean;
  /** Rules that hold for everyone and every day instead of those in force. */
  readonly rules?: RuleSet;
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

/** Timesheets that are computed before others get a turn: some ten milliseconds. */
const sheetsATurn = 3_000;
const usualSheetsADay = 2;
const mostSegments = 100_000;

/**
 * What people are paid for their closed timesheets, in the order of their ids: of everyone whose time the actor may see and
 * who has some. People are loaded and computed in parts, so that a large company keeps nobody else waiting. Throws
 * DomainError for users whose time he may not see, and for more segments than can be told.
 */
export async function payrollOf(ctx: Ctx, question: Question): Promise<PersonPay[]> {
  const { people, kinds } = await peopleOf(ctx, question);
  const rules = await rulesFor(ctx, people, question);
  const pays: PersonPay[] = [];
  let segments = 0;
  for await (const [person, sheets] of sheetsByPerson(ctx, people, kinds, reachOf(rules.values(), question))) {
    const pay = payOf(person, sheets, rules.get(person.id), question);
    if (pay === undefined) continue;
    pays.push(pay);
    segments += pay.segments.length;
    if (segments > mostSegments) throw tooMuch();
  }
  return pays;
}

/**
 * The closed timesheets of each of these people, in turn. They are loaded in parts, the next while one is computed, and
 * other requests get a turn in between.
 */
export async function* sheetsByPerson(
  ctx: Ctx,
  people: readonly Person[],
  kinds: Kinds,
  reach: Reach,
): AsyncGenerator<readonly [Person, readonly PaySheet[]]> {
  const days = reach.to - reach.from + 1;
  const parts = inParts(people, Math.ceil(sheetsATurn / (usualSheetsADay * days)));
  const load = (part: readonly Person[] = []): Promise<Map<number, PaySheet[]>> => {
    const loading = sheetsOf(ctx, { userIds: part.map(({ id }) => id), ...reach }, kinds);
    // It is awaited a part later, and by nobody where this part fails.
    loading.catch(() => undefined);
    return loading;
  };
  let loaded = load(parts[0]);
  for (const [index, part] of parts.entries()) {
    const sheets = await loaded;
    if (index + 1 < parts.length) loaded = load(parts[index + 1]);
    for (const person of part) yield [person, sheets.get(person.id) ?? []];
    await turn();
  }
}

/** The timesheets of which days a report needs, and whether what the clock said of them too. */
export type Reach = Omit<SheetQuery, 'userIds'>;

/** What rules need for their paid time on these days. */
export function reachOf(rules: Iterable<RulesByDay>, { from, to }: Pick<Question, 'from' | 'to'>): Reach {
  const reach = { from, to, punches: false };
  const distinct = new Set<RuleSet>();
  for (const rulesOn of new Set(rules)) for (let day = from; day <= to; day += 1) distinct.add(rulesOn(day));
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

function inParts<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

/** The rules of each of these people: those that are asked for, or those in force. */
export async function rulesFor(
  ctx: Ctx,
  people: readonly Person[],
  question: Pick<Question, 'from' | 'to' | 'rules'>,
): Promise<Map<number, RulesByDay>> {
  const { rules } = question;
  const ids = people.map(({ id }) => id);
  return rules === undefined ? rulesInForce(ctx, ids, question) : new Map(ids.map((id) => [id, () => rules]));
}

function payOf(
  { id, active, exempt, salaried }: Person,
  sheets: readonly PaySheet[],
  rulesOn: RulesByDay | undefined,
  { from, to, everyone = false, explain = false }: Question,
): PersonPay | undefined {
  if (rulesOn === undefined || (sheets.length === 0 && !(everyone && active))) return undefined;
  const premiums = [...premiumsBetween(rulesOn, from, to)];
  const lines = new Map<number, Line>();
  const segments: PaySegment[] = [];
  classify(sheets, { exempt, salaried, rulesOn }, { from, to }, (segment) => {
    const { day, sheet } = segment;
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

function premiumsBetween(rulesOn: RulesByDay, from: number, to: number): Premiums {
  const lists = new Set<Premiums>();
  for (let day = from; day <= to; day += 1) lists.add(premiumsOf(rulesOn(day)));
  return allPremiums(lists);
}
