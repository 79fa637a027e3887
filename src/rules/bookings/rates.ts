import { addDays, dayBounds, epochDays, localDay, twoDigits } from '../../lib/time.ts';
import type { Range } from '../ranges.ts';

/** The lengths of the periods for which bookings are limited. Reference: (c) App. */
export const periods = ['day', 'week', 'month', 'year'] as const;
export type Period = (typeof periods)[number];

/** How many bookings there may be in a period of each length; any number where none is named. */
export type Rates = Readonly<Partial<Record<Period, number>>>;

/** The calendar by which periods are counted. */
export interface Calendar {
  /** An IANA zone. */
  readonly zone: string;
  /** The day on which weeks begin, 0 for Sunday. */
  readonly weekStart: number;
}

/** A period in epoch seconds, and how many bookings may begin in it. */
export interface Limit extends Range {
  readonly period: Period;
  readonly most: number;
}

/** The rates in the settings of an application, which were checked when they were stored. */
export function ratesIn(value: unknown): Rates {
  if (typeof value !== 'object' || value === null) return {};
  const given = value as Readonly<Record<string, unknown>>;
  const counts = periods.map((period) => [period, Number(given[period] ?? 0)] as const);
  return Object.fromEntries(counts.filter(([, most]) => Number.isSafeInteger(most) && most > 0));
}

/** The year 9998: calendars end soon after it, and nothing is limited there. */
const farthest = 253_339_228_800;

/** The limited periods that these times touch, the shortest first: a booking belongs to the one in which it begins. */
export function limitsIn(rates: Rates, { start, end }: Range, calendar: Calendar): Limit[] {
  const limits: Limit[] = [];
  if (end > farthest) return limits;
  for (const period of periods) {
    const most = rates[period];
    if (most === undefined) continue;
    const last = localDay(calendar.zone, Math.max(start, end - 1));
    let first = firstDay(period, localDay(calendar.zone, start), calendar.weekStart);
    while (first <= last) {
      const next = firstDayAfter(period, first);
      const range = { start: dayBounds(calendar.zone, first)[0], end: dayBounds(calendar.zone, next)[0] };
      limits.push({ period, most, ...range });
      first = next;
    }
  }
  return limits;
}

/** 1970-01-01 was a Thursday. */
const weekdayOfDayZero = 4;

function firstDay(period: Period, day: string, weekStart: number): string {
  if (period === 'year') return `${day.slice(0, 4)}-01-01`;
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  if (period === 'day') return day;
  return addDays(day, -((epochDays(day) + weekdayOfDayZero - weekStart + 7) % 7));
}

function firstDayAfter(period: Period, first: string): string {
  if (period === 'day' || period === 'week') return addDays(first, period === 'day' ? 1 : 7);
  const [year = 0, month = 0] = first.split('-').map(Number);
  const months = year * 12 + month - 1 + (period === 'year' ? 12 : 1);
  return `${Math.floor(months / 12)}-${twoDigits((months % 12) + 1)}-01`;
}

/** Those of the limits that are reached by bookings that begin at these moments, in any order. */
export function fullAmong(limits: readonly Limit[], starts: readonly number[]): Limit[] {
  return limits.filter(({ start, end, most }) => {
    let begun = 0;
    for (const moment of starts) if (moment >= start && moment < end) begun += 1;
    return begun >= most;
  });
}

/** Why nothing more can be booked in a period that is full, of whom it is. */
export function whyFull(whose: 'resource' | 'customer', { period, most }: Pick<Limit, 'period' | 'most'>): string {
  const bookings = most === 1 ? '1 booking' : `${most} bookings`;
  return `The ${whose} already has ${bookings} that ${period}, and may not have more.`;
}
