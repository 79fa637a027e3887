import type { Values } from '../../../engine/definition.ts';
import { epochOfPg } from '../../../lib/time.ts';
import { zonesOf } from '../../../operations/bookable-people.ts';
import { profilesOf } from '../../../resources/resource-profiles/queries.ts';
import { workingHoursOf } from '../../../resources/working-hours/queries.ts';
import { calendarObjects } from '../calendars/object.ts';
import type { Call } from '../call.ts';
import { credentialObjects } from '../credentials/object.ts';
import { eventsFound } from '../events/object.ts';

/** The name of a person as every answer gives it. */
export function nameOf({ first_name: first, last_name: last }: Values): string {
  return `${first} ${last}`.trim();
}

/** Users as Timekit's resources, in the order given, with what the request includes. Reference: (c) Resources. */
export async function resourceObjects(
  call: Call,
  users: readonly Values[],
  includes: ReadonlySet<string> = call.includes,
): Promise<Record<string, unknown>[]> {
  const { ctx, writeTime } = call;
  const ids = users.map(({ id }) => Number(id));
  const zones = await zonesOf(ctx, ids);
  const profiles = await profilesOf(ctx.db, ctx.actor.companyId, ids);
  const calendars = includes.has('calendars')
    ? await calendarsWith(call, users, includes.has('calendars.events'))
    : undefined;
  const hours = includes.has('availability_constraints') ? await workingHoursOf(ctx, ids) : undefined;
  const credentials = includes.has('credentials') ? await credentialObjects(call, ids) : undefined;
  return users.map((user) => {
    const id = Number(user.id);
    const profile = profiles.get(id);
    return {
      id: user.uuid,
      name: nameOf(user),
      first_name: user.first_name,
      last_name: user.last_name,
      email: user.email === '' ? null : user.email,
      timezone: zones.get(id) ?? 'UTC',
      image: profile?.image || user.profile_image_url || null,
      meta: profile?.meta ?? {},
      created_at: writeTime(epochOfPg(String(user.created))),
      updated_at: writeTime(epochOfPg(String(user.last_modified))),
      ...(calendars === undefined
        ? {}
        : { calendars: calendars.filter(({ userId }) => userId === id).map(({ data }) => data) }),
      ...(hours === undefined ? {} : { availability_constraints: hours.get(id)?.list ?? [] }),
      ...(credentials === undefined ? {} : { credentials: credentials.get(id) ?? [] }),
      ...(includes.has('accounts') ? { accounts: [] } : {}),
    };
  });
}

/** Far more than anybody plans for the people of one page. */
const mostEvents = 1_000;

/** The calendars of these users; with their events to come, the soonest of them, where they are asked for. */
async function calendarsWith(
  call: Call,
  users: readonly Values[],
  withEvents: boolean,
): ReturnType<typeof calendarObjects> {
  const calendars = await calendarObjects(call, users);
  if (!withEvents) return calendars;
  const userIds = users.map(({ id }) => Number(id));
  const asked = { from: call.ctx.now, userIds, limit: mostEvents, offset: 0 };
  const { data: events } = await eventsFound(call, asked);
  const placed = Map.groupBy(events, ({ resource_id: owner, calendar_id: calendar }) => `${owner} ${calendar}`);
  const uuids = new Map(users.map(({ id, uuid }) => [Number(id), uuid]));
  return calendars.map(({ userId, data }) => ({
    userId,
    data: { ...data, events: placed.get(`${uuids.get(userId ?? 0)} ${data.id}`) ?? [] },
  }));
}
