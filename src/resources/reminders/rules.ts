import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { DomainError } from '../../lib/errors.ts';
import { distributionMethods, keptNames, weekdays } from '../../rules/reminders.ts';
import { sql } from '../../store/sql.ts';
import { archivedUsers } from '../users/archived.ts';

/** What the rules know about a batch of reminders. */
export interface ReminderFacts {
  /** Reminders of the users of the batch, by user and type; those that this batch makes have no id yet. */
  known: Map<string, Values>;
  archivedUsers: ReadonlySet<number>;
}

function keyOf({ user_id, reminder_type }: Values): string {
  return `${Number(user_id ?? 0)} ${reminder_type}`;
}

/** The reminders that the users of the batch have already, and which of the users are archived. */
export async function reminderFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<ReminderFacts> {
  const layout = layoutOf(resourceOf(ctx, 'reminders'));
  const userIds = candidates.map(({ values }) => Number(values.user_id ?? 0));
  const rows = await ctx.db.rows(sql`
    SELECT ${layout.select} FROM reminders t
    WHERE t.company_id = ${ctx.actor.companyId} AND coalesce(t.user_id, 0) = ANY(${userIds}::int[])`);
  return {
    known: new Map(rows.map((cells) => layout.values(cells)).map((values) => [keyOf(values), values])),
    archivedUsers: await archivedUsers(ctx, userIds),
  };
}

const lists = { due_days_of_week: weekdays, distribution_methods: distributionMethods };

/**
 * Brings days and methods into the form in which they are kept. Everyone, and the company, has one reminder of a type: the
 * same again is accepted, another one refused.
 */
export function prepareReminder(candidate: Candidate, { known }: ReminderFacts): DomainError | undefined {
  const { id, before, values, given } = candidate;
  for (const [name, allowed] of Object.entries(lists)) {
    if (!given.has(name)) continue;
    const kept = keptNames(String(values[name]), allowed);
    if (kept === undefined)
      return new DomainError('invalid', `${name} must be some of ${allowed.join(', ')}`, { field: name });
    values[name] = kept;
  }
  const stored = known.get(keyOf(values));
  if (stored === undefined || (id !== undefined && stored.id === id)) return undefined;
  const same = before === undefined && Object.entries(values).every(([name, value]) => stored[name] === value);
  if (!same) {
    const whose = values.user_id === null ? 'The company' : `User ${values.user_id}`;
    return new DomainError('conflict', `Duplicate entry: ${whose} has a ${values.reminder_type} reminder already`, {
      field: 'reminder_type',
    });
  }
  // One without an id was made by this batch: judged anew after it is written, it is found.
  if (stored.id !== undefined) candidate.existing = { id: Number(stored.id), code: 'duplicate' };
  return undefined;
}

/** An archived user is reminded of nothing. */
export function notArchived({ before, values }: Candidate, { archivedUsers }: ReminderFacts): DomainError | undefined {
  if (before !== undefined || !archivedUsers.has(Number(values.user_id))) return undefined;
  return new DomainError('invalid', `User ${values.user_id} is archived`, { field: 'user_id' });
}

/** Later items of the batch see an accepted one. */
export function remember({ before, values, existing }: Candidate, { known }: ReminderFacts): void {
  if (existing !== undefined) return;
  if (before !== undefined) known.delete(keyOf(before));
  known.set(keyOf(values), values);
}
