import { type Ctx, may, resourceOf } from '../engine/context.ts';
import { awaitWrites } from '../engine/list.ts';
import { lookup } from '../engine/lookup.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { inTransaction, takeTurn } from '../engine/turns.ts';
import { originOf } from '../engine/writing.ts';
import { DomainError } from '../lib/errors.ts';
import { daysBetween, localDay, pgOfEpoch } from '../lib/time.ts';
import { effectiveSettings, settingsAt } from '../resources/effective-settings/queries.ts';
import {
  type Concerned,
  concernedBy,
  insertClosing,
  membersOf,
  reopenClosing,
  type Scope,
} from '../resources/payroll-closings/queries.ts';
import { nthPeriod, type PayPeriod, payScheduleOf } from '../rules/pay-periods.ts';
import { originStatement } from '../store/write.ts';
import { termsOf } from './payroll-terms.ts';

/** What is to be closed: days, or the pay period so many after the current one; for whom, and whether all is approved. */
export interface ClosingRequest {
  readonly days: PayPeriod | { readonly nth: number };
  readonly scope: Scope;
  readonly requireApproval: boolean;
}

const mostDays = 375;
const mostNamed = 10;
const turns = 'payroll closings';

/**
 * Closes days to payroll, in one transaction: their time is locked, nobody adds any, and the rules that it is paid by are
 * kept. Gives the id of the closing. Only for admins. Throws DomainError: for days that make no sense, for people whose
 * time is still open, closed already or (where that is required) not approved, by name.
 */
export async function closePeriod(ctx: Ctx, request: ClosingRequest): Promise<number> {
  if (!may(ctx.actor, 'admin')) throw denied('close pay periods');
  const { scope, requireApproval } = request;
  await demandKnown(ctx, scope);
  const days = 'nth' in request.days ? await sharedPeriod(ctx, scope, request.days.nth) : request.days;
  checkDays(days);
  return alone(ctx, async (inside) => {
    const { companyId, userId } = inside.actor;
    const people = await concernedBy(inside.db, companyId, scope, days);
    checkPeople(people, days, requireApproval);
    const { rules, ofUsers } = await termsOf(inside, people, days);
    return insertClosing(inside.db, companyId, {
      scope,
      days,
      requireApproval,
      createdBy: userId,
      terms: JSON.stringify(rules),
      userIds: people.map(({ id }) => id),
      termsOfUsers: people.map(({ id }) => JSON.stringify(ofUsers.get(id) ?? [])),
    });
  });
}

/** Opens closed days again, for a reason that the history keeps. Only for admins. Throws DomainError. */
export async function reopenPeriod(ctx: Ctx, { id, reason }: { id: number; reason: string }): Promise<void> {
  if (!may(ctx.actor, 'admin')) throw denied('open pay periods again');
  await alone(ctx, async ({ db, actor, now }) => {
    const reopening = { id, reason, userId: actor.userId, now: pgOfEpoch(now) };
    if (await reopenClosing(db, actor.companyId, reopening)) return;
    throw new DomainError('not-found', `There is no payroll export ${id} that is closed`, { field: 'id' });
  });
}

/** Runs work in a transaction while nobody else closes or opens days, and nobody's time is being written. */
function alone<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return inTransaction(ctx, async (inside) => {
    const { db, actor } = inside;
    await takeTurn(inside, turns);
    // A timesheet that is on its way is seen, and locked; those that come later find the days closed.
    await awaitWrites(db, actor.companyId);
    await db.rows(originStatement(originOf(inside)));
    return work(inside);
  });
}

async function demandKnown(ctx: Ctx, { userIds, groupIds }: Scope): Promise<void> {
  for (const [field, resource, ids] of [
    ['user_ids', 'users', userIds],
    ['group_ids', 'groups', groupIds],
  ] as const) {
    const found = await lookup(ctx, resourceOf(ctx, resource), ids);
    const unknown = ids.filter((id) => !found.has(id));
    if (unknown.length > 0) {
      throw new DomainError('invalid', `${field} names ${resource} that do not exist: ${unknown.join(', ')}`, {
        field,
      });
    }
  }
}

/** The pay period that all of these people have, so many after that of the company's today. */
async function sharedPeriod(ctx: Ctx, scope: Scope, nth: number): Promise<PayPeriod> {
  const { companyId } = ctx.actor;
  const company = await settingsAt(ctx.db, companyId, 'company', 0);
  const today = localDay(String(company.get('general', 'tz')), ctx.now);
  const settings = await effectiveSettings(ctx, await membersOf(ctx.db, companyId, scope));
  const periods = new Map<string, PayPeriod>();
  for (const reader of new Set(settings.values())) {
    const period = nthPeriod(payScheduleOf(reader), today, nth);
    periods.set(`${period.start} ${period.end}`, period);
  }
  const [period, ...others] = periods.values();
  if (period !== undefined && others.length === 0) return period;
  const why = period === undefined ? 'nobody is concerned' : 'the people have different pay periods';
  throw new DomainError('invalid', `period can not be told: ${why}; give start_date and end_date`, { field: 'period' });
}

function checkDays({ start, end }: PayPeriod): void {
  const field = 'end_date';
  if (end < start) throw new DomainError('invalid', `end_date ${end} lies before start_date ${start}`, { field });
  const days = daysBetween(start, end) + 1;
  if (days > mostDays) {
    throw new DomainError('invalid', `${days} days are too many: at most ${mostDays} are closed at once`, { field });
  }
}

function checkPeople(people: readonly Concerned[], { start, end }: PayPeriod, requireApproval: boolean): void {
  if (people.length === 0) throw new DomainError('invalid', 'There is nobody whose time could be closed');
  const days = `${start} to ${end}`;
  const closed = people.filter(({ closedBy }) => closedBy !== undefined);
  if (closed.length > 0) {
    const ids = [...new Set(closed.map(({ closedBy }) => closedBy))].slice(0, mostNamed).join(', ');
    throw new DomainError(
      'conflict',
      `Days from ${days} are closed already, by payroll export ${ids}, for ${named(closed, ({ name }) => name)}`,
    );
  }
  const open = people.filter(({ openSheet }) => openSheet !== undefined);
  if (open.length > 0) {
    const sheets = named(open, ({ name, openSheet }) => `${name} (timesheet ${openSheet})`);
    throw new DomainError('invalid', `Time from ${days} is still on the clock: ${sheets}`);
  }
  const unapproved = people.filter(({ hasTime, approvedTo }) => hasTime && approvedTo < end);
  if (requireApproval && unapproved.length > 0) {
    const list = named(unapproved, ({ name, approvedTo }) => `${name} (approved to ${approvedTo})`);
    throw new DomainError('invalid', `Time to ${end} is not approved yet: ${list}`);
  }
}

function named(people: readonly Concerned[], text: (person: Concerned) => string): string {
  const more = people.length - mostNamed;
  const names = people.slice(0, mostNamed).map(text).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}
