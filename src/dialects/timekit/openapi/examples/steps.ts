import type { Exchange } from './exchange.ts';
import { firm, stamps, visitInfo } from './firm.ts';

const movedInfo = { ...visitInfo, start: '2026-06-25T08:00:00-04:00', end: '2026-06-25T10:00:00-04:00' };

/** What is done with bookings. */
export const steps: readonly Exchange[] = [
  {
    call: 'updateBooking',
    title: 'Confirm',
    params: { id: firm.check, action: 'confirm' },
    body: { message: 'See you on Thursday' },
    answer: { data: { id: firm.check, state: 'confirmed', graph: 'confirm_decline', completed: false, ...stamps } },
  },
  {
    call: 'updateBooking',
    name: 'pay',
    title: 'Pay',
    params: { id: firm.advice, action: 'pay' },
    body: { payment_id: 'pay_20418' },
    answer: { data: { id: firm.advice, state: 'paid', graph: 'instant_payment', completed: false, ...stamps } },
  },
  {
    call: 'updateBooking',
    name: 'cancel',
    title: 'Cancel, as the SDK writes it',
    params: { id: firm.check, action: 'cancel' },
    body: { cancel: { message: 'The boiler works again' } },
    answer: { data: { id: firm.check, state: 'cancelled', graph: 'confirm_decline', completed: true, ...stamps } },
  },
  {
    call: 'rescheduleBooking',
    params: { id: firm.visit },
    query: { include: 'attributes' },
    body: {
      resource_id: firm.hannah,
      start: '2026-06-25T08:00:00-04:00',
      end: '2026-06-25T10:00:00-04:00',
      message: 'A day later',
    },
    answer: {
      data: {
        id: firm.visit,
        state: 'confirmed',
        graph: 'instant',
        completed: false,
        ...stamps,
        attributes: { event_info: movedInfo },
      },
    },
  },
  { call: 'deleteBooking', params: { id: firm.check } },
  {
    call: 'createBookingsBulk',
    body: {
      relate_bookings: true,
      bookings: [
        {
          resource_id: firm.ben,
          start: '2026-07-01T09:00:00-04:00',
          end: '2026-07-01T10:00:00-04:00',
          what: 'Advice, first part',
          customer: { name: 'Ruth Adler', email: 'ruth@adler.example' },
        },
        {
          resource_id: firm.ben,
          start: '2026-07-02T09:00:00-04:00',
          end: '2026-07-02T10:00:00-04:00',
          what: 'Advice, second part',
          customer: { name: 'Ruth Adler', email: 'ruth@adler.example' },
        },
      ],
    },
    answer: {
      data: [
        { id: firm.first, state: 'confirmed', graph: 'instant', completed: false, ...stamps },
        { id: firm.second, state: 'confirmed', graph: 'instant', completed: false, ...stamps },
      ],
    },
  },
  {
    call: 'updateBookingsBulk',
    body: [
      { id: firm.first, action: 'cancel', apply_to_bulked_bookings: false },
      { id: firm.second, action: 'cancel_by_customer', message: 'Ill' },
    ],
    answer: {
      data: [
        { id: firm.first, state: 'cancelled', graph: 'instant', completed: true, ...stamps },
        { id: firm.second, state: 'cancelled_by_customer', graph: 'instant', completed: true, ...stamps },
      ],
    },
  },
];
