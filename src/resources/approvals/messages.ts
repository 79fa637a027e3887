import { type Ctx, resourceOf } from '../../engine/context.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { addDays } from '../../lib/time.ts';
import type { ApprovalAction } from '../../rules/approvals.ts';
import { type Message, type MessageMethod, sendMessages } from '../../store/messages.ts';
import { sql } from '../../store/sql.ts';
import type { Move } from './record.ts';

/** Names in one message at most; the others are counted. */
const mostNames = 10;
const methods: readonly MessageMethod[] = ['email', 'dashboard'];

/** Sends a message by every method that news about somebody's time takes. */
export function byEveryMethod(message: Omit<Message, 'method'>): Message[] {
  return methods.map((method) => ({ ...message, method }));
}

/** The name of whoever acts, for sentences. */
export async function actorName(ctx: Ctx): Promise<string> {
  const users = resourceOf(ctx, 'users');
  const cells = (await lookup(ctx, users, [ctx.actor.userId])).get(ctx.actor.userId);
  if (cells === undefined) return 'OpenPunch';
  const { first_name: first, last_name: last } = layoutOf(users).values(cells);
  return `${first} ${last}`.trim();
}

/**
 * Tells who decides about submissions and withdrawals, one message for all people who went the same way; and tells each
 * person what somebody else did. Nobody is told what he did himself.
 */
export async function tellOfMoves(ctx: Ctx, moves: readonly Move[]): Promise<void> {
  const { companyId, userId: actorId } = ctx.actor;
  const handedIn = moves.filter(({ action }) => action === 'submit' || action === 'unsubmit');
  const by = await actorName(ctx);
  const own = moves.filter(({ userId }) => userId !== actorId).map((move) => toPerson(move, by));
  const messages = [...(await toDeciders(ctx, handedIn, by)), ...own];
  await sendMessages(ctx.db, companyId, messages.flatMap(byEveryMethod), ctx.now);
}

const subjects: Readonly<Record<ApprovalAction, string>> = {
  submit: 'Your time was submitted',
  unsubmit: 'Your time is no longer submitted',
  approve: 'Your time was approved',
  unapprove: 'Your time is no longer approved',
  reject: 'Your time was rejected',
};

function toPerson({ userId, action, from, to, reason }: Move, by: string): Omit<Message, 'method'> {
  const sentences: Readonly<Record<ApprovalAction, () => string>> = {
    submit: () => `${by} submitted your time to ${to.submittedTo} for you.`,
    unsubmit: () => `${by} took back the submission of your time ${days(to.submittedTo, from.submittedTo)}.`,
    approve: () => `${by} approved your time to ${to.approvedTo}.`,
    unapprove: () => `${by} took back the approval of your time ${days(to.approvedTo, from.approvedTo)}.`,
    reject: () =>
      `${by} rejected your time ${days(to.submittedTo, from.submittedTo)}. Please correct it and submit it again.`,
  };
  const text = reason === '' ? sentences[action]() : `${sentences[action]()}\n\n${reason}`;
  return { userId, subject: subjects[action], text };
}

/** 'of 2026-06-08 to 2026-06-14': the days behind `left`, to `last`. */
function days(left: string, last: string): string {
  const first = addDays(left, 1);
  return first === last ? `of ${last}` : `of ${first} to ${last}`;
}

async function toDeciders(ctx: Ctx, moves: readonly Move[], by: string): Promise<Omit<Message, 'method'>[]> {
  if (moves.length === 0) return [];
  const deciders = await decidersOf(
    ctx,
    moves.map(({ userId }) => userId),
  );
  // By who is told, then by what: everything in one message is the same but for the person.
  const news = new Map<string, { userId: number; moves: Move[] }>();
  for (const move of moves) {
    for (const userId of deciders(move.userId)) {
      if (userId === ctx.actor.userId || userId === move.userId) continue;
      const key = `${userId} ${move.action} ${move.to.submittedTo}`;
      const known = news.get(key) ?? { userId, moves: [] };
      known.moves.push(move);
      news.set(key, known);
    }
  }
  return [...news.values()].map(({ userId, moves: same }) => ({ userId, ...submission(ctx, same, by) }));
}

function submission(ctx: Ctx, moves: readonly Move[], by: string): { subject: string; text: string } {
  const [first] = moves;
  const day = first?.to.submittedTo;
  const names = moves.slice(0, mostNames).map(({ name }) => name);
  if (moves.length > mostNames) names.push(`${moves.length - mostNames} others`);
  const whose = new Intl.ListFormat('en').format(names);
  const himself = moves.length === 1 && first?.userId === ctx.actor.userId;
  const what = himself ? 'time' : `the time of ${whose}`;
  const about = moves.length === 1 ? whose : `${moves.length} people`;
  const reasons = new Set(moves.map(({ reason }) => reason).filter((reason) => reason !== ''));
  const [subject, text] =
    first?.action === 'submit'
      ? [`Time of ${about} was submitted`, `${by} submitted ${what} to ${day}.`]
      : [`Time of ${about} is no longer submitted`, `${by} took back ${what} after ${day}.`];
  return { subject, text: [text, ...reasons].join('\n\n') };
}

/** Who decides about the time of each user: the group's managers and all approvers, admins where there is no manager. */
async function decidersOf(ctx: Ctx, userIds: readonly number[]): Promise<(userId: number) => ReadonlySet<number>> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    SELECT NULL, id, 'approve_timesheets' = ANY(permissions) FROM users
    WHERE company_id = ${companyId} AND active AND permissions && ARRAY['admin', 'approve_timesheets']
    UNION ALL
    SELECT u.id, m.id, true FROM users u
    JOIN groups g ON g.company_id = u.company_id AND g.id = u.group_id AND g.active
    JOIN users m ON m.company_id = u.company_id AND m.id = ANY(g.manager_ids) AND m.active AND m.id <> u.id
    WHERE u.company_id = ${companyId} AND u.id = ANY(${userIds}::int[])
    ORDER BY 1, 2`);
  const [approvers, admins] = [new Set<number>(), new Set<number>()];
  const managers = new Map<number, number[]>();
  for (const [userId = null, id, approves] of rows) {
    if (userId !== null) managers.set(Number(userId), [...(managers.get(Number(userId)) ?? []), Number(id)]);
    else (approves === 't' ? approvers : admins).add(Number(id));
  }
  return (userId) => new Set([...(managers.get(userId) ?? admins), ...approvers]);
}
