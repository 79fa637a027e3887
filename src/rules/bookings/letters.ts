import { isoLocal, offsetMinutes } from '../../lib/time.ts';
import type { News } from './news.ts';

/** What a mail says of a booking. Moments in epoch seconds. */
export interface Said {
  readonly what: string;
  readonly location: string;
  readonly start: number;
  readonly end: number;
  /** The zone that the reader thinks in. */
  readonly zone: string;
  /** By a clock of 24 hours. */
  readonly clockOf24: boolean;
  /** Who the reader will meet. */
  readonly others: string;
  readonly company: string;
  /** Whom to ask; '' for nobody. */
  readonly contact: string;
}

const longestTitle = 100;
const longestLine = 255;

const sentences: Readonly<Record<News, string>> = {
  confirmed: 'Your booking is confirmed.',
  changed: 'Your booking was changed. This is how it stands now:',
  cancelled: 'Your booking was cancelled.',
  declined: 'Your booking was declined.',
};

const subjects: Readonly<Record<News, string>> = {
  confirmed: 'Confirmed',
  changed: 'Changed',
  cancelled: 'Cancelled',
  declined: 'Declined',
};

/**
 * A text as one line of at most so many characters, without the marks that let text run the other way. What strangers wrote
 * stays a few words in the mail of somebody else.
 */
export function oneLine(text: string, longest = longestLine): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}\u2026` : line;
}

/** What a booking is called in mails. */
export function titleOf({ what }: Pick<Said, 'what'>): string {
  return oneLine(what, longestTitle) || 'Booking';
}

/** The mail that tells a customer what became of his booking. */
export function newsLetter(news: News, said: Said): { readonly subject: string; readonly text: string } {
  return { subject: `${subjects[news]}: ${titleOf(said)}`, text: textOf(sentences[news], said) };
}

/** The mail that reminds of a booking. */
export function reminderLetter(
  { subject, before }: { readonly subject: string; readonly before: boolean },
  said: Said,
): { readonly subject: string; readonly text: string } {
  const sentence = before ? 'This is a reminder of your booking.' : 'This is about your booking.';
  return {
    subject: oneLine(subject) || `${before ? 'Reminder' : 'Your booking'}: ${titleOf(said)}`,
    text: textOf(sentence, said),
  };
}

function textOf(sentence: string, said: Said): string {
  const lines: [name: string, value: string][] = [
    ['What', titleOf(said)],
    ['When', whenText(said)],
    ['Where', oneLine(said.location)],
    ['With', oneLine(said.others)],
    ['Contact', oneLine(said.contact)],
  ];
  const told = lines.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  return `${[sentence, '', ...told, '', oneLine(said.company)].join('\n').trimEnd()}\n`;
}

/** 'Tuesday, December 1, 2026, 10:00 to 11:00 (Europe/Oslo, UTC+01:00)'. */
export function whenText({ start, end, zone, clockOf24 }: Pick<Said, 'start' | 'end' | 'zone' | 'clockOf24'>): string {
  const hours = { hourCycle: clockOf24 ? 'h23' : 'h12', hour: clockOf24 ? '2-digit' : 'numeric' } as const;
  const day = new Intl.DateTimeFormat('en-US', { timeZone: zone, dateStyle: 'full' });
  const time = new Intl.DateTimeFormat('en-US', { timeZone: zone, minute: '2-digit', ...hours });
  const [first, last] = [day.format(start * 1_000), day.format(end * 1_000)];
  const until = `${first === last ? '' : `${last}, `}${time.format(end * 1_000)}`;
  return `${first}, ${time.format(start * 1_000)} to ${until} (${zoneText(zone, start, end)})`.replaceAll(
    '\u202f',
    ' ',
  );
}

function zoneText(zone: string, start: number, end: number): string {
  const offsets = [start, end].map((moment) => `UTC${isoLocal(moment, offsetMinutes(zone, moment)).slice(-6)}`);
  return zone === 'UTC' ? zone : [zone, [...new Set(offsets)].join(' to ')].join(', ');
}
