import type { Parameter } from '../../../http/openapi/types.ts';
import type { About } from '../openapi/about.ts';
import { timeAsked } from '../openapi/parameters.ts';
import { id, listOf, ref } from '../openapi/words.ts';

const tag = 'Events';

const named = (name: string, description: string): Parameter => {
  const { description: said = '', ...schema } = id(description);
  return { name, in: 'query', description: said, schema };
};

const query: readonly Parameter[] = [
  timeAsked('start', 'Events that end after this moment.'),
  timeAsked('end', 'Events that begin before this moment.'),
  named('calendar_id', 'Events of one calendar. Also as `calendarId`.'),
  named('resource_id', 'Events of one resource. Also as `resourceId`.'),
];

export const listEvents: About = {
  name: 'listEvents',
  tag,
  summary: 'List events',
  text: 'Published events that touch the time that is asked for, by their beginning. Without `start` or `end` it is open at that side.',
  query,
  data: listOf(ref('Event')),
  paged: true,
  readsTimes: true,
  names: true,
};

export const createEvent: About = {
  name: 'createEvent',
  tag,
  summary: 'Create an event',
  text: 'It stands in the schedule, published, and takes the time of its resource. It is no booking.',
  body: ref('EventInput'),
  data: ref('Event'),
  creates: true,
  readsTimes: true,
};

export const getEvent: About = { name: 'getEvent', tag, summary: 'Get an event', data: ref('Event') };

export const updateEvent: About = {
  name: 'updateEvent',
  tag,
  summary: 'Update an event',
  text: 'The event of a booking takes the booking with it.',
  body: ref('EventChange'),
  readsTimes: true,
};

export const deleteEvent: About = {
  name: 'deleteEvent',
  tag,
  summary: 'Delete an event',
  text: 'Takes it out of the schedule. The booking of an event is cancelled with it.',
};
