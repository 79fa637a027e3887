import { addDays, dayBounds, localDay } from '../../lib/time.ts';
import { lastPayPeriodEnd, weekdayBefore } from './calendar.ts';
import { Chance } from './chance.ts';
import { onCall } from './jobs.ts';
import { type DemoPerson, people } from './people.ts';
import { type Employed, type PersonalYear, type Sheet, sheetsOf, type WorkSheet } from './sheets.ts';

/** Zone of the demo company; its clocks change twice a year. */
export const companyZone = 'America/New_York';

/** How many people work at the moment the demo is made. */
const onTheClock = 2;

/** Asked in this order to go out when too few are at work; the job is one that they may use. */
const callable: readonly (readonly [username: string, job: string])[] = [
  ['luis', onCall],
  ['hannah', onCall],
  ['tom', onCall],
  ['kofi', onCall],
  ['ben', 'office'],
  ['maria', 'office'],
];

/** A person with the last days that are submitted and approved. */
export interface PlannedPerson extends Employed {
  readonly submittedTo: string;
  readonly approvedTo: string;
}

/** The year of the demo company that ends at a moment. */
export interface DemoYear {
  readonly people: readonly PlannedPerson[];
  /** In the order of days; those that are on the clock last. */
  readonly sheets: readonly Sheet[];
}

/** Plans the year up to a moment (epoch seconds); the same moment gives the same year. Nothing lies after it. */
export function planYear(until: number): DemoYear {
  const today = localDay(companyZone, until);
  const planned = people.map((person) => employ(person, today));
  const years = new Map<string, PersonalYear>();
  for (const person of planned) years.set(person.username, sheetsOf(person, addDays(today, -365), until));
  const closed = [...years.values()].flatMap(({ sheets }) => sheets);
  closed.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return { people: planned, sheets: [...closed, ...atWork(planned, years, until, today)] };
}

function employ(person: DemoPerson, today: string): PlannedPerson {
  const { hired, left, zone = companyZone, behind = { submitted: 0, approved: 0 } } = person;
  const lastPeriod = lastPayPeriodEnd(addDays(today, -14));
  return {
    ...person,
    here: zone,
    hireDay: typeof hired === 'string' ? hired : weekdayBefore(addDays(today, -hired.daysAgo), 1),
    termDay: left && weekdayBefore(addDays(today, -left.daysAgo), 5),
    submittedTo: addDays(lastPeriod, -14 * behind.submitted),
    approvedTo: addDays(lastPeriod, -14 * behind.approved),
  };
}

/** Who is on the clock: people in the middle of their work, or else some who were called. Never the administrator. */
function atWork(
  planned: readonly Employed[],
  years: ReadonlyMap<string, PersonalYear>,
  until: number,
  today: string,
): WorkSheet[] {
  const working = planned.flatMap(({ username, admin }) => {
    const running = admin ? undefined : years.get(username)?.running;
    return running === undefined || running.job === 'meal' || running.job === 'rest' ? [] : [running];
  });
  // Those who are more often on the move come first.
  working.sort((a, b) => rank(a.username) - rank(b.username));
  const called = callable.flatMap(([username, job]) => {
    const year = years.get(username);
    return year === undefined || year.running ? [] : call(username, job, year.sheets, until, today);
  });
  return [...working, ...called].slice(0, onTheClock).map((sheet) => ({ ...sheet, end: null }));
}

function rank(username: string): number {
  const at = callable.findIndex(([name]) => name === username);
  return at < 0 ? callable.length : at;
}

/** The sheet of somebody who was called within the last hour, today if today is old enough; nobody who just stopped or is away. */
function call(username: string, job: string, sheets: readonly Sheet[], until: number, today: string): WorkSheet[] {
  const chance = new Chance(`called ${username} ${today}`);
  let latest = 0;
  for (const sheet of sheets) {
    if (sheet.kind === 'work') latest = Math.max(latest, sheet.end ?? until);
    else if (sheet.day === today && sheet.job !== 'Holiday') return [];
  }
  if (latest > until - 60) return [];
  const [midnight] = dayBounds(companyZone, today);
  const minutesAgo = Math.floor(until / 60) * 60 - chance.between(12, 55) * 60;
  const wanted = until - midnight >= 120 ? Math.max(minutesAgo, midnight) : minutesAgo;
  const start = Math.max(wanted, latest);
  const notes = job === onCall ? chance.pick(['Called in: no hot water', 'Called in: alarm panel']) : '';
  return [{ kind: 'work', username, day: localDay(companyZone, start), job, start, end: null, notes, fields: {} }];
}
