import type { Ctx } from '../../engine/context.ts';
import { type MailAddress, mailAddress } from '../../lib/addresses.ts';
import { DAY_SECONDS, pgOfEpoch, zoneName } from '../../lib/time.ts';
import { oneLine, type Said } from '../../rules/bookings/letters.ts';
import { isMute } from '../../rules/bookings/news.ts';
import { shownName } from '../../rules/person-names.ts';
import { sql } from '../../store/sql.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';
import { type Booking, bookingColumns, bookingOf } from './booking.ts';

/** A booking with what mails say of it, and in whose name. */
export interface Told {
  readonly booking: Booking;
  /** How often calendars were told that it changed. */
  readonly sequence: number;
  /** How often it was moved within a day, up to now. */
  readonly moves: number;
  /** Where its customer gets mail; undefined where he gets none. */
  readonly customerAddress: string | undefined;
  readonly fromName: string;
  /** Whom a customer may answer. */
  readonly replyTo: MailAddress | undefined;
  readonly forCustomer: Said;
  readonly forOwner: Said;
}

/**
 * Bookings with what mails say of them, and of the seats of `groups` that stand; those are left out of which nobody is told
 * anything: of deleted ones, and where the application is a trial or has its mails switched off. Two statements.
 */
export async function toldOf(ctx: Ctx, ids: readonly number[], groups: readonly number[] = []): Promise<Told[]> {
  const { companyId } = ctx.actor;
  const rows = await ctx.db.rows(sql`
    SELECT u.first_name, u.last_name, u.display_name, c.name, a.settings, coalesce(o.what, ''), coalesce(o.location, ''),
      n.changes, n.moves, ${bookingColumns}
    FROM bookings b
    JOIN booking_apps a ON a.company_id = b.company_id AND a.id = b.app_id
    JOIN users u ON u.company_id = b.company_id AND u.id = b.user_id
    JOIN companies c ON c.id = b.company_id
    LEFT JOIN bookings o ON o.company_id = b.company_id AND o.id = b.owner_id
    CROSS JOIN LATERAL (
      SELECT count(*) AS changes,
        count(*) FILTER (WHERE l.action = 'reschedule' AND l.at > ${pgOfEpoch(ctx.now - DAY_SECONDS)}) AS moves
      FROM booking_log l WHERE l.company_id = b.company_id AND l.booking_id IN (b.id, b.owner_id)
        AND l.action IN ('reschedule', 'cancel', 'cancel_by_owner')) n
    WHERE b.company_id = ${companyId} AND b.active AND NOT a.test_mode
      AND (b.id = ANY(${ids}::int[]) OR (b.owner_id = ANY(${groups}::int[]) AND NOT b.completed))
    ORDER BY b.id`);
  const all = rows.map(([first, last, shown, company, settings, what, location, sequence, moves, ...cells]) => ({
    person: shownName({ first_name: first, last_name: last, display_name: shown }),
    company: company ?? '',
    settings: JSON.parse(settings ?? '{}') as Readonly<Record<string, unknown>>,
    group: { what: what ?? '', location: location ?? '' },
    sequence: Number(sequence),
    moves: Number(moves),
    booking: bookingOf(cells),
  }));
  const heard = all.filter(({ settings }) => !isMute(settings));
  if (heard.length === 0) return [];
  const people = await effectiveSettings(
    ctx,
    heard.map(({ booking }) => booking.userId),
  );
  return heard.map(({ booking, person, company, settings, group, sequence, moves }) => {
    const general = people.get(booking.userId);
    const ownZone = zoneName(String(general?.get('general', 'tz'))) ?? 'UTC';
    const { customer, graph, what, location, start, end } = booking;
    const replyTo = replyToOf(settings);
    const contact = replyTo === undefined ? textIn(settings.contact_name) : namedText(replyTo.name, replyTo.address);
    const clockOf24 = Number(general?.get('general', 'time_format')) === 24;
    const common = {
      what: what || group.what,
      location: location || group.location,
      start,
      end,
      clockOf24,
      company,
    };
    const zone = zoneName(textIn(customer.timezone)) ?? ownZone;
    return {
      booking,
      sequence,
      moves,
      customerAddress: graph === 'group_owner' ? undefined : mailAddress(textIn(customer.email).trim()),
      fromName: oneLine(textIn(settings.from_name)) || oneLine(company),
      replyTo,
      forCustomer: { ...common, zone, others: person, contact },
      forOwner: { ...common, zone: ownZone, others: othersOf(booking), contact: '' },
    };
  });
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function namedText(name: string, address: string): string {
  return [oneLine(name), address].filter((text) => text !== '').join(', ');
}

/** The application's contact, or else the sender that it names, who has no mails sent in his name from here. */
function replyToOf(settings: Readonly<Record<string, unknown>>): MailAddress | undefined {
  const contact = mailAddress(textIn(settings.contact_email));
  if (contact !== undefined) return { name: oneLine(textIn(settings.contact_name)), address: contact };
  const sender = mailAddress(textIn(settings.from_email));
  return sender === undefined ? undefined : { name: oneLine(textIn(settings.from_name)), address: sender };
}

/** Whom the booked person will meet. */
function othersOf({ graph, customer, currentSeats, maxSeats }: Booking): string {
  if (graph !== 'group_owner') return namedText(textIn(customer.name), textIn(customer.email));
  return maxSeats === null ? `${currentSeats} seats taken` : `${currentSeats} of ${maxSeats} seats taken`;
}
