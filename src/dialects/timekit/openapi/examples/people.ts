import type { Exchange } from './exchange.ts';
import { bookingsOf, firm, onePage, stamps } from './firm.ts';

const hannah = {
  id: firm.hannah,
  name: 'Hannah Lindqvist',
  first_name: 'Hannah',
  last_name: 'Lindqvist',
  email: 'hannah@hudson.example',
  timezone: 'America/New_York',
  image: null,
  meta: { team: 'Field service' },
  ...stamps,
};
const pictured = { ...hannah, image: 'https://hudson.example/hannah.jpg' };

/** People and their working hours. */
export const people: readonly Exchange[] = [
  {
    call: 'createResource',
    title: 'Somebody with working hours',
    body: {
      name: 'Hannah Lindqvist',
      timezone: 'America/New_York',
      email: 'hannah@hudson.example',
      availability_constraints: [{ allow_weekdays: {} }, { allow_hours: { start: 8, end: '16:30' } }],
      meta: { team: 'Field service' },
    },
    answer: {
      data: {
        ...hannah,
        calendars: [bookingsOf(firm.hannah)],
        availability_constraints: [{ allow_weekdays: {} }, { allow_hours: { start: 8, end: '16:30' } }],
      },
    },
  },
  {
    call: 'createResource',
    name: 'signsIn',
    title: 'Somebody who signs in',
    body: {
      name: 'Ben Carter',
      first_name: 'Ben',
      last_name: 'Carter',
      timezone: 'America/New_York',
      email: 'ben@hudson.example',
      password: 'a long and quiet evening',
      availability_constraints: [{ allow_weekdays: {} }, { allow_hours: { start: 9, end: 17 } }],
      image: 'https://hudson.example/ben.jpg',
    },
    answer: {
      data: {
        id: firm.ben,
        name: 'Ben Carter',
        first_name: 'Ben',
        last_name: 'Carter',
        email: 'ben@hudson.example',
        timezone: 'America/New_York',
        image: 'https://hudson.example/ben.jpg',
        meta: {},
        ...stamps,
        calendars: [bookingsOf(firm.ben)],
        availability_constraints: [{ allow_weekdays: {} }, { allow_hours: { start: 9, end: 17 } }],
      },
    },
  },
  { call: 'updateResource', params: { id: firm.hannah }, body: { image: 'https://hudson.example/hannah.jpg' } },
  {
    call: 'getResource',
    params: { id: firm.hannah },
    query: { include: 'calendars,availability_constraints' },
    answer: {
      data: {
        ...pictured,
        calendars: [bookingsOf(firm.hannah)],
        availability_constraints: [{ allow_weekdays: {} }, { allow_hours: { start: 8, end: '16:30' } }],
      },
    },
  },
  {
    call: 'listResources',
    query: { search: 'name:hannah*' },
    answer: {
      data: [pictured],
      ...onePage(1),
    },
  },
  {
    call: 'getResourceTimezone',
    params: { email: 'hannah@hudson.example' },
    answer: { data: { timezone: 'America/New_York', utc_offset: -240 } },
  },
  {
    call: 'resetResourcePassword',
    body: { email: 'ben@hudson.example' },
    answer: { data: { email: 'ben@hudson.example' } },
  },
];
