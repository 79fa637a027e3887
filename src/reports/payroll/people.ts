import { type Ctx, resourceOf } from '../../engine/context.ts';
import { whereFor } from '../../engine/permissions.ts';
import { DomainError } from '../../lib/errors.ts';
import type { TimeKind } from '../../rules/pay/time.ts';
import { empty, sql } from '../../store/sql.ts';

/** Someone whose time the asking person may see. */
export interface Person {
  readonly id: number;
  readonly active: boolean;
  readonly exempt: boolean;
  readonly salaried: boolean;
}

/** Whom a report is about: everyone whose time may be seen, or only these. Group 0 stands for people without a group. */
export interface Whom {
  readonly userIds?: readonly number[];
  readonly groupIds?: readonly number[];
}

/** What the jobcodes of a company make of time, where it is anything but work. */
export type Kinds = ReadonlyMap<number, TimeKind>;

const kinds: Readonly<Record<string, TimeKind>> = {
  paid_break: 'paid_break',
  unpaid_break: 'unpaid',
  unpaid_time_off: 'unpaid_time_off',
  pto: 'pto',
};

/** Whom a report is about, and what it needs to know besides. */
export interface People {
  /** By id. */
  readonly people: readonly Person[];
  /** Whether they are the whole company. */
  readonly all: boolean;
  readonly kinds: Kinds;
}

/**
 * The people whose time the actor may see, by id, and what kind of time each jobcode is. The rule is the one of timesheets.
 * Throws DomainError for a user of `whom` whose time he may not see, as if there were no such user.
 */
export async function peopleOf(ctx: Ctx, { userIds, groupIds }: Whom): Promise<People> {
  const { companyId } = ctx.actor;
  const seen = whereFor(resourceOf(ctx, 'timesheets').allow.view, ctx.actor);
  const named = userIds === undefined ? empty : sql`AND t.id = ANY(${userIds}::int[])`;
  const grouped = groupIds === undefined ? sql`TRUE` : sql`coalesce(t.group_id, 0) = ANY(${groupIds}::int[])`;
  const [rows = [], jobcodes = [], [company] = []] = await ctx.db.pipeline([
    sql`SELECT t.id, t.active, t.exempt, t.salaried, ${grouped}
        FROM (SELECT u.*, u.id AS user_id FROM users u WHERE u.company_id = ${companyId}) t
        WHERE ${seen} ${named} ORDER BY t.id`,
    sql`SELECT id, type FROM jobcodes WHERE company_id = ${companyId} AND type <> 'regular'`,
    sql`SELECT count(*) FROM users WHERE company_id = ${companyId}`,
  ]);
  demandKnown(userIds ?? [], new Set(rows.map(([id]) => Number(id))));
  const people = rows
    .filter((row) => row[4] === 't')
    .map(([id, active, exempt, salaried]) => ({
      id: Number(id),
      active: active === 't',
      exempt: exempt === 't',
      salaried: salaried === 't',
    }));
  return {
    people,
    all: people.length === Number(company?.[0]),
    kinds: new Map(jobcodes.map(([id, type]) => [Number(id), kinds[String(type)] ?? 'work'])),
  };
}

function demandKnown(userIds: readonly number[], known: ReadonlySet<number>): void {
  const unknown = userIds.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  const named = unknown.length > 10 ? `${unknown.slice(0, 10).join(', ')} and others` : unknown.join(', ');
  throw new DomainError('invalid', `user_ids names users that do not exist: ${named}`, { field: 'user_ids' });
}
