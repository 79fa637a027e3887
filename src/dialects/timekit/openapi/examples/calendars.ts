import type { Exchange } from './exchange.ts';
import { bookingsOf, firm, onePage, stamps } from './firm.ts';

const courses = {
  id: firm.courses,
  name: 'Courses',
  description: 'Trainings that take place',
  foregroundcolor: '#ffffff',
  backgroundcolor: '#2f6f4f',
  provider: 'timekit',
  provider_id: null,
  provider_access: 'owner',
  provider_primary: false,
  provider_sync: false,
  ...stamps,
};
const lunch = {
  id: firm.lunch,
  calendar_id: firm.hannah,
  resource_id: firm.hannah,
  start: '2026-06-24T12:00:00-04:00',
  end: '2026-06-24T13:00:00-04:00',
  what: 'Team lunch',
  where: 'Canteen',
  description: '',
  participants: ['ben@hudson.example'],
  rsvp: 'accepted',
  my_rsvp: 'accepted',
  all_day: false,
  allDay: false,
  ...stamps,
};
const course = {
  id: firm.course,
  calendar_id: firm.courses,
  resource_id: firm.hannah,
  start: '2026-06-26T00:00:00-04:00',
  end: '2026-06-27T00:00:00-04:00',
  what: 'Safety course',
  where: '',
  description: '',
  participants: [],
  rsvp: 'accepted',
  my_rsvp: 'accepted',
  all_day: true,
  allDay: true,
  ...stamps,
};

/** Calendars and events. */
export const calendars: readonly Exchange[] = [
  {
    call: 'createCalendar',
    body: {
      name: 'Courses',
      description: 'Trainings that take place',
      backgroundcolor: '#2f6f4f',
      foregroundcolor: '#ffffff',
      resource_id: firm.hannah,
    },
    answer: { data: courses },
  },
  {
    call: 'getCalendar',
    params: { id: firm.courses },
    answer: { data: courses },
  },
  {
    call: 'listCalendars',
    answer: {
      data: [
        { ...courses, id: firm.schedule, name: 'Schedule', description: '', foregroundcolor: '', backgroundcolor: '' },
        bookingsOf(firm.dana),
        bookingsOf(firm.hannah),
        courses,
        bookingsOf(firm.ben),
      ],
      ...onePage(5),
    },
  },
  { call: 'updateCalendar', params: { id: firm.courses }, body: { name: 'Training' } },
  {
    call: 'createEvent',
    title: 'At a time of the day',
    body: {
      calendar_id: firm.hannah,
      start: '2026-06-24T12:00:00-04:00',
      end: '2026-06-24T13:00:00-04:00',
      what: 'Team lunch',
      where: 'Canteen',
      participants: ['ben@hudson.example'],
    },
    answer: { data: lunch },
  },
  {
    call: 'createEvent',
    name: 'allDay',
    title: 'All day',
    body: {
      calendar_id: firm.courses,
      resource_id: firm.hannah,
      start: '2026-06-26',
      end: '2026-06-26',
      what: 'Safety course',
      all_day: true,
    },
    answer: { data: course },
  },
  {
    call: 'getEvent',
    params: { id: firm.lunch },
    answer: { data: lunch },
  },
  {
    call: 'listEvents',
    query: { start: '2026-06-22T00:00:00-04:00', end: '2026-06-29T00:00:00-04:00', resource_id: firm.hannah },
    answer: {
      data: [lunch, course],
      ...onePage(2),
    },
  },
  {
    call: 'updateEvent',
    params: { id: firm.lunch },
    body: { where: 'Roof terrace', end: '2026-06-24T13:30:00-04:00' },
  },
];
