import { limits } from '../../../reports/availability/find.ts';
import type { About } from '../openapi/about.ts';
import { listOf, ref } from '../openapi/words.ts';

const tag = 'Availability';
const most = `An answer holds at most ${limits.slots.toLocaleString('en')} slots; what would be longer is refused.`;
const search = { tag, body: ref('Search'), readsTimes: true, names: true } as const;
const old = 'The search of Timekit’s first version; use `POST /availability`.';

export const availability: About = {
  ...search,
  name: 'findAvailability',
  summary: 'Find free times',
  text: `Times that can be booked: within working hours, and taken by no event, booking, reservation or approved time off. ${most}`,
  data: listOf(ref('Slot')),
};

export const availableDates: About = {
  ...search,
  name: 'findAvailableDates',
  summary: 'Find days with free times',
  text: 'Days on which anything can be booked, each with everyone who is free on it.',
  data: listOf(ref('AvailableDate')),
};

export const availabilityCounts: About = {
  ...search,
  name: 'countAvailability',
  summary: 'Count free times by day',
  text: 'Days on which anything can be booked, each with the number of its slots.',
  data: listOf(ref('AvailableCount')),
};

export const unavailable: About = {
  ...search,
  name: 'findUnavailableSlots',
  summary: 'Find times that are taken',
  text: `Stretches in which people can not be booked. ${most}`,
  data: listOf(ref('Slot')),
};

export const findTime: About = {
  name: 'findTime',
  tag,
  summary: 'Find times common to all',
  text: old,
  body: ref('FindTimeInput'),
  data: listOf(ref('Time')),
  readsTimes: true,
};

export const findTimeTeam: About = {
  name: 'findTimeTeam',
  tag,
  summary: 'Find times of anybody',
  text: old,
  body: ref('FindTimeTeamInput'),
  data: listOf(ref('TeamTime')),
  readsTimes: true,
};

export const findTimeBulk: About = {
  name: 'findTimeBulk',
  tag,
  summary: 'Find times by several searches',
  text: `The answers of the searches, in their order. ${old}`,
  body: ref('FindTimeQueries'),
  data: listOf(listOf(ref('Time'))),
  readsTimes: true,
};
