import type { Exchange } from './exchange.ts';
import { firm, named, stamps, visitInfo } from './firm.ts';

/** Bookings that are made, of every workflow. */
export const bookings: readonly Exchange[] = [
  {
    call: 'reserveBooking',
    body: {
      resource_id: firm.hannah,
      project_id: firm.inspection,
      settings: { ignore_all_day_events: true },
      start: '2026-06-24T08:00:00-04:00',
      end: '2026-06-24T10:00:00-04:00',
    },
    answer: {
      data: {
        id: firm.reservation,
        start: '2026-06-24T08:00:00-04:00',
        end: '2026-06-24T10:00:00-04:00',
        expires_at: '2026-06-15T14:10:00-04:00',
      },
    },
  },
  {
    call: 'extendReservedBooking',
    body: { reservation_id: firm.reservation, reservation_time: 900 },
    answer: {
      data: {
        id: firm.reservation,
        start: '2026-06-24T08:00:00-04:00',
        end: '2026-06-24T10:00:00-04:00',
        expires_at: '2026-06-15T14:15:00-04:00',
      },
    },
  },
  {
    call: 'createBooking',
    title: 'On a project',
    query: { include: 'attributes,event,user' },
    body: {
      project_id: firm.inspection,
      resource_id: firm.hannah,
      reservation_id: firm.reservation,
      start: '2026-06-24T08:00:00-04:00',
      end: '2026-06-24T10:00:00-04:00',
      description: 'Two flats, third floor',
      customer: {
        name: 'Maria Alvarez',
        email: 'maria@alvarez.example',
        phone: '(212) 555-0177',
        timezone: 'America/New_York',
      },
    },
    answer: {
      data: {
        id: firm.visit,
        state: 'confirmed',
        graph: 'instant',
        completed: false,
        ...stamps,
        attributes: { event_info: visitInfo },
        event: {
          id: firm.visitEvent,
          what: 'Home inspection',
          where: 'At your address',
          start: '2026-06-24T08:00:00-04:00',
          end: '2026-06-24T10:00:00-04:00',
        },
        user: named.hannah,
      },
    },
  },
  {
    call: 'createBooking',
    name: 'toConfirm',
    title: 'To be confirmed',
    body: {
      graph: 'confirm_decline',
      resource_id: firm.hannah,
      start: '2026-06-25T09:00:00-04:00',
      end: '2026-06-25T10:30:00-04:00',
      what: 'Boiler check',
      where: '12 Mill Street',
      customer: { name: 'Peter Novak', email: 'peter@novak.example' },
      meta: { order: 'B-2041' },
    },
    answer: { data: { id: firm.check, state: 'tentative', graph: 'confirm_decline', completed: false, ...stamps } },
  },
  {
    call: 'createBooking',
    name: 'paid',
    title: 'To be paid for',
    body: {
      graph: 'instant_payment',
      resource_id: firm.ben,
      start: '2026-06-25T13:00:00-04:00',
      end: '2026-06-25T14:00:00-04:00',
      what: 'Energy advice',
      customer: { name: 'Ruth Adler', email: 'ruth@adler.example' },
      timeout: { time: 15, unit: 'minutes' },
    },
    answer: { data: { id: firm.advice, state: 'tentative', graph: 'instant_payment', completed: false, ...stamps } },
  },
  {
    call: 'createBooking',
    name: 'group',
    title: 'A group with seats',
    body: {
      graph: 'group_owner',
      resource_id: firm.ben,
      start: '2026-06-30T18:00:00-04:00',
      end: '2026-06-30T19:30:00-04:00',
      what: 'Heating for house owners',
      settings: { max_seats: 12, min_booking_time: '2 hours', min_cancel_time: '1 day' },
    },
    answer: { data: { id: firm.group, state: 'tentative', graph: 'group_owner', completed: false, ...stamps } },
  },
  {
    call: 'createBooking',
    name: 'seat',
    title: 'A seat in a group',
    body: {
      graph: 'group_customer',
      related: { owner_booking_id: firm.group },
      customer: { name: 'Maria Alvarez', email: 'maria@alvarez.example' },
    },
    answer: { data: { id: firm.seat, state: 'confirmed', graph: 'group_customer', completed: false, ...stamps } },
  },
];
