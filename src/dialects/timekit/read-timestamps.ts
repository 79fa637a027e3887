import { localToEpoch, twoDigits } from '../../lib/time.ts';
import { days, longestFormat, months } from './timestamps.ts';

const names = (all: readonly string[]): string =>
  `(?:${all.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`;
const [weekday, month] = [names(days), names(months)];
const offset = '(?:Z|[-+]\\d\\d:?\\d\\d)';

/** What a letter takes, and the name of the part that it gives; none for what is only skipped. */
const readers: Readonly<Record<string, readonly [pattern: string, part?: string]>> = {
  d: ['\\d{1,2}', 'day'],
  j: ['\\d{1,2}', 'day'],
  D: [weekday],
  l: [weekday],
  S: ['(?:st|nd|rd|th)'],
  m: ['\\d{1,2}', 'month'],
  n: ['\\d{1,2}', 'month'],
  M: [month, 'monthName'],
  F: [month, 'monthName'],
  Y: ['\\d{4}', 'year'],
  y: ['\\d{2}', 'shortYear'],
  a: ['[ap]m', 'half'],
  A: ['[ap]m', 'half'],
  g: ['\\d{1,2}', 'hour'],
  h: ['\\d{1,2}', 'hour'],
  G: ['\\d{1,2}', 'hour'],
  H: ['\\d{1,2}', 'hour'],
  i: ['\\d{2}', 'minute'],
  s: ['\\d{2}', 'second'],
  u: ['\\d{1,6}'],
  v: ['\\d{3}'],
  O: [offset, 'offset'],
  P: [offset, 'offset'],
  p: [offset, 'offset'],
  U: ['\\d{1,10}', 'epoch'],
};

/**
 * What a format of dates takes, as a pattern with named groups; undefined for letters that can not be read back, or that come
 * twice, which could make the pattern slow.
 */
function patternOf(format: string): RegExp | undefined {
  if (format.length > longestFormat) return undefined;
  const expanded = format.replace(/(?<!\\)c/g, 'Y-m-d\\TH:i:sP');
  const seen = new Set<string>();
  let pattern = '';
  for (const [, escaped, letter] of expanded.matchAll(/\\(.?)|(.)/gs)) {
    const literal = escaped ?? letter ?? '';
    const [taken, part] = escaped === undefined && Object.hasOwn(readers, literal) ? (readers[literal] ?? []) : [];
    if (taken === undefined) {
      if (escaped === undefined && /[A-Za-z]/.test(literal)) return undefined;
      pattern += literal.replace(/[^\w\s]/g, '\\$&').replace(/\s/, '\\s');
      continue;
    }
    const name = part ?? literal;
    if (seen.has(name)) return undefined;
    seen.add(name);
    pattern += part === undefined ? taken : `(?<${part}>${taken})`;
  }
  return new RegExp(`^${pattern}$`, 'i');
}

/** The moment of a text in such a format, read in a zone where the text has no offset; undefined when it is not of the format. */
export function readFormatted(text: string, zone: string, format: string): number | undefined {
  const parts = patternOf(format)?.exec(text.trim())?.groups;
  if (parts === undefined) return undefined;
  if (parts.epoch !== undefined) return Number(parts.epoch);
  const year = parts.year ?? (parts.shortYear === undefined ? '1970' : `20${parts.shortYear}`);
  const named = parts.monthName?.slice(0, 3).toLowerCase();
  const number =
    named === undefined
      ? Number(parts.month ?? 1)
      : 1 + months.findIndex((name) => name.slice(0, 3).toLowerCase() === named);
  const given = Number(parts.hour ?? 0);
  const hour = parts.half === undefined ? given : (given % 12) + (parts.half.toLowerCase() === 'pm' ? 12 : 0);
  if (number > 99 || hour > 23 || Number(year) < 1970) return undefined;
  const date = `${year}-${twoDigits(number)}-${twoDigits(Number(parts.day ?? 1))}`;
  const local = `${date}T${twoDigits(hour)}:${parts.minute ?? '00'}:${parts.second ?? '00'}`;
  if (parts.offset === undefined) return localToEpoch(zone, local);
  const utc = localToEpoch('UTC', local);
  return utc === undefined ? undefined : utc - offsetSeconds(parts.offset);
}

function offsetSeconds(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [text.slice(1, 3), text.slice(-2)];
  return (text.startsWith('-') ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60);
}
