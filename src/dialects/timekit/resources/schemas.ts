import type { Schema } from '../../../http/openapi/types.ts';
import { answered, free, given, id, listOf, orNull, ref, said, stamps, text, whole } from '../openapi/words.ts';

/** A resource, as other answers begin with it, too. */
export const resourceProperties: Readonly<Record<string, Schema>> = {
  id: id('By which it is known.'),
  name: said('First and last name.'),
  first_name: said('First name.'),
  last_name: said('Last name; empty where there is only one.'),
  email: orNull(said('Email address.', { 'x-access': 'write-once' })),
  timezone: said('IANA time zone in which the person works.'),
  image: orNull(said('Address of a picture.')),
  meta: free('Keys and values that the company keeps there.'),
  ...stamps,
};

/** What `include` adds. */
export const resourceIncludes: Readonly<Record<string, Schema>> = {
  calendars: listOf(ref('Calendar'), 'The calendars of the person; the one that bookings go to comes first.'),
  availability_constraints: listOf(
    ref('Constraint'),
    'Working hours: the person’s own, or else the company’s. An empty list means always.',
  ),
  credentials: listOf(ref('Credential'), 'The person’s keys for this application.'),
  accounts: listOf({}, 'Always empty: no accounts are connected.', { maxItems: 0 }),
};

const input: Readonly<Record<string, Schema>> = {
  name: text('First and last name; split at the last blank where these are not given.', { maxLength: 128 }),
  first_name: text('First name.', { maxLength: 64 }),
  last_name: text('Last name.', { maxLength: 64 }),
  email: text('Email address, which no other resource of the company has. It can be given once.', {
    format: 'email',
    'x-access': 'write-once',
  }),
  timezone: text('IANA time zone in which the person works, and in which working hours are read.'),
  image: text('Address of a picture.', { maxLength: 2_000 }),
  meta: free('Keys and values to keep. They take the place of those before.'),
  password: text('With which the person signs in; who has none can not.'),
  availability_constraints: listOf(
    ref('Constraint'),
    'Working hours, in place of those before. Without a list of their own people have the company’s.',
  ),
};

export const schemas: Readonly<Record<string, Schema>> = {
  Resource: answered(resourceProperties, resourceIncludes, 'A person who can be booked: a user of the company.'),
  NewResource: answered(
    {
      ...resourceProperties,
      calendars: resourceIncludes.calendars ?? {},
      availability_constraints: resourceIncludes.availability_constraints ?? {},
    },
    { credentials: resourceIncludes.credentials ?? {}, accounts: resourceIncludes.accounts ?? {} },
    'A resource that was made, with its calendars and working hours.',
  ),
  ResourceInput: given(input, ['name', 'timezone'], 'A new resource.'),
  ResourceChange: given(input, [], 'What is changed of a resource.'),
  ResetInput: given({ email: text('Email address of the resource.', { format: 'email' }) }, ['email']),
  Reset: answered({ email: said('The address that was given.') }),
  ResourceTimezone: answered({
    timezone: said('IANA time zone of the resource.'),
    utc_offset: whole('Minutes that it is ahead of UTC now.'),
  }),
};
