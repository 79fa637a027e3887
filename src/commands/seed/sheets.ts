import { addDays, localDay, localToEpoch } from '../../lib/time.ts';
import { holidayOn, onVacation, weekdayBefore, weekdayOf } from './calendar.ts';
import { Chance } from './chance.ts';
import { fieldsOn, notesOn } from './details.ts';
import { onCall, type timeOff } from './jobs.ts';
import { type Stint, weekOf } from './patterns.ts';
import type { DemoPerson } from './people.ts';

/** Time by the clock; an end of null for somebody who is working now. */
export interface WorkSheet {
  readonly kind: 'work';
  readonly username: string;
  /** Local day of the start. */
  readonly day: string;
  /** Key of the job or break. */
  readonly job: string;
  readonly start: number;
  readonly end: number | null;
  readonly notes: string;
  /** Values by the name of the custom field. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A day off with pay. */
export interface DayOff {
  readonly kind: 'off';
  readonly username: string;
  readonly day: string;
  readonly job: (typeof timeOff)[number];
  readonly seconds: number;
  readonly notes: string;
}

export type Sheet = WorkSheet | DayOff;

/** A person of the demo with real days. */
export interface Employed extends DemoPerson {
  readonly hireDay: string;
  readonly termDay: string | undefined;
  /** The zone that applies. */
  readonly here: string;
}

/** What a person recorded from a day on, up to a moment; what went on at that moment stands apart. */
export interface PersonalYear {
  readonly sheets: readonly Sheet[];
  readonly running: WorkSheet | undefined;
}

/** Every sheet of one person. A day's sheets depend on the person and the day alone. */
export function sheetsOf(person: Employed, firstDay: string, until: number): PersonalYear {
  const sheets: Sheet[] = [];
  let running: WorkSheet | undefined;
  const [from, today] = [person.hireDay > firstDay ? person.hireDay : firstDay, localDay(person.here, until)];
  const to = person.termDay !== undefined && person.termDay < today ? person.termDay : today;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const sheet of sheetsOn(person, day)) {
      if (sheet.kind === 'off' || (sheet.end !== null && sheet.end <= until)) sheets.push(sheet);
      else if (sheet.start < until) running = sheet;
    }
  }
  return { sheets, running };
}

function sheetsOn(person: Employed, day: string): Sheet[] {
  const { username, pattern } = person;
  const [chance, weekday, week] = [new Chance(`${username} ${day}`), weekdayOf(day), weekOf(pattern)];
  if (!week.days.includes(weekday)) return work(person, day, week.extra?.(chance, weekday) ?? [], chance);
  const seconds = week.hours * 3600;
  const holiday = week.always ? undefined : holidayOn(day);
  if (holiday !== undefined) return [{ kind: 'off', username, day, job: 'Holiday', seconds, notes: holiday }];
  if (onVacation(username, day)) return [{ kind: 'off', username, day, job: 'Vacation', seconds, notes: '' }];
  // Saturdays are never missed by illness: the nights on which clocks change stay in the demo.
  if (weekday !== 6 && chance.happens(0.015)) {
    const notes = chance.happens(0.5) ? chance.pick(['Flu', 'Dentist', 'Migraine']) : '';
    return [{ kind: 'off', username, day, job: 'Sick', seconds, notes }];
  }
  return work(person, day, week.stints(chance, weekday), chance);
}

function work(person: Employed, day: string, stints: readonly Stint[], chance: Chance): WorkSheet[] {
  return stints.map((stint) => {
    const job = jobOf(person, day, stint, chance);
    const [start, end] = [moment(person.here, day, stint.from), moment(person.here, day, stint.to)];
    const details = { notes: notesOn(job, chance), fields: fieldsOn(job, chance) };
    return { kind: 'work', username: person.username, day, job, start, end, ...details };
  });
}

/** Somebody is at one site for a week. */
function jobOf({ username, sites }: Employed, day: string, { place }: Stint, chance: Chance): string {
  if (place === 'on-call') return onCall;
  if (place === 'meal' || place === 'rest') return place;
  if (place === 'desk' || sites.length === 0) return chance.happens(0.04) ? 'training' : 'office';
  if (chance.happens(0.02)) return 'training';
  return new Chance(`site ${username} ${weekdayBefore(day, 0)}`).pick(sites);
}

/** The instant of a local time; minutes beyond a day mean the next one, whatever the clocks do in between. */
function moment(zone: string, day: string, minutes: number): number {
  const [days, rest] = [Math.floor(minutes / 1440), minutes % 1440];
  const time = [Math.floor(rest / 60), rest % 60].map((part) => String(part).padStart(2, '0')).join(':');
  const instant = localToEpoch(zone, `${addDays(day, days)}T${time}`);
  if (instant === undefined) throw new RangeError(`No local time: ${day} ${minutes}`);
  return instant;
}
