import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Who is invited to an event (email addresses), and what its user answered. */
export interface EventInvitation {
  readonly participants: readonly string[];
  readonly rsvp: string;
}

/** The invitations of these events; an event without any is left out. */
export async function eventInvitations(
  db: Db,
  companyId: number,
  eventIds: readonly number[],
): Promise<Map<number, EventInvitation>> {
  if (eventIds.length === 0) return new Map();
  const rows = await db.rows(sql`
    SELECT event_id, participants, rsvp FROM event_invitations
    WHERE company_id = ${companyId} AND event_id = ANY(${eventIds}::int[])`);
  return new Map(
    rows.map(([id, participants, rsvp]) => [
      Number(id),
      { participants: JSON.parse(participants ?? '[]') as string[], rsvp: rsvp ?? '' },
    ]),
  );
}

/** Stores what is given of an event's invitation. */
export async function storeEventInvitation(
  db: Db,
  companyId: number,
  eventId: number,
  given: Partial<EventInvitation>,
): Promise<void> {
  const { rsvp = null } = given;
  const participants = given.participants === undefined ? null : JSON.stringify(given.participants);
  await db.rows(sql`
    INSERT INTO event_invitations AS e (company_id, event_id, participants, rsvp)
    VALUES (${companyId}, ${eventId}, coalesce(${participants}::json, '[]'), coalesce(${rsvp}, 'accepted'))
    ON CONFLICT (company_id, event_id) DO UPDATE
    SET participants = coalesce(${participants}::json, e.participants), rsvp = coalesce(${rsvp}, e.rsvp)`);
}
