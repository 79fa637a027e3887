import { type Ctx, resourceOf } from '../engine/context.ts';
import { joinWrites } from '../engine/list.ts';
import { lookup } from '../engine/lookup.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { inTransaction } from '../engine/turns.ts';
import { DomainError } from '../lib/errors.ts';
import { approvalFacts, type FactsOf } from '../resources/approvals/facts.ts';
import { type ApprovalPerson, lockPeople, moveDates } from '../resources/approvals/queries.ts';
import { type Move, recordMoves } from '../resources/approvals/record.ts';
import { ownSettings, type SettingsReader } from '../resources/effective-settings/queries.ts';
import { mayMove } from '../resources/users/approval.ts';
import type { ApprovalDates } from '../rules/approval-dates.ts';
import { type ApprovalAction, applyAction, checkMove, checkOrder } from '../rules/approvals.ts';

/** Whose time: some people's, that of the people of groups, or everyone's whose time the actor may approve. */
export type Whose =
  | { readonly users: readonly number[] }
  | { readonly groups: readonly number[] }
  | { readonly everyone: true };

/** Something to be done to the time of people. */
export interface ApprovalOrder {
  readonly action: ApprovalAction;
  readonly whose: Whose;
  /** The last day that is submitted or approved afterwards; see rules/approvals.ts. */
  readonly to?: string | undefined;
  /** Why; '' for no reason. */
  readonly reason: string;
}

/** What became of one person: the dates as they are now, and why they did not move. */
export interface PersonalOutcome {
  readonly userId: number;
  /** Undefined for somebody whom the actor does not see. */
  readonly dates: ApprovalDates | undefined;
  readonly refusal: DomainError | undefined;
}

/** An order that fails as a whole, or what became of each person. */
export type ApprovalOutcome = DomainError | readonly PersonalOutcome[];

/**
 * Carries out orders one after the other, each for every person by himself: who is refused keeps nobody else back. All of it
 * is one transaction; the number of statements does not grow with the number of orders or people.
 */
export async function moveApprovals(ctx: Ctx, orders: readonly ApprovalOrder[]): Promise<readonly ApprovalOutcome[]> {
  const knownGroups = await groupsAmong(ctx, orders);
  const settings = await ownSettings(ctx);
  return inTransaction(ctx, (inside) => moveOnce(inside, orders, knownGroups, settings));
}

async function groupsAmong(ctx: Ctx, orders: readonly ApprovalOrder[]): Promise<ReadonlySet<number>> {
  const ids = orders.flatMap(({ whose }) => ('groups' in whose ? whose.groups : []));
  return new Set((await lookup(ctx, resourceOf(ctx, 'groups'), ids)).keys());
}

async function moveOnce(
  ctx: Ctx,
  orders: readonly ApprovalOrder[],
  knownGroups: ReadonlySet<number>,
  settings: SettingsReader | undefined,
): Promise<readonly ApprovalOutcome[]> {
  // Days that are being closed to payroll are seen as closed.
  await joinWrites(ctx.db, ctx.actor.companyId);
  const people = await lockPeople(ctx, {
    users: orders.flatMap(({ whose }) => ('users' in whose ? whose.users : [])),
    groups: orders.flatMap(({ whose }) => ('groups' in whose ? whose.groups : [])),
    everyone: orders.some(({ whose }) => 'everyone' in whose),
  });
  const mayDo = (action: ApprovalAction, { userId, groupId }: ApprovalPerson): DomainError | undefined =>
    mayMove(ctx, action, { id: userId, groupId }, settings);
  const chosen = orders.map((order) => checkOrder(order) ?? choose(order, people, knownGroups, mayDo));
  const byId = new Map(people.map((person) => [person.userId, person]));
  const facts = await factsFor(ctx, orders, chosen, byId);
  const current = new Map(people.map(({ userId, dates }) => [userId, dates]));
  const moves: Move[] = [];
  const outcomes = orders.map((order, index): ApprovalOutcome => {
    const ids = chosen[index] ?? [];
    if (ids instanceof DomainError) return ids;
    return ids.map((userId): PersonalOutcome => {
      const [person, from] = [byId.get(userId), current.get(userId)];
      if (person === undefined || from === undefined) return unknown(userId);
      const to = judge(order, { ...person, dates: from }, facts, mayDo);
      if (to instanceof DomainError) return { userId, dates: from, refusal: to };
      if (to !== from) {
        current.set(userId, to);
        moves.push({ userId, name: person.name, action: order.action, from, to, reason: order.reason });
      }
      return { userId, dates: to, refusal: undefined };
    });
  });
  if (moves.length === 0) return outcomes;
  await moveDates(ctx, new Map(moves.map(({ userId }) => [userId, current.get(userId) as ApprovalDates])));
  await recordMoves(ctx, moves);
  return outcomes;
}

