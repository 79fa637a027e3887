import type { Exchange } from './exchange.ts';
import { firm, named, onePage, stamps, visitInfo } from './firm.ts';

const groupShown = {
  event_info: {
    start: '2026-06-30T18:00:00-04:00',
    end: '2026-06-30T19:30:00-04:00',
    what: 'Heating for house owners',
    where: '',
    description: '',
    calendar_id: firm.ben,
    participants: [],
  },
  group_booking: { max_seats: 12, current_seats: 1 },
};

/** Bookings that are looked at. */
export const booked: readonly Exchange[] = [
  {
    call: 'getBooking',
    params: { id: firm.visit },
    query: { include: 'attributes,customers,event,resource,project,logs,available_actions' },
    answer: {
      data: {
        id: firm.visit,
        state: 'confirmed',
        graph: 'instant',
        completed: false,
        ...stamps,
        attributes: { event_info: visitInfo },
        customers: [
          {
            name: 'Maria Alvarez',
            email: 'maria@alvarez.example',
            phone: '(212) 555-0177',
            timezone: 'America/New_York',
            id: firm.visit,
          },
        ],
        event: {
          id: firm.visitEvent,
          what: 'Home inspection',
          where: 'At your address',
          start: '2026-06-24T08:00:00-04:00',
          end: '2026-06-24T10:00:00-04:00',
        },
        resource: named.hannah,
        project: { id: firm.inspection, name: 'Home inspection', slug: 'home-inspection' },
        logs: [
          {
            action: 'create',
            from_state: null,
            state: 'confirmed',
            message: '',
            created_at: '2026-06-15T14:00:00-04:00',
          },
        ],
        available_actions: ['cancel', 'cancel_by_customer', 'reschedule_by_customer', 'complete'],
      },
    },
  },
  {
    call: 'listBookings',
    query: { search: 'state:confirmed;customer.name:maria*', orderBy: 'event.start', include: 'attributes,resource' },
    answer: {
      data: [
        {
          id: firm.visit,
          state: 'confirmed',
          graph: 'instant',
          completed: false,
          ...stamps,
          attributes: { event_info: visitInfo },
          resource: named.hannah,
        },
        {
          id: firm.seat,
          state: 'confirmed',
          graph: 'group_customer',
          completed: false,
          ...stamps,
          attributes: {
            event_info: {
              start: '2026-06-30T18:00:00-04:00',
              end: '2026-06-30T19:30:00-04:00',
              what: '',
              where: '',
              description: '',
              calendar_id: firm.ben,
              participants: [],
            },
          },
          resource: named.ben,
        },
      ],
      ...onePage(2),
    },
  },
  {
    call: 'listGroupBookings',
    key: 'widget key',
    query: { include: 'available_actions' },
    answer: {
      data: [
        {
          id: firm.group,
          state: 'tentative',
          graph: 'group_owner',
          completed: false,
          ...stamps,
          attributes: groupShown,
          resource: named.ben,
          available_actions: ['cancel', 'complete'],
        },
      ],
      ...onePage(1),
    },
  },
  {
    call: 'getGroupBooking',
    params: { id: firm.group },
    answer: {
      data: {
        id: firm.group,
        state: 'tentative',
        graph: 'group_owner',
        completed: false,
        ...stamps,
        attributes: groupShown,
        resource: named.ben,
      },
    },
  },
];
