import { Fields } from '../validation.ts';

/** Settings that clients also give beside `settings`, as the reference lists them. Reference: (c) App. */
const named = [
  'callback',
  'from_email',
  'from_name',
  'contact_name',
  'contact_email',
  'disableEmail',
  'resource_rate_limits',
  'customer_rate_limits',
];
const periods = ['day', 'week', 'month', 'year'];

/** What a body says of an application: its name, and free keys and values. What is wrong is said of `fields`. */
export function settingsIn(
  fields: Fields,
  required: boolean,
): { name: string | undefined; settings: Readonly<Record<string, unknown>> | undefined } {
  const inner = fields.object('settings') ?? {};
  const settings: Record<string, unknown> = { ...inner };
  for (const name of named) {
    const value = fields.raw(name) ?? (name === 'disableEmail' ? fields.raw('disable_email') : undefined);
    if (value !== undefined) settings[name] = value;
  }
  // The SDK writes every key in snake case.
  if ('disable_email' in settings) {
    settings.disableEmail = settings.disable_email;
    delete settings.disable_email;
  }
  const own = fields.text('name', { longest: 100 });
  const name = own ?? (typeof settings.name === 'string' ? settings.name : undefined);
  delete settings.name;
  if (required && (name ?? '').trim() === '') fields.refuse('name', 'The name field is required.');
  checkRates(fields, settings);
  return { name, settings };
}

/** How many confirmed bookings there may be in a period. */
function checkRates(fields: Fields, settings: Readonly<Record<string, unknown>>): void {
  for (const name of ['resource_rate_limits', 'customer_rate_limits']) {
    const rates = new Fields({ [name]: settings[name] }, '', fields).within(name);
    for (const period of periods) rates?.integer(period, { least: 1 });
  }
}
