import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Answer, Json } from './api.ts';
import { resourceId, type TimekitApp, timekitApp } from './timekit.ts';
import type { Company, Person, World } from './world.ts';

/** A company that takes bookings, with people who can be booked. */
export interface Desk {
  readonly company: Company;
  readonly app: TimekitApp;
  readonly ida: Bookable;
  readonly per: Bookable;
  /** The one cell of a statement about the company. */
  cell(text: string, ...values: unknown[]): Promise<string | null>;
}

export interface Bookable extends Person {
  /** By which Timekit's clients know him. */
  readonly uuid: string;
}

/** A company with an application, and two people. */
export async function openDesk(world: World): Promise<Desk> {
  const company = await world.company({ timeZone: 'Europe/Oslo' });
  const app = await timekitApp(world, company);
  const bookable = async (): Promise<Bookable> => {
    const person = await company.person();
    return { ...person, uuid: await resourceId(world, company, person.userId) };
  };
  const db = world.services.database.forCompany(company.id);
  return {
    company,
    app,
    ida: await bookable(),
    per: await bookable(),
    cell: async (text, ...values) => (await db.rows({ text, values: [company.id, ...values] }))[0]?.[0] ?? null,
  };
}

/** 2026-11-23T09:00:00Z, a Monday: the present moment of the tests. */
export const present = Date.UTC(2026, 10, 23, 9) / 1_000;

/** A moment of Tuesday, December 1, 2026, and of the days after it, in UTC. */
export function at(hour: number, minute = 0, day = 1): string {
  return new Date(Date.UTC(2026, 11, day, hour, minute)).toISOString().replace('.000Z', '+00:00');
}

/** Who books. */
export const ola = { name: 'Ola Nordmann', email: 'ola@example.test' };

/** What is sent to book an hour of somebody from this hour on. */
export function bookingOf(person: Bookable, hour: number, more: Readonly<Record<string, unknown>> = {}): object {
  return {
    resource_id: person.uuid,
    start: at(hour),
    end: at(hour + 1),
    what: 'Visit',
    where: 'Desk 1',
    customer: ola,
    ...more,
  };
}

/** What is sent for a group of so many seats. */
export function groupOf(person: Bookable, hour: number, settings: Readonly<Record<string, unknown>> = {}): object {
  return bookingOf(person, hour, { graph: 'group_owner', settings, customer: undefined });
}

/** What is sent for a seat of a group. */
export function seatOf(group: Json, more: Readonly<Record<string, unknown>> = {}): object {
  return { graph: 'group_customer', related: { owner_booking_id: group.id }, customer: ola, ...more };
}

/** The `data` of an answer that must have this status. */
export function dataOf(answer: Answer, status = 200): Json {
  assert.equal(answer.status, status, answer.text);
  return answer.body.data as Json;
}

/** A booking page of the application, made in the database. */
export async function pageOf(
  world: World,
  desk: Desk,
  page: { users?: readonly Bookable[]; booking?: object; allowDouble?: boolean; availability?: object } = {},
): Promise<string> {
  const { company, app, ida } = desk;
  const users = (page.users ?? [ida]).map(({ userId }) => userId);
  const [row] = await world.services.database.forCompany(company.id).rows({
    text: `INSERT INTO booking_pages (company_id, app_id, slug, name, user_ids, availability, booking, allow_double_bookings)
      SELECT $1, a.id, $2, 'Front desk', $3::int[], $4, $5, $6 FROM booking_apps a
      WHERE a.company_id = $1 AND a.slug = $7 RETURNING uuid`,
    values: [
      company.id,
      `page-${randomUUID()}`,
      users,
      JSON.stringify(page.availability ?? {}),
      JSON.stringify(page.booking ?? { graph: 'instant', what: 'Visit', where: 'Desk 1' }),
      page.allowDouble ?? false,
      app.slug,
    ],
  });
  return String(row?.[0]);
}
