import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { sendMessages } from '../../store/messages.ts';
import { sql } from '../../store/sql.ts';
import { actorName, byEveryMethod } from '../approvals/messages.ts';
import type { TimesheetFacts } from './facts.ts';
import { removeTimesheets } from './removal.ts';

/** A person and the approved days of his that changed. */
type Changed = Map<number, Set<string>>;

/** Rows that a candidate touches: as they were and as they are, those that change with it too. */
function touchedBy({ before, values, also }: Candidate): Values[] {
  return [...(before === undefined ? [] : [before]), values, ...also.updates.values()];
}

function isApproved(row: Values, { users }: Pick<TimesheetFacts, 'users'>): boolean {
  const approvedTo = users.get(Number(row.user_id))?.approved_to;
  return typeof approvedTo === 'string' && String(row.date) <= approvedTo;
}

/** Whether a candidate changes time that is approved. Only those who may approve it can; it stays approved. */
export function changesApproved(candidate: Candidate, facts: Pick<TimesheetFacts, 'users'>): boolean {
  return touchedBy(candidate).some((row) => isApproved(row, facts));
}

/** Tells people that somebody else changed their approved time: one message for each, whatever the number of timesheets. */
export async function tellOfApproved(
  ctx: Ctx,
  written: readonly Written[],
  facts: Pick<TimesheetFacts, 'users'>,
): Promise<void> {
  const changed: Changed = new Map();
  for (const { candidate } of written) {
    for (const row of touchedBy(candidate)) if (isApproved(row, facts)) note(changed, row.user_id, row.date);
  }
  await tell(ctx, changed, 'changed');
}

/** Removes timesheets, and tells people of those of their approved time. */
export async function removeAndTell(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await ctx.db.rows(sql`
    SELECT s.user_id, s.date FROM timesheets s JOIN users u ON u.company_id = s.company_id AND u.id = s.user_id
    WHERE s.company_id = ${ctx.actor.companyId} AND s.id = ANY(${ids}::int[]) AND s.date <= u.approved_to`);
  const removed = await removeTimesheets(ctx, ids);
  const changed: Changed = new Map();
  for (const [userId, date = null] of rows) note(changed, Number(userId), date);
  await tell(ctx, changed, 'deleted');
  return removed;
}

function note(changed: Changed, userId: Values[string] | undefined, date: Values[string] | undefined): void {
  const days = changed.get(Number(userId)) ?? new Set();
  days.add(String(date));
  changed.set(Number(userId), days);
}

async function tell(ctx: Ctx, changed: Changed, what: 'changed' | 'deleted'): Promise<void> {
  changed.delete(ctx.actor.userId);
  if (changed.size === 0) return;
  const by = await actorName(ctx);
  const messages = [...changed].map(([userId, days]) => ({
    userId,
    subject: 'Your approved time was changed',
    text: `${by} ${what} approved time of yours: ${new Intl.ListFormat('en').format([...days].sort())}.`,
  }));
  await sendMessages(ctx.db, ctx.actor.companyId, messages.flatMap(byEveryMethod), ctx.now);
}
