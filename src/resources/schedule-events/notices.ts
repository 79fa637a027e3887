import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Values, Written } from '../../engine/definition.ts';
import type { Message, MessageMethod } from '../../store/messages.ts';
import { sendMessages } from '../../store/messages.ts';
import type { EventFacts, Part } from './facts.ts';
import { whenText } from './when.ts';

/** What became of an event for one of its users. */
type News = 'new' | 'changed' | 'removed';

/** Columns that are worth a message when they change. */
const worthTelling = ['start_at', 'end_at', 'all_day', 'jobcode_id', 'title', 'location', 'notes'];

const subjects: Readonly<Record<News, string>> = {
  new: 'You are scheduled',
  changed: 'Your schedule changed',
  removed: 'Taken off your schedule',
};

const methods: readonly (readonly [MessageMethod, setting: string])[] = [
  ['email', 'event_notify_email'],
  ['push', 'event_notify_push'],
];

/** What a user knows of: the published rows that are not archived. */
function published(row: Values | undefined): row is Values {
  return row !== undefined && row.active === true && row.draft === false && typeof row.assignee_id === 'number';
}

/** Whether a candidate may bring news to anyone. */
export function noticesDue({ before, values, also }: Candidate): boolean {
  return [before, values, ...also.updates.values()].some(published);
}

/**
 * Tells the users of events that were published, changed or removed, each once however many rows of an event a request
 * changes; not of drafts, of the past, or of what one did oneself.
 */
export async function sendNotices(ctx: Ctx, _written: readonly Written[], facts: EventFacts): Promise<Touched> {
  const messages = [...facts.families].flatMap((family) => messagesFor(family, facts, ctx));
  if (messages.length > 0 && ctx.quiet !== true) await sendMessages(ctx.db, ctx.actor.companyId, messages, ctx.now);
  return new Map();
}

function messagesFor(family: readonly Part[], facts: EventFacts, ctx: Ctx): Message[] {
  const [old, next] = [rowsByUser(family.map(({ stored }) => stored)), rowsByUser(family.map(({ values }) => values))];
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((userId) => {
    const [before, after] = [old.get(userId), next.get(userId)];
    const news = newsOf(before, after);
    const over = [before, after].every((row) => row === undefined || Number(row.end_at) <= ctx.now);
    if (news === undefined || over || isDoer(ctx, userId) || facts.archivedUsers.has(userId)) return [];
    const settings = facts.settings.get(userId);
    const row = after ?? before ?? {};
    const text = [
      whenText(row, Number(settings?.get('general', 'time_format')) === 24),
      row.title,
      row.location,
      row.notes,
    ];
    return methods
      .filter(([, setting]) => String(settings?.get('schedule', setting)) === '1')
      .map(([method]) => ({
        userId,
        method,
        subject: subjects[news],
        text: text.filter((line) => line !== '').join('\n'),
      }));
  });
}

/** Whether it is this user who does what he would be told of. */
function isDoer({ actor, byApplication }: Ctx, userId: number): boolean {
  return userId === actor.userId && byApplication !== true;
}

function rowsByUser(rows: readonly (Values | undefined)[]): Map<number, Values> {
  return new Map(rows.filter(published).map((row) => [Number(row.assignee_id), row]));
}

function newsOf(before: Values | undefined, after: Values | undefined): News | undefined {
  if (before === undefined) return after === undefined ? undefined : 'new';
  if (after === undefined) return 'removed';
  return worthTelling.some((column) => before[column] !== after[column]) ? 'changed' : undefined;
}
