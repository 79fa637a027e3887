import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Values, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { type Message, sendMessages } from '../../store/messages.ts';
import { sql } from '../../store/sql.ts';
import { balancesBefore, hoursIn } from './balance-text.ts';
import type { EntryFacts } from './facts.ts';

/** Entries of one request that went the same way. */
interface News {
  userId: number;
  /** Undefined when it is asked for now. */
  from: string | undefined;
  to: string;
  entries: Values[];
}

/**
 * Tells who decides about new requests and about approved time that its user gives up, and tells the user what others
 * decided: one message for all entries of a request that went the same way.
 */
export async function tellPeople(ctx: Ctx, written: readonly Written[], facts: EntryFacts): Promise<void> {
  const news = newsIn(written);
  if (news.length === 0) return;
  const { actor } = ctx;
  const forApprovers = news.filter(({ userId, from, to }) =>
    to === 'pending' ? from === undefined || from === 'canceled' : from === 'approved' && userId === actor.userId,
  );
  const forUser = news.filter((item) => item.userId !== actor.userId && !forApprovers.includes(item));
  const approvers = await approversOf(
    ctx,
    forApprovers.map(({ userId }) => userId),
  );
  const balances = await balancesBefore(
    ctx,
    forApprovers.filter(({ to }) => to === 'pending'),
    facts,
  );
  const users = resourceOf(ctx, 'users');
  const own = (await lookup(ctx, users, [actor.userId])).get(actor.userId);
  const actorName = own === undefined ? 'somebody' : nameOf(layoutOf(users).values(own));
  const messages: Message[] = [
    ...forApprovers.flatMap((item) => {
      const balance = item.to === 'pending' ? balances(item) : '';
      const message = toApprover(item, nameOf(facts.users.get(item.userId)), describe(item, facts), balance);
      const told = [...(approvers.get(item.userId) ?? [])].filter((userId) => userId !== actor.userId);
      return told.map((userId): Message => ({ userId, method: 'email', ...message }));
    }),
    ...forUser.map(({ userId, to, ...rest }): Message => {
      const what = to === 'pending' ? 'set back to pending' : to;
      const text = `Your time off, ${describe({ userId, to, ...rest }, facts)}, was ${what} by ${actorName}.`;
      return { userId, method: 'email', subject: `Your time off was ${what}`, text };
    }),
  ];
  await sendMessages(ctx.db, actor.companyId, messages, ctx.now);
}

function newsIn(written: readonly Written[]): News[] {
  const news = new Map<string, News>();
  for (const { candidate } of written) {
    const { before, values } = candidate;
    if (before?.status === values.status) continue;
    const [from, to] = [before === undefined ? undefined : String(before.status), String(values.status)];
    const key = `${values.time_off_request_id} ${from} ${to}`;
    const item = news.get(key) ?? { userId: Number(values.user_id), from, to, entries: [] };
    item.entries.push(values);
    news.set(key, item);
  }
  return [...news.values()];
}

function toApprover({ to }: News, name: string, what: string, balance: string): { subject: string; text: string } {
  if (to === 'pending')
    return { subject: `${name} asks for time off`, text: `${name} asks for time off: ${what}.${balance}` };
  return { subject: `${name} canceled time off`, text: `${name} canceled approved time off: ${what}.` };
}

function nameOf(user: Values | undefined): string {
  return `${user?.first_name ?? ''} ${user?.last_name ?? ''}`.trim() || 'somebody';
}

/** '2026-07-01 to 2026-07-03 (Vacation, 24 hours)'. */
function describe({ entries }: News, { jobcodes }: EntryFacts): string {
  const days = entries.map(({ date }) => String(date)).sort();
  const [first, last] = [days.at(0), days.at(-1)];
  const names = new Set(entries.map(({ jobcode_id }) => String(jobcodes.get(Number(jobcode_id))?.name ?? 'time off')));
  const seconds = entries.reduce((sum, { duration }) => sum + Number(duration), 0);
  return `${first}${first === last ? '' : ` to ${last}`} (${[...names].join(', ')}, ${hoursIn(seconds)})`;
}

/** Who decides about time off of each user: the managers of the group, or else the admins; nobody about the own. */
async function approversOf(ctx: Ctx, userIds: readonly number[]): Promise<Map<number, Set<number>>> {
  const approvers = new Map<number, Set<number>>();
  if (userIds.length === 0) return approvers;
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    WITH asking AS (
      SELECT id, group_id FROM users WHERE company_id = ${companyId} AND id = ANY(${userIds}::int[])
    ), managing AS (
      SELECT a.id AS user_id, m.id FROM asking a
      JOIN groups g ON g.company_id = ${companyId} AND g.id = a.group_id AND g.active
      JOIN users m ON m.company_id = ${companyId} AND m.id = ANY(g.manager_ids) AND m.active AND m.id <> a.id
    )
    SELECT user_id, id FROM managing
    UNION ALL
    SELECT a.id, m.id FROM asking a
    JOIN users m ON m.company_id = ${companyId} AND m.active AND 'admin' = ANY(m.permissions) AND m.id <> a.id
    WHERE NOT EXISTS (SELECT FROM managing g WHERE g.user_id = a.id)
    ORDER BY 1, 2`);
  for (const [user, approver] of rows) {
    const known = approvers.get(Number(user)) ?? new Set<number>();
    known.add(Number(approver));
    approvers.set(Number(user), known);
  }
  return approvers;
}
