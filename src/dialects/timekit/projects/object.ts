import { resourceOf } from '../../../engine/context.ts';
import { uuidsOf } from '../../../engine/values.ts';
import type { BookingPage } from '../../../operations/booking-pages.ts';
import { isMute } from '../../../rules/bookings/news.ts';
import type { Call } from '../call.ts';
import { isSwitchedOff } from '../mails.ts';

/** Pages as Timekit's projects, in the order given. Reference: (c) Projects. */
export async function projectObjects(
  call: Pick<Call, 'ctx' | 'writeTime'>,
  pages: readonly BookingPage[],
): Promise<Record<string, unknown>[]> {
  const users = resourceOf(call.ctx, 'users');
  const ids = [...new Set(pages.flatMap(({ userIds }) => userIds))];
  const uuids = await uuidsOf(call.ctx, users, ids);
  return pages.map((page) => ({
    ...publicParts(call, page),
    resources: page.userIds.flatMap((id) => uuids.get(id) ?? []),
    availability: page.availability,
    availability_constraints: page.availabilityConstraints,
    booking: page.booking,
    customer_fields: page.customerFields,
    ui: page.ui,
  }));
}

/**
 * What a web page gets to see: with every default that the widget needs, and without what it would send back in its searches.
 * Reference: (c) Projects, (d) Musts.
 */
export function embeddedProject(call: Pick<Call, 'app' | 'writeTime'>, page: BookingPage): Record<string, unknown> {
  return {
    ...publicParts(call, page),
    app_key: call.app.widgetKey,
    booking: { graph: 'instant', ...withoutUnset(page.booking) },
    customer_fields: withDefaultFields(page.customerFields),
    ui: { ...defaultUi(page.name), ...withoutUnset(page.ui), localization: localizationOf(call.app, page) },
  };
}

function publicParts({ writeTime }: Pick<Call, 'writeTime'>, page: BookingPage): Record<string, unknown> {
  return {
    id: page.uuid,
    slug: page.slug,
    name: page.name,
    reminders: page.reminders,
    meta: page.meta,
    allow_double_bookings: page.allowDoubleBookings,
    reservation_time: page.reservationSeconds,
    created_at: writeTime(page.created),
    updated_at: writeTime(page.lastModified),
  };
}

const defaultFields: Readonly<Record<string, object>> = {
  name: { title: 'Name', required: true, split_name: false },
  email: { title: 'E-mail', format: 'email', required: true },
};

const defaultLocalization = {
  submit_button: 'Book it',
  allocated_resource_prefix: 'with',
  // It must be there: the widget puts the customer's email for %s.
  success_message: 'We have received your booking for %s',
  reschedule_submit_button: 'Reschedule',
  reschedule_success_message: 'We have rescheduled your booking successfully',
};

function defaultUi(name: string): object {
  return {
    display_name: name,
    avatar: '',
    show_credits: false,
    show_timezone_helper: true,
    availability_view: 'agendaWeek',
    time_date_format: '12h-mdy-sun',
  };
}

function localizationOf({ settings, testMode }: Call['app'], { booking, ui }: BookingPage): object {
  const given = ui.localization;
  const silent = testMode || isMute(settings) || isSwitchedOff(booking.notify_customer_by_email);
  const promise = silent ? {} : { success_message: 'We have received your booking. You will get a mail at %s' };
  return {
    ...defaultLocalization,
    ...promise,
    ...(typeof given === 'object' && given !== null ? withoutUnset(given) : {}),
  };
}

/** The widget lays these over what the customer wrote, so that an empty text would wipe it. */
function withoutUnset(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));
}

function withDefaultFields(given: BookingPage['customerFields']): object {
  const fields = Object.entries(given).map(([key, field]) => {
    const basis = Object.hasOwn(defaultFields, key) ? defaultFields[key] : {};
    return [key, typeof field === 'object' ? { ...basis, ...field } : basis];
  });
  return { ...defaultFields, ...Object.fromEntries(fields) };
}
