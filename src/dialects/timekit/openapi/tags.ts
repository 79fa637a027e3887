import type { Description, Tag } from '../../../http/openapi/types.ts';
import { workflowTable } from '../bookings/workflow.ts';
import type { TagName } from './about.ts';

const texts: Readonly<Record<TagName, { readonly object: string; readonly text: readonly string[] }>> = {
  Bookings: {
    object: 'Booking',
    text: [
      'A booking takes time of a resource for a customer. Its `graph` is the workflow that it goes through: it begins in the first state of its graph, and actions lead on from there. A state after which nothing follows makes it `completed`, whatever became of it.',
      workflowTable(),
      'A payment that does not come in time is `timeout` by itself, and one hour after its end a booking completes by itself. A booking that is still to be confirmed takes no time. A `group_owner` is a group with seats; each `group_customer` takes one of them, and has the time of its group. `confirm_decline` may be created confirmed, with `action`.',
      'What is agreed stands in the schedule as an event, and follows it when it is moved or deleted there. Customers get mail, unless something says otherwise.',
    ],
  },
  Availability: {
    object: 'Slot',
    text: [
      'Times in which resources can be booked: inside their working hours and all constraints, and outside of events, bookings, reservations and approved time off. Slots begin at equal steps by the clock of the resource, also on days when clocks change.',
    ],
  },
  Projects: {
    object: 'Project',
    text: [
      'A project is a page on which people are booked: who, at which times, with which workflow, and what the form asks for. Searches and bookings that name it say only what differs. The booking widget shows it, by its id or its slug.',
    ],
  },
  Resources: {
    object: 'Resource',
    text: [
      'A resource is a person who can be booked: a user of the company, who tracks time as all users do. Working hours are a list of constraints, read in the zone of the person.',
    ],
  },
  Calendars: {
    object: 'Calendar',
    text: [
      'Calendars of the schedule: of one resource, or of the company. Every resource has one that bookings go to, which has the id of the resource.',
    ],
  },
  Events: {
    object: 'Event',
    text: [
      'Published events of the schedule that are assigned to somebody. They take time, and are no bookings. Drafts and events of nobody are not there.',
    ],
  },
  Apps: {
    object: 'App',
    text: [
      'An application belongs to a company and has an app token, for servers, and a widget key, for web pages. Bookings and projects are of one application; resources, calendars and events are the company’s. An application in test mode works on the same data, and nobody is told of what it does.',
    ],
  },
  Credentials: {
    object: 'Credential',
    text: [
      'Keys of single resources, sent with their email and the header `Timekit-App`: a server-token reaches everything of that person, a client-token is for web pages.',
    ],
  },
};

function tagsOf(...names: readonly TagName[]): Tag[] {
  return names.map((name) => ({
    name,
    description: texts[name].text.join('\n\n'),
    'x-object': `Timekit${texts[name].object}`,
  }));
}

export const groups: Description['groups'] = [
  { name: 'Booking', tags: tagsOf('Bookings', 'Availability', 'Projects') },
  { name: 'People and their time', tags: tagsOf('Resources', 'Calendars', 'Events') },
  { name: 'Access', tags: tagsOf('Apps', 'Credentials') },
];
