import { type Graph, isSeat, type State } from './graphs.ts';
import { isAgreed } from './news.ts';

/** Whom a reminder goes to: the booked person, or the customer. */
export type Recipient = 'owner' | 'customer';

/** A mail that is sent so long before or after a booking begins. */
export interface Reminder {
  /** Its place in the list, by which it is known. */
  readonly position: number;
  readonly recipient: Recipient;
  /** '' where none was given. */
  readonly subject: string;
  /** Seconds from the beginning; negative before it. */
  readonly offset: number;
}

/** Seconds of each unit. Reference: (c) Projects, reminders. */
export const reminderUnits = { secs: 1, mins: 60, hours: 3_600, days: 86_400 } as const;
export const mostReminders = 10;
/** A year, in seconds. */
export const longestOffset = 366 * 86_400;

/** The mails among a list of reminders as clients give it, which was checked when it was stored. */
export function remindersOf(list: readonly unknown[]): Reminder[] {
  return list.flatMap((item, position) => {
    const { type, settings, when } = (item ?? {}) as {
      type?: unknown;
      settings?: { recipient?: unknown; subject?: unknown };
      when?: { type?: unknown; unit?: unknown; time?: unknown };
    };
    const recipient = settings?.recipient;
    const unit = reminderUnits[when?.unit as keyof typeof reminderUnits];
    const offset = unit * Number(when?.time) * (when?.type === 'before' ? -1 : 1);
    if (type !== 'email' || (recipient !== 'owner' && recipient !== 'customer')) return [];
    if (!Number.isSafeInteger(offset) || Math.abs(offset) > longestOffset) return [];
    return [{ position, recipient, subject: String(settings?.subject ?? ''), offset }];
  });
}

/** Whether a reminder still makes sense: the booking stands, or took place where one comes after its beginning. */
export function isDue({ graph, state }: { graph: Graph; state: State }, { recipient, offset }: Reminder): boolean {
  // Who is booked is reminded of a group once, whoever comes; the customers are those of its seats.
  if (recipient === 'owner' && isSeat(graph)) return false;
  if (recipient === 'customer' && graph === 'group_owner') return false;
  const stands = isAgreed(state) || (graph === 'group_owner' && state === 'tentative');
  return stands || (offset >= 0 && state === 'completed');
}
