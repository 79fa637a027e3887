import type { Schema } from '../../../http/openapi/types.ts';
import { periods } from '../../../rules/bookings/rates.ts';
import { answered, flag, given, id, ref, said, stamps, text, whole, word } from '../openapi/words.ts';

/** They are answered below `settings`, wherever they were given. */
function readWrite(properties: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  const marked = Object.entries(properties).map(([name, one]) => [name, { ...one, 'x-access': 'read-write' }]);
  return Object.fromEntries(marked) as Readonly<Record<string, Schema>>;
}

const settings: Readonly<Record<string, Schema>> = readWrite({
  callback: { description: 'Kept; nothing is sent there.' },
  from_email: { description: 'Where answers to mails go, where there is no `contact_email`.' },
  from_name: { description: 'In whose name customers get mail; the company’s where there is none.' },
  contact_name: { description: 'Kept.' },
  contact_email: { description: 'Where answers to mails go.' },
  disableEmail: { description: '`true`: nobody gets mail about bookings of this application.' },
  resource_rate_limits: { ...ref('Rates'), description: 'How many bookings each resource may have.' },
  customer_rate_limits: { ...ref('Rates'), description: 'How many bookings each customer may have.' },
});

const app: Readonly<Record<string, Schema>> = {
  id: whole('Its number.'),
  slug: said('Its name in addresses and in the header `Timekit-App`.'),
  settings: {
    type: 'object',
    description: 'Its name, and whatever keys and values the company keeps there. With a client-token the name alone.',
    properties: { name: said('What it is called.'), ...settings },
    required: ['name'],
    additionalProperties: true,
  },
  test_mode: flag('Nobody is told of what it does. It works on the same data.'),
  role: word('Whether whoever asks owns it.', ['owner', 'member']),
  creator_resource_id: id('The resource that owns it, as whom its app token acts.'),
  ...stamps,
};

const input: Readonly<Record<string, Schema>> = {
  name: text('What it is called.', { maxLength: 100 }),
  settings: {
    type: 'object',
    description: 'Free keys and values. What is named beside it may stand in it, too.',
    additionalProperties: true,
  },
  ...settings,
  disable_email: { description: 'The same as `disableEmail`: the SDK writes it so.', 'x-access': 'read-write' },
};

export const schemas: Readonly<Record<string, Schema>> = {
  Rates: {
    type: 'object',
    description: `How many bookings there may be in each ${periods.join(', ')}; what is not named is not limited.`,
    properties: Object.fromEntries(periods.map((period) => [period, whole(`In a ${period}.`, { minimum: 1 })])),
    additionalProperties: false,
  },
  App: answered(app, { app_token: said('The token that the request showed.') }, 'An application.'),
  NewApp: answered(
    {
      ...app,
      app_token: said('Its app token. It is told here and never again.'),
      widget_key: said('Its widget key, for web pages.'),
    },
    {},
    'An application with its keys.',
  ),
  AppInput: given(
    { ...input, test_mode: flag('Makes it one in test mode.', { default: false }) },
    ['name'],
    'A new application.',
  ),
  AppChange: given(
    input,
    [],
    'What is changed of an application. Settings that are not named stay; rates are replaced whole.',
  ),
};
