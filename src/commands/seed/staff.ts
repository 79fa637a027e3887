import type { Item } from '../../engine/candidates.ts';
import type { Ctx } from '../../engine/context.ts';
import { setSettings } from '../../resources/effective-settings/queries.ts';
import { payPeriodEnd } from './calendar.ts';
import { groupNames } from './people.ts';
import { idOf, type Writer } from './writer.ts';
import type { PlannedPerson } from './year.ts';

/** Makes groups, people and settings; gives the ids of people by username. */
export async function makeStaff(
  ctx: Ctx,
  writer: Writer,
  people: readonly PlannedPerson[],
): Promise<ReadonlyMap<string, number>> {
  const { companyId, userId: adminId } = ctx.actor;
  const made = await writer.create(
    'groups',
    groupNames.map((name) => ({ name })),
  );
  const groups = new Map<string, number>(groupNames.map((name, index) => [name, made[index] ?? 0]));
  const others = people.filter(({ admin }) => !admin);
  const ids = await writer.create(
    'users',
    others.map((person) => ({ ...userItem(person, groups), require_password_change: false })),
  );
  const users = new Map(others.map(({ username }, index) => [username, ids[index] ?? 0]));
  for (const person of people) {
    if (!person.admin) continue;
    users.set(person.username, adminId);
    await writer.update('users', [{ id: adminId, ...userItem(person, groups) }]);
  }
  await writer.update(
    'groups',
    people.flatMap(({ username, manages }) =>
      manages === undefined ? [] : [{ id: idOf(groups, manages), manager_ids: [idOf(users, username)] }],
    ),
  );
  await setSettings(ctx, companyId, 'company', 0, 'general', {
    payroll_type: 'biweekly',
    payroll_end_date: payPeriodEnd,
  });
  await setSettings(ctx, companyId, 'company', 0, 'approvals', { employee_approval: 1 });
  for (const { username, zone } of people) {
    if (zone !== undefined) await setSettings(ctx, companyId, 'user', idOf(users, username), 'general', { tz: zone });
  }
  return users;
}

function userItem(person: PlannedPerson, groups: ReadonlyMap<string, number>): Item {
  const { username, first, last, group, number, hireDay, salaried = false, exempt = false, permissions } = person;
  return {
    username,
    first_name: first,
    last_name: last,
    email: `${username}@demo.example.com`,
    group_id: idOf(groups, group),
    employee_number: number,
    payroll_id: `HBS-${String(number).padStart(4, '0')}`,
    mobile_number: `+1 212 555 01${String(number).padStart(2, '0')}`,
    hire_date: hireDay,
    salaried,
    exempt,
    permissions: Object.fromEntries(permissions.map((name) => [name, true])),
  };
}

/** Submits and approves what is due, and archives those who left: after their time is recorded. */
export async function finishStaff(
  writer: Writer,
  people: readonly PlannedPerson[],
  users: ReadonlyMap<string, number>,
): Promise<void> {
  await writer.update(
    'users',
    people.map(({ username, submittedTo, approvedTo, termDay }) => ({
      id: idOf(users, username),
      submitted_to: submittedTo,
      approved_to: approvedTo,
      ...(termDay === undefined ? {} : { term_date: termDay, active: false }),
    })),
  );
}
