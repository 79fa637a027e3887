import type { About } from '../openapi/about.ts';
import { listOf, ref } from '../openapi/words.ts';

const tag = 'Calendars';

export const listCalendars: About = {
  name: 'listCalendars',
  tag,
  summary: 'List calendars',
  text: 'Those of the company, then those of each resource that the key reaches.',
  data: listOf(ref('Calendar')),
  paged: true,
};

export const createCalendar: About = {
  name: 'createCalendar',
  tag,
  summary: 'Create a calendar',
  body: ref('CalendarInput'),
  data: ref('Calendar'),
  creates: true,
};

export const getCalendar: About = { name: 'getCalendar', tag, summary: 'Get a calendar', data: ref('Calendar') };

export const updateCalendar: About = {
  name: 'updateCalendar',
  tag,
  summary: 'Update a calendar',
  text: 'The calendar that bookings go to is one for the whole company, until it is changed for one resource, who has one of his own then.',
  body: ref('CalendarChange'),
};

export const deleteCalendar: About = {
  name: 'deleteCalendar',
  tag,
  summary: 'Delete a calendar',
  text: 'Only one without events, and never the one that bookings go to.',
};
