import assert from 'node:assert/strict';
import type { Ctx } from '../../src/engine/context.ts';
import { contextOf } from '../../src/http/identify.ts';
import { insertPage, type PageContent } from '../../src/resources/booking-pages/queries.ts';
import { actorOf } from '../../src/resources/users/actor.ts';
import { setWorkingHours } from '../../src/resources/working-hours/set.ts';
import type { Answer } from '../support/api.ts';
import { resourceId, type Timekit } from '../support/timekit.ts';
import type { Company, Person, PersonOptions, World } from '../support/world.ts';

/** Noon in Kathmandu, on the Monday before the tests' weeks. */
export const now = Date.UTC(2026, 10, 23, 6, 15) / 1_000;

/** Somebody who can be booked. */
export interface Bookable extends Person {
  readonly uuid: string;
}

export async function bookable(world: World, company: Company, options?: PersonOptions): Promise<Bookable> {
  const person = await company.person(options);
  return { ...person, uuid: await resourceId(world, company, person.userId) };
}

/** What a person does beside HTTP. */
export async function contextFor(world: World, company: Company, { userId }: Person): Promise<Ctx> {
  const actor = await actorOf(world.services, company.id, userId);
  assert.ok(actor);
  return contextOf(world.services, { id: 'test' } as Parameters<typeof contextOf>[1], actor, 'test');
}

/** Sets the working hours of a person, as the admin. */
export async function workingHours(world: World, company: Company, of: Person, list: unknown[] | null): Promise<void> {
  await setWorkingHours(await contextFor(world, company, company.admin), of.userId, list);
}

/** A project of an application of the company; gives its UUID. */
export async function project(
  world: World,
  company: Company,
  appSlug: string,
  people: readonly Person[],
  content: Partial<PageContent> = {},
): Promise<string> {
  const [app] = await world.services.database.system.rows({
    text: 'SELECT id FROM booking_apps WHERE slug = $1',
    values: [appSlug],
  });
  const uuid = await insertPage(
    world.services.database.forCompany(company.id),
    { companyId: company.id, id: Number(app?.[0]) },
    {
      name: 'Page',
      slug: `page-${Math.random().toString(36).slice(2)}`,
      userIds: people.map(({ userId }) => userId),
      availability: {},
      booking: {},
      availabilityConstraints: [],
      customerFields: {},
      ui: {},
      reminders: [],
      meta: {},
      allowDoubleBookings: false,
      reservationSeconds: 300,
      ...content,
    },
  );
  assert.ok(uuid);
  return uuid;
}

/** A slot of an answer. */
export interface Slot {
  readonly start: string;
  readonly end: string;
  readonly resources: readonly { readonly id: string; readonly name: string; readonly timezone: string }[];
}

/** The slots of a good answer. */
export function slotsOf(answer: Answer): readonly Slot[] {
  assert.equal(answer.status, 200, answer.text);
  return answer.body.data as unknown as Slot[];
}

/** Searches; gives the starts of the slots as '12-08 09:00', in the zone of the answer. */
export async function startsOf(api: Timekit, body: object): Promise<string[]> {
  return slotsOf(await api.post('/availability', body)).map(({ start }) => start.slice(5, 16).replace('T', ' '));
}

/** Searches; gives the free stretches as '12-08 09:00/12-08 12:00', in the zone of the answer. */
export async function freeOf(api: Timekit, body: object): Promise<string[]> {
  const slots = slotsOf(await api.post('/availability', { ...body, length: null }));
  return slots.map(({ start, end }) => [start, end].map((text) => text.slice(5, 16).replace('T', ' ')).join('/'));
}
