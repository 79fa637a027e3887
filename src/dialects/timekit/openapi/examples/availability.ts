import type { Exchange } from './exchange.ts';
import { firm, offered } from './firm.ts';

/** Free times. */
export const availability: readonly Exchange[] = [
  {
    call: 'findAvailability',
    title: 'By a project',
    key: 'widget key',
    body: { project_id: firm.inspection, from: '2026-06-24', to: '2026-06-25' },
    answer: {
      data: [
        { start: '2026-06-24T08:00:00-04:00', end: '2026-06-24T10:00:00-04:00', resources: [offered.hannah] },
        { start: '2026-06-24T09:00:00-04:00', end: '2026-06-24T11:00:00-04:00', resources: [offered.hannah] },
        { start: '2026-06-24T11:00:00-04:00', end: '2026-06-24T13:00:00-04:00', resources: [offered.ben] },
        { start: '2026-06-24T13:00:00-04:00', end: '2026-06-24T15:00:00-04:00', resources: [offered.ben] },
        { start: '2026-06-24T14:00:00-04:00', end: '2026-06-24T16:00:00-04:00', resources: [offered.hannah] },
        { start: '2026-06-24T15:00:00-04:00', end: '2026-06-24T17:00:00-04:00', resources: [offered.ben] },
      ],
    },
  },
  {
    call: 'findAvailability',
    name: 'resources',
    title: 'By resources',
    body: {
      resources: [firm.hannah, firm.ben],
      mode: 'mutual',
      length: '90 minutes',
      from: '2026-06-24',
      to: '2026-06-25',
      timeslot_increments: '30 minutes',
      constraints: [{ allow_hours: { start: 9, end: 12 } }],
    },
    answer: {
      data: [
        {
          start: '2026-06-24T09:00:00-04:00',
          end: '2026-06-24T10:30:00-04:00',
          resources: [offered.hannah, offered.ben],
        },
        {
          start: '2026-06-24T09:30:00-04:00',
          end: '2026-06-24T11:00:00-04:00',
          resources: [offered.hannah, offered.ben],
        },
        {
          start: '2026-06-24T10:00:00-04:00',
          end: '2026-06-24T11:30:00-04:00',
          resources: [offered.hannah, offered.ben],
        },
        {
          start: '2026-06-24T10:30:00-04:00',
          end: '2026-06-24T12:00:00-04:00',
          resources: [offered.hannah, offered.ben],
        },
      ],
    },
  },
  {
    call: 'findAvailability',
    name: 'stretches',
    title: 'Whole stretches of free time',
    body: { resources: [firm.hannah], length: null, from: '2026-06-24', to: '2026-06-26' },
    answer: {
      data: [
        { start: '2026-06-24T08:00:00-04:00', end: '2026-06-24T12:00:00-04:00', resources: [offered.hannah] },
        { start: '2026-06-24T13:30:00-04:00', end: '2026-06-24T16:30:00-04:00', resources: [offered.hannah] },
        { start: '2026-06-25T08:00:00-04:00', end: '2026-06-25T16:30:00-04:00', resources: [offered.hannah] },
      ],
    },
  },
  {
    call: 'findAvailableDates',
    body: { project_id: firm.inspection, from: '2026-06-24', to: '2026-06-27' },
    answer: {
      data: [
        { date: '2026-06-24', resources: [firm.hannah, firm.ben] },
        { date: '2026-06-25', resources: [firm.hannah, firm.ben] },
        { date: '2026-06-26', resources: [firm.ben] },
      ],
    },
  },
  {
    call: 'countAvailability',
    body: { project_id: firm.inspection, from: '2026-06-24', to: '2026-06-27' },
    answer: {
      data: [
        { date: '2026-06-24', count: 6 },
        { date: '2026-06-25', count: 8 },
        { date: '2026-06-26', count: 4 },
      ],
    },
  },
  {
    call: 'findUnavailableSlots',
    body: { resources: [firm.hannah], from: '2026-06-24', to: '2026-06-25' },
    answer: {
      data: [
        { start: '2026-06-24T00:00:00-04:00', end: '2026-06-24T08:00:00-04:00', resources: [offered.hannah] },
        { start: '2026-06-24T12:00:00-04:00', end: '2026-06-24T13:30:00-04:00', resources: [offered.hannah] },
        { start: '2026-06-24T16:30:00-04:00', end: '2026-06-25T00:00:00-04:00', resources: [offered.hannah] },
      ],
    },
  },
  {
    call: 'findTime',
    body: {
      resource_ids: [firm.hannah, firm.ben],
      start: '2026-06-24T00:00:00-04:00',
      future: '2026-06-25T00:00:00-04:00',
      length: '2 hours',
      filters: { and: [{ block_hours: { start: 12, end: 13 } }] },
      sort: 'desc',
      limit: 2,
    },
    answer: {
      data: [
        { start: '2026-06-24T13:30:00-04:00', end: '2026-06-24T15:30:00-04:00' },
        { start: '2026-06-24T09:00:00-04:00', end: '2026-06-24T11:00:00-04:00' },
      ],
    },
  },
  {
    call: 'findTime',
    name: 'calendars',
    title: 'By calendars',
    body: {
      calendar_ids: [firm.ben],
      start: '2026-06-25T00:00:00-04:00',
      future: '2026-06-26T00:00:00-04:00',
      length: '4 hours',
    },
    answer: {
      data: [
        { start: '2026-06-25T09:00:00-04:00', end: '2026-06-25T13:00:00-04:00' },
        { start: '2026-06-25T13:00:00-04:00', end: '2026-06-25T17:00:00-04:00' },
      ],
    },
  },
  {
    call: 'findTimeTeam',
    body: {
      users: [firm.hannah, firm.ben],
      start: '2026-06-25T00:00:00-04:00',
      future: '2026-06-26T00:00:00-04:00',
      length: '3 hours',
      all_solutions: false,
      no_day_span: true,
      limit: 2,
    },
    answer: {
      data: [
        { start: '2026-06-25T08:00:00-04:00', end: '2026-06-25T11:00:00-04:00', users: [firm.hannah] },
        { start: '2026-06-25T09:00:00-04:00', end: '2026-06-25T12:00:00-04:00', users: [firm.hannah] },
      ],
    },
  },
  {
    call: 'findTimeBulk',
    body: [
      {
        emails: ['hannah@hudson.example'],
        start: '2026-06-24T00:00:00-04:00',
        future: '2026-06-25T00:00:00-04:00',
        length: '3 hours',
      },
      {
        calendar_ids: [firm.hannah],
        start: '2026-06-25T00:00:00-04:00',
        future: '2026-06-26T00:00:00-04:00',
        length: '4 hours',
      },
    ],
    answer: {
      data: [
        [
          { start: '2026-06-24T08:00:00-04:00', end: '2026-06-24T11:00:00-04:00' },
          { start: '2026-06-24T13:30:00-04:00', end: '2026-06-24T16:30:00-04:00' },
        ],
        [
          { start: '2026-06-25T08:00:00-04:00', end: '2026-06-25T12:00:00-04:00' },
          { start: '2026-06-25T12:00:00-04:00', end: '2026-06-25T16:00:00-04:00' },
        ],
      ],
    },
  },
];
