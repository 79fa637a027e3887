import type { Response, Schema } from '../../../http/openapi/types.ts';
import { answered, listOf, ref, said, word } from './words.ts';

/** Kinds that a 404 may name. */
const models = [
  ...['App', 'Booking', 'Calendar', 'Credential', 'Event', 'Project', 'Reservation', 'Resource', 'Route'],
] as const;

export const errorSchemas: Readonly<Record<string, Schema>> = {
  TimekitError: answered({ error: said('One sentence for a person.') }, {}, 'What went wrong.'),
  TimekitMissing: answered(
    {
      error: said('One sentence for a person.'),
      model: word('The kind of thing that is not there.', models),
    },
    {},
    'What is not there. A thing of another application or company is as unknown as one that never was.',
  ),
  TimekitErrors: {
    type: 'object',
    description:
      'Sentences by the field at fault. A field within another is named with a dot, an item of a list by its place.',
    additionalProperties: listOf({ type: 'string' }, undefined, { minItems: 1 }),
  },
  TimekitRefusal: {
    description: 'What can not be done, by field where a field is at fault, else in one sentence.',
    oneOf: [
      answered(
        { errors: ref('Errors') },
        { action: said('The step of a booking that failed, where its time is taken.', { const: 'save_booking_data' }) },
      ),
      ref('Error'),
    ],
  },
};

const waiting = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } } as const;

function answering(description: string, schema: string, examples: Readonly<Record<string, unknown>>): Response {
  const named = Object.entries(examples).map(([name, value]) => [name, { value }]);
  return { description, content: { 'application/json': { schema: ref(schema), examples: Object.fromEntries(named) } } };
}

/** The answers of whatever goes wrong, by the name under which calls refer to them. */
export const responses: Readonly<Record<string, Response>> = {
  TimekitMalformed: answering('The body is no JSON, or the address is not valid.', 'Error', {
    malformed: { error: 'Malformed JSON' },
  }),
  TimekitUnauthenticated: answering(
    'There is no key, a wrong or revoked one, or one of another application than `Timekit-App` names. There is no `WWW-Authenticate`.',
    'Error',
    { missing: { error: 'Give an app token, or the email and key of a resource, by Basic authentication.' } },
  ),
  TimekitForbidden: answering('The key may not make this call, or whoever it acts as may not do this.', 'Error', {
    forbidden: { error: 'This key may not be used for this request.' },
  }),
  TimekitNotFound: answering('Something that the request names is not there.', 'Missing', {
    missing: { error: 'Resource does not exist', model: 'Booking' },
  }),
  TimekitTooLarge: answering('The body is longer than 64,000 characters.', 'Error', {
    tooLarge: { error: 'The body is too large.' },
  }),
  TimekitRefused: answering('The request was understood and can not be done as it is.', 'Refusal', {
    fields: { errors: { name: ['The name field is required.'], timezone: ['The timezone is not a valid timezone.'] } },
    taken: {
      errors: { event: ['The resource is already booked or busy at that time.'] },
      action: 'save_booking_data',
    },
    state: { error: 'The action confirm is not possible while the booking is declined.' },
  }),
  TimekitTooMany: {
    ...answering('Too many requests with this key, or from this address where there is none.', 'Error', {
      tooMany: { error: 'Too many requests; try again in 12 seconds.' },
    }),
    headers: waiting,
  },
  TimekitFault: answering('A fault of the server; its log has more under the request id.', 'Error', {
    fault: { error: 'Something went wrong here; the request id is 01KBB4Q0V7JX.' },
  }),
  TimekitUnavailable: {
    ...answering('The server can not answer for the moment.', 'Error', {
      unavailable: { error: 'The database is not available; try again in a moment.' },
    }),
    headers: waiting,
  },
};
