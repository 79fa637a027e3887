import { DAY_SECONDS, dayOfEpochDays, localToEpoch, offsetMinutes } from '../../lib/time.ts';
import { type RuleSet, type Weekday, weekdays } from './rule-set.ts';

/** 1970-01-01 was a Thursday. */
const WEEKDAY_OF_DAY_ZERO = 4;

/** The day of the week of a day, in days since 1970-01-01. */
export function weekdayOf(day: number): Weekday {
  return weekdays.at((day + WEEKDAY_OF_DAY_ZERO) % 7) ?? 'sunday';
}

/** The first day of the workweek that a workday belongs to, both in days since 1970-01-01. */
export function weekStartOf(day: number, weekStart: RuleSet['week_start']): number {
  const past = (day + WEEKDAY_OF_DAY_ZERO - weekdays.indexOf(weekStart)) % 7;
  return day - (past < 0 ? past + 7 : past);
}

type Starts = Map<number, number>;
const startsOf = new Map<string, Map<string, Starts>>();
const MOST_DAYS = 4096;
const MOST_ZONES = 1000;

function known(zone: string, workdayStart: string): Starts {
  if (startsOf.size >= MOST_ZONES && !startsOf.has(zone)) startsOf.clear();
  const ofZone = startsOf.getOrInsertComputed(zone, () => new Map<string, Starts>());
  if (ofZone.size >= MOST_ZONES && !ofZone.has(workdayStart)) ofZone.clear();
  const starts = ofZone.getOrInsertComputed(workdayStart, () => new Map<number, number>());
  if (starts.size >= MOST_DAYS) starts.clear();
  return starts;
}

/**
 * When a workday begins in a zone, in epoch seconds: at the local time `workdayStart` ('HH:MM'), the first of two, or as much
 * later as the clocks skipped. Workdays of 23 and 25 hours follow from it. Throws a RangeError on a bad zone.
 */
export function workdayStartsAt(zone: string, workdayStart: string, day: number): number {
  return known(zone, workdayStart).getOrInsertComputed(day, () => {
    const instant = localToEpoch(zone, `${dayOfEpochDays(day)}T${workdayStart}`);
    if (instant === undefined) throw new RangeError(`no workday starts at ${workdayStart} on day ${day}`);
    return instant;
  });
}

/** The workday that an instant belongs to in a zone, in days since 1970-01-01. */
export function workdayOf(zone: string, workdayStart: string, instant: number): number {
  // The local date is at most one day off, except where a zone left out a day: then the next step is empty.
  let day = Math.floor((instant + offsetMinutes(zone, instant) * 60) / DAY_SECONDS);
  while (instant < workdayStartsAt(zone, workdayStart, day)) day -= 1;
  while (instant >= workdayStartsAt(zone, workdayStart, day + 1)) day += 1;
  return day;
}

/** Days by which the date of a timesheet and its workday, or the start of a stretch of work, lie apart at most. */
const REACH = 8;

/** Workdays may begin late on the date before, in a zone that is a day and more behind the timesheet's. */
const LATER_DATES = 3;

/**
 * Which dates of timesheets have to be known to classify the workdays from `from` to `to` (days since 1970-01-01) by these
 * rules: the whole workweek of `from`, and some days around it where timesheets reach into other workdays or where the
 * next timesheet decides how far one is rounded.
 */
export function datesNeeded(range: { from: number; to: number }, rules: RuleSet): { from: number; to: number } {
  const from = weekStartOf(range.from, rules.week_start);
  const ownDates = rules.time_zone === null && rules.workday_start === '00:00';
  const alone =
    ownDates && rules.overnight === 'start_date' && rules.consecutive.length === 0 && rules.rounding === null;
  const later = (ownDates ? 0 : LATER_DATES) + (rules.rounding === null ? 0 : REACH);
  return { from: alone ? from : from - REACH, to: range.to + later };
}
