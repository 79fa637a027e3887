import type { Chance } from './chance.ts';

/** How somebody's week looks. */
export type Pattern = keyof typeof patterns;

/** What a stretch of time goes to: the desk, the day's site, or something with a job of its own. */
export type Place = 'desk' | 'site' | 'on-call' | 'meal' | 'rest';

/** Minutes after midnight of the day in local time, beyond 24 hours for the next morning. */
export interface Stint {
  readonly from: number;
  readonly to: number;
  readonly place: Place;
}

interface Week {
  /** Days of the week, 0 for Sunday, with paid hours each: what a day off counts. */
  readonly days: readonly number[];
  readonly hours: number;
  /** Works on holidays too. */
  readonly always?: true;
  readonly stints: (chance: Chance, weekday: number) => Stint[];
  /** Work beyond the week's days. */
  readonly extra?: (chance: Chance, weekday: number) => Stint[];
}

const weekdays = [1, 2, 3, 4, 5];

/** A moment near a time of day, as people come and go. */
function near(chance: Chance, hour: number, minute = 0): number {
  return hour * 60 + minute + chance.between(-6, 6);
}

const nights = {
  days: [3, 4, 5, 6],
  hours: 8,
  always: true,
} as const;

/** Every pattern by name. */
export const patterns = {
  'some-days': {
    days: [1, 3, 5],
    hours: 6,
    stints: (chance) => [{ from: near(chance, 9), to: near(chance, 15), place: 'desk' }],
  },
  salaried: {
    days: weekdays,
    hours: 8,
    stints: (chance, weekday) => [{ from: near(chance, 8), to: near(chance, weekday === 5 ? 15 : 17), place: 'desk' }],
  },
  remote: {
    days: weekdays,
    hours: 8,
    stints: (chance) => [{ from: near(chance, 9, 30), to: near(chance, 17, 30), place: 'desk' }],
  },
  mornings: {
    days: [1, 2, 4],
    hours: 4,
    stints: (chance) => [{ from: near(chance, 9), to: near(chance, 13), place: 'desk' }],
  },
  foreman: {
    days: weekdays,
    hours: 8,
    stints: (chance, weekday) =>
      weekday === 1
        ? withLunch(chance, 7, 12, 16, 'desk', 'site')
        : [{ from: near(chance, 7), to: near(chance, 15, 30), place: 'site' }],
  },
  'four-tens': {
    days: [1, 2, 3, 4],
    hours: 10,
    stints: (chance) => withLunch(chance, 6, 11, 17, 'site', 'site'),
  },
  technician: {
    days: weekdays,
    hours: 8,
    stints: (chance) => withLunch(chance, 7, 12, chance.happens(0.15) ? 19 : 16, 'site', 'site'),
    extra: (chance, weekday) =>
      weekday === 6 && chance.happens(0.3)
        ? [{ from: near(chance, 9), to: near(chance, 12, 30), place: 'on-call' }]
        : [],
  },
  apprentice: {
    days: [2, 3, 4, 5, 6],
    hours: 8,
    stints: (chance) => withRest(chance, withLunch(chance, 8, 12, 17, 'site', 'site')),
  },
  nights: {
    ...nights,
    stints: (chance) => [{ from: near(chance, 22), to: near(chance, 30), place: 'site' }],
  },
  'nights-with-meal': {
    ...nights,
    stints: (chance) => {
      const [meal, work] = [near(chance, 24, 30), near(chance, 25)];
      return [
        { from: near(chance, 22), to: meal, place: 'site' },
        { from: meal, to: work, place: 'meal' },
        { from: work, to: near(chance, 30), place: 'site' },
      ];
    },
  },
} as const satisfies Record<string, Week>;

/** A day in two halves, with 45 minutes between them or somewhat less. */
function withLunch(chance: Chance, from: number, lunch: number, to: number, first: Place, second: Place): Stint[] {
  return [
    { from: near(chance, from), to: near(chance, lunch), place: first },
    { from: near(chance, lunch, 35), to: near(chance, to), place: second },
  ];
}

/** Now and then a rest of a quarter of an hour in the afternoon, which is on the clock too. */
function withRest(chance: Chance, stints: Stint[]): Stint[] {
  const [morning, afternoon] = stints;
  if (morning === undefined || afternoon === undefined || !chance.happens(0.25)) return stints;
  const rest = near(chance, 15);
  return [
    morning,
    { ...afternoon, to: rest },
    { from: rest, to: rest + 15, place: 'rest' },
    { ...afternoon, from: rest + 15 },
  ];
}

/** The pattern of a name, as data. */
export function weekOf(pattern: Pattern): Week {
  return patterns[pattern];
}
