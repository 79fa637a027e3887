/** What people are reminded of. Reference: 27-reminders.md. */
export const reminderTypes = ['clock-in', 'clock-out'] as const;
export type ReminderType = (typeof reminderTypes)[number];

/** The days of the week in the order in which they are kept and compared. */
export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** How a reminder reaches a person. */
export const distributionMethods = ['Push', 'SMS', 'Email'] as const;

/**
 * A comma separated list of some of these names as it is kept: each once, in the order of `allowed`, in its own letters
 * ('fri, MON' is 'Mon,Fri'). Undefined when it names none of them or anything else.
 */
export function keptNames(text: string, allowed: readonly string[]): string | undefined {
  const given = new Set<string>();
  for (const part of text.split(',')) {
    const word = part.trim().toLowerCase();
    if (word === '') continue;
    const name = allowed.find((one) => one.toLowerCase() === word);
    if (name === undefined) return undefined;
    given.add(name);
  }
  return given.size === 0 ? undefined : allowed.filter((name) => given.has(name)).join(',');
}

/** The switches of a reminder. */
export interface Switches {
  /** False: it is as if there were no such reminder. */
  readonly active: boolean;
  /** False: it says that nothing is sent. */
  readonly enabled: boolean;
}

/**
 * The reminder that is sent to a person, of his own and the company's of one type: his own decides when it is active, even
 * if it only says that nothing is sent; otherwise the company's does.
 */
export function decidingReminder<T extends Switches>(own: T | undefined, companyWide: T | undefined): T | undefined {
  const decides = own?.active === true ? own : companyWide?.active === true ? companyWide : undefined;
  return decides?.enabled === true ? decides : undefined;
}
