import type { Exchange } from './exchange.ts';
import { firm, onePage, stamps } from './firm.ts';

const reminders = [
  {
    type: 'email',
    settings: { recipient: 'customer', subject: 'Your inspection is tomorrow' },
    when: { type: 'before', unit: 'hours', time: 24 },
  },
];
const availability = {
  mode: 'roundrobin_prioritized',
  length: '2 hours',
  from: '1 day',
  to: '3 weeks',
  buffer: '30 minutes',
  output_timezone: 'America/New_York',
};
const booking = { graph: 'instant', what: 'Home inspection', where: 'At your address' };
const customer_fields = { phone: { title: 'Phone', format: 'tel', required: true } };
const ui = { display_name: 'Book an inspection', localization: { submit_button: 'Book' } };
const formFields = {
  name: { title: 'Name', required: true, split_name: false },
  email: { title: 'E-mail', format: 'email', required: true },
  phone: { title: 'Phone', format: 'tel', required: true },
};
const formLooks = {
  display_name: 'Book an inspection',
  avatar: '',
  show_credits: false,
  show_timezone_helper: true,
  availability_view: 'agendaWeek',
  time_date_format: '12h-mdy-sun',
  localization: {
    submit_button: 'Book',
    allocated_resource_prefix: 'with',
    success_message: 'We have received your booking. You will get a mail at %s',
    reschedule_submit_button: 'Reschedule',
    reschedule_success_message: 'We have rescheduled your booking successfully',
  },
};
const own = {
  id: firm.inspection,
  slug: 'home-inspection',
  name: 'Home inspection',
  reminders,
  meta: {},
  allow_double_bookings: false,
  reservation_time: 600,
  ...stamps,
};

/** Pages on which people are booked. */
export const projects: readonly Exchange[] = [
  {
    call: 'createProject',
    body: {
      name: 'Home inspection',
      resources: [firm.hannah],
      availability,
      booking,
      customer_fields,
      ui,
      reminders,
      reservation_time: 600,
    },
    answer: {
      data: {
        ...own,
        resources: [firm.hannah],
        availability,
        availability_constraints: [],
        booking,
        customer_fields,
        ui,
      },
    },
  },
  {
    call: 'getProject',
    params: { id: firm.inspection },
    answer: {
      data: {
        ...own,
        resources: [firm.hannah],
        availability,
        availability_constraints: [],
        booking,
        customer_fields,
        ui,
      },
    },
  },
  {
    call: 'listProjects',
    answer: {
      data: [
        { ...own, resources: [firm.hannah], availability, availability_constraints: [], booking, customer_fields, ui },
      ],
      ...onePage(1),
    },
  },
  {
    call: 'updateProject',
    params: { id: firm.inspection },
    body: { availability_constraints: [{ block_day: { day: 'Monday' } }] },
  },
  {
    call: 'addProjectResource',
    params: { id: firm.inspection },
    body: { resource_id: firm.ben },
    answer: {
      data: {
        ...own,
        resources: [firm.hannah, firm.ben],
        availability,
        availability_constraints: [{ block_day: { day: 'Monday' } }],
        booking,
        customer_fields,
        ui,
      },
    },
  },
  {
    call: 'listProjectResources',
    params: { id: firm.inspection },
    answer: {
      data: [
        {
          id: firm.hannah,
          name: 'Hannah Lindqvist',
          first_name: 'Hannah',
          last_name: 'Lindqvist',
          email: 'hannah@hudson.example',
          timezone: 'America/New_York',
          image: 'https://hudson.example/hannah.jpg',
          meta: { team: 'Field service' },
          ...stamps,
        },
        {
          id: firm.ben,
          name: 'Ben Carter',
          first_name: 'Ben',
          last_name: 'Carter',
          email: 'ben@hudson.example',
          timezone: 'America/New_York',
          image: 'https://hudson.example/ben.jpg',
          meta: {},
          ...stamps,
        },
      ],
      ...onePage(2),
    },
  },
  { call: 'setProjectResources', params: { id: firm.inspection }, body: [firm.hannah, firm.ben, firm.dana] },
  { call: 'removeProjectResource', params: { id: firm.inspection, resource: firm.dana } },
  {
    call: 'getEmbeddedProject',
    key: 'widget key',
    params: { id: firm.inspection },
    answer: { data: { ...own, app_key: firm.widgetKey, booking, customer_fields: formFields, ui: formLooks } },
  },
  {
    call: 'getHostedProject',
    key: 'none',
    params: { slug: 'home-inspection' },
    answer: { data: { ...own, app_key: firm.widgetKey, booking, customer_fields: formFields, ui: formLooks } },
  },
];
