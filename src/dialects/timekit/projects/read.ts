import type { BookingPage, PageContent } from '../../../operations/booking-pages.ts';
import { readConstraints } from '../../../rules/availability/constraints.ts';
import { checkTerms } from '../../../rules/availability/terms.ts';
import { graphs } from '../../../rules/bookings/graphs.ts';
import { readSettings, readTimeout } from '../bookings/read.ts';
import type { Call } from '../call.ts';
import { readReminders } from '../mails.ts';
import { usersNamed } from '../resources/find.ts';
import { Fields } from '../validation.ts';

export const formats = ['string', 'email', 'tel', 'textarea', 'select', 'checkbox', 'label'] as const;
export const week = 7 * 86_400;
export const mostResources = 1_000;

/** What a body says of a project; all of it is needed for a new one. Throws Invalid. Reference: (c) Projects. */
export async function projectIn(call: Call, before?: BookingPage): Promise<Partial<PageContent>> {
  const required = before === undefined;
  const fields = new Fields(call.body);
  const constraints = fields.list('availability_constraints');
  checkConstraints(fields, 'availability_constraints', constraints);
  const uuids = fields.texts('resources', { required });
  const given: { [Name in keyof PageContent]: PageContent[Name] | undefined } = {
    name: nameIn(fields, required),
    slug: slugIn(fields),
    userIds: uuids === undefined ? undefined : await userIdsIn(call, fields, uuids),
    availability: checked(fields, 'availability', required, checkAvailability),
    booking: checked(fields, 'booking', required, checkBooking),
    availabilityConstraints: constraints,
    customerFields: checked(fields, 'customer_fields', false, checkCustomerFields),
    ui: checked(fields, 'ui', false, (ui) => void ui.object('localization')),
    reminders: readReminders(fields),
    meta: fields.object('meta'),
    allowDoubleBookings: fields.flag('allow_double_bookings'),
    reservationSeconds: fields.integer('reservation_time', { least: 1, most: week }),
  };
  fields.done();
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function nameIn(fields: Fields, required: boolean): string | undefined {
  const name = fields.text('name', { required });
  return name?.trim() === '' ? fields.refuse('name', 'The name field is required.') : name;
}

function slugIn(fields: Fields): string | undefined {
  const slug = fields.text('slug', { longest: 100 });
  if (slug === undefined || slug === '' || /^[a-z\d]+(?:[-_][a-z\d]+)*$/i.test(slug)) return slug;
  return fields.refuse('slug', 'The slug may only contain letters, numbers, and dashes.');
}

/** The users whom these UUIDs name, each once, in this order. */
export async function userIdsIn(call: Call, fields: Fields, uuids: readonly string[]): Promise<number[] | undefined> {
  if (uuids.length > mostResources)
    return fields.refuse('resources', `The resources may not be more than ${mostResources}.`);
  const users = await usersNamed(call, uuids);
  const unknown = uuids.find((uuid) => !users.has(uuid.toLowerCase()));
  if (unknown !== undefined) return fields.refuse('resources', `The resource ${unknown.slice(0, 40)} does not exist.`);
  return [...new Set(uuids.map((uuid) => Number(users.get(uuid.toLowerCase())?.id)))];
}

/** An object, as it came, whose fields were looked at. */
function checked(
  fields: Fields,
  name: string,
  required: boolean,
  check: (within: Fields) => void,
): Readonly<Record<string, unknown>> | undefined {
  const value = fields.object(name, { required });
  const within = value === undefined ? undefined : fields.within(name);
  if (within !== undefined) check(within);
  return value;
}

function checkAvailability(fields: Fields): void {
  const errors = checkTerms(Object.fromEntries(fields.names().map((name) => [name, fields.raw(name)])));
  for (const [name, sentences] of Object.entries(errors))
    for (const sentence of sentences) fields.refuse(name, sentence);
}

function checkBooking(fields: Fields): void {
  fields.oneOf('graph', graphs);
  for (const name of ['what', 'where', 'calendar_id']) fields.text(name);
  fields.text('description', { longest: 10_000 });
  for (const name of ['meta', 'event']) fields.object(name);
  readSettings(fields);
  readTimeout(fields);
  fields.list('participants');
  fields.flag('invite');
  fields.within('notify_customer_by_email')?.flag('enabled');
  readReminders(fields);
}

function checkCustomerFields(fields: Fields): void {
  for (const key of fields.names()) {
    const field = fields.within(key);
    field?.text('title');
    field?.oneOf('format', formats);
    field?.list('enum');
    for (const name of ['required', 'readonly', 'split_name']) field?.flag(name);
  }
}

function checkConstraints(fields: Fields, name: string, list: readonly unknown[] | undefined): void {
  for (const sentence of list === undefined ? [] : readConstraints(list).refusals) fields.refuse(name, sentence);
}