function unknown(userId: number): PersonalOutcome {
  const refusal = new DomainError('not-found', `user_id ${userId} does not exist`, { field: 'user_ids' });
  return { userId, dates: undefined, refusal };
}

type MayDo = (action: ApprovalAction, person: ApprovalPerson) => DomainError | undefined;

/** The people whom an order is about; those who are named whether they exist or not. */
function choose(
  { whose, action }: ApprovalOrder,
  people: readonly ApprovalPerson[],
  knownGroups: ReadonlySet<number>,
  mayDo: MayDo,
): readonly number[] | DomainError {
  const active = people.filter((person) => person.active);
  const idsOf = (some: readonly ApprovalPerson[]): number[] => some.map(({ userId }) => userId);
  if ('users' in whose) return whose.users;
  if ('everyone' in whose) {
    // Whoever may approve somebody's time may do everything else to it.
    const own = active.filter((person) => mayDo('approve', person) === undefined);
    return own.length === 0 ? denied(`${action} the time of anybody but yourself`) : idsOf(own);
  }
  const missing = whose.groups.find((id) => !knownGroups.has(id));
  if (missing !== undefined)
    return new DomainError('not-found', `group_id ${missing} does not exist`, { field: 'group_ids' });
  const members = active.filter(({ groupId }) => groupId !== null && whose.groups.includes(groupId));
  if (members.length > 0) return idsOf(members);
  return new DomainError('not-found', 'Nobody whom you may see is in these groups.', { field: 'group_ids' });
}

async function factsFor(
  ctx: Ctx,
  orders: readonly ApprovalOrder[],
  chosen: readonly (readonly number[] | DomainError)[],
  people: ReadonlyMap<number, ApprovalPerson>,
): Promise<FactsOf> {
  // How far back any order may take a person; without a day it goes back to what is approved.
  const back = new Map<number, string | undefined>();
  orders.forEach(({ action, to }, index) => {
    const ids = chosen[index] ?? [];
    if (ids instanceof DomainError) return;
    const forwards = action === 'submit' || action === 'approve';
    for (const userId of ids) {
      const known = back.get(userId);
      const day = to ?? people.get(userId)?.dates.approvedTo;
      back.set(userId, forwards || (known !== undefined && day !== undefined && known < day) ? known : day);
    }
  });
  return approvalFacts(
    ctx,
    [...back].map(([userId, day]) => ({ userId, back: day })),
  );
}

function judge(
  { action, to }: ApprovalOrder,
  person: ApprovalPerson,
  facts: FactsOf,
  mayDo: MayDo,
): ApprovalDates | DomainError {
  const { userId, active, dates } = person;
  const refusal = mayDo(action, person);
  if (refusal !== undefined) return refusal;
  if (!active) return new DomainError('invalid', `User ${userId} is archived.`, { field: 'user_ids' });
  const moved = applyAction(action, to, dates);
  if (moved instanceof DomainError) return moved;
  return checkMove(dates, moved, facts(userId)) ?? moved;
}
