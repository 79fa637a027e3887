import { resourceOf } from '../../../engine/context.ts';
import { layoutOf } from '../../../engine/layout.ts';
import { lookup } from '../../../engine/lookup.ts';
import { idsOfUuids } from '../../../engine/values.ts';
import { usersOfEmails } from '../../../resources/resource-profiles/queries.ts';
import { workingHoursOf } from '../../../resources/working-hours/queries.ts';
import { type Call, onlyOf } from '../call.ts';
import { nameOf } from '../resources/object.ts';

/** Somebody who can be booked, as answers name him. */
export interface Person {
  readonly userId: number;
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
}

/** People in one search; more take too long. */
export const mostPeople = 500;

/** The active users of these ids whom the key reaches, in this order. */
export async function peopleOf(call: Call, userIds: readonly number[]): Promise<Person[]> {
  const { ctx } = call;
  const users = resourceOf(ctx, 'users');
  const only = onlyOf(call);
  const wanted = userIds.filter((id) => only === undefined || only === id);
  const rows = await lookup(ctx, users, wanted);
  const hours = await workingHoursOf(ctx, rows.keys());
  const { values } = layoutOf(users);
  return [...new Set(wanted)].flatMap((userId) => {
    const cells = rows.get(userId);
    const user = cells === undefined ? undefined : values(cells);
    if (user?.active !== true) return [];
    return { userId, id: String(user.uuid), name: nameOf(user), timezone: hours.get(userId)?.zone ?? 'UTC' };
  });
}

/** The same by their UUIDs; what names none of them is given as unknown. */
export async function peopleNamed(
  call: Call,
  uuids: readonly string[],
): Promise<{ people: Person[]; unknown: readonly string[] }> {
  const ids = await idsOfUuids(call.ctx, resourceOf(call.ctx, 'users'), uuids);
  const people = await peopleOf(
    call,
    uuids.flatMap((uuid) => ids.get(uuid.toLowerCase()) ?? []),
  );
  const known = new Set(people.map(({ id }) => id));
  return { people, unknown: uuids.filter((uuid) => !known.has(uuid.toLowerCase())) };
}

/** The same by their email addresses. */
export async function peopleOfEmails(call: Call, emails: readonly string[]): ReturnType<typeof peopleNamed> {
  const { ctx } = call;
  const ids = await usersOfEmails(ctx.db, ctx.actor.companyId, emails);
  const idOf = (email: string): number[] => ids.get(email.trim().toLowerCase()) ?? [];
  const people = await peopleOf(call, emails.flatMap(idOf));
  const known = new Set(people.map(({ userId }) => userId));
  return { people, unknown: emails.filter((email) => !idOf(email).some((id) => known.has(id))) };
}
