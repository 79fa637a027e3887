import { periods, type Rates } from '../../../rules/bookings/rates.ts';
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
const rateNames = ['resource_rate_limits', 'customer_rate_limits'];

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
  for (const rate of rateNames) {
    if (settings[rate] !== undefined)
      settings[rate] = ratesGiven(new Fields({ [rate]: settings[rate] }, '', fields), rate);
  }
  return { name, settings };
}

/**
 * How many bookings there may be in a day, a week, a month or a year, such as `{"day": 3, "week": 10}`; what is not named is
 * not limited.
 */
function ratesGiven(settings: Fields, name: string): Rates {
  const given = settings.within(name);
  const unknown = given?.names().filter((period) => !periods.some((one) => one === period)) ?? [];
  for (const period of unknown) given?.refuse(period.slice(0, 40), `The ${name} are given for ${periods.join(', ')}.`);
  const rates = periods.map((period) => [period, given?.integer(period, { least: 1 })] as const);
  return Object.fromEntries(rates.filter(([, most]) => most !== undefined));
}
