import type { Schema } from '../../../http/openapi/types.ts';
import { answered, flag, given, id, listOf, ref, said, stamps, text } from '../openapi/words.ts';

const input: Readonly<Record<string, Schema>> = {
  name: text('What it is called.'),
  description: text('What it is for.', { maxLength: 10_000 }),
  foregroundcolor: text('Colour of its text.', { maxLength: 32 }),
  backgroundcolor: text('Colour of its events.', { maxLength: 32 }),
};

export const schemas: Readonly<Record<string, Schema>> = {
  Calendar: answered(
    {
      id: id('By which it is known. The one that bookings of a resource go to has the id of the resource.'),
      name: said('What it is called.'),
      description: said('What it is for.'),
      foregroundcolor: said('Colour of its text.'),
      backgroundcolor: said('Colour of its events.'),
      provider: said('Who keeps it.', { const: 'timekit' }),
      provider_id: { type: 'null', description: 'Always null: it is kept here.' },
      provider_access: said('What may be done with it there.', { const: 'owner' }),
      provider_primary: flag('Whether bookings of its resource go to it.'),
      provider_sync: { type: 'boolean', const: false, description: 'Always false.' },
      ...stamps,
    },
    { events: listOf(ref('Event'), 'Events to come, with `include=calendars.events`; at most 1,000 in an answer.') },
    'A calendar of the schedule: of one resource, or of the company.',
  ),
  CalendarInput: given(
    { ...input, resource_id: text('Whose it is. With an app token it is the company’s where nobody is named.') },
    ['name'],
    'A new calendar.',
  ),
  CalendarChange: given(input, [], 'What is changed of a calendar.'),
};
