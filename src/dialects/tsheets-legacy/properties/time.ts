import { resourceOf } from '../../../engine/context.ts';
import { valuesById } from '../../../engine/values.ts';
import { isLoggedIn } from '../../../operations/legacy-sessions.ts';
import type { Permission } from '../../../rules/permissions.ts';
import type { Tree } from '../action.ts';
import type { Facts, Property } from './facts.ts';

/** The permissions that the reference lists, in its order. */
export const shownPermissions: readonly Permission[] = [
  'admin',
  'mobile',
  'status_box',
  'reports',
  'manage_timesheets',
  'manage_authorization',
  'manage_users',
  'manage_my_timesheets',
];

/** Seconds as hours and minutes, the rest cut: '1:17'. */
function hoursAndMinutes(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A total in both forms, such as day_total and day_total_seconds. */
export function totalOf(name: string, seconds: number): Readonly<Record<string, Tree>> {
  return { [name]: hoursAndMinutes(seconds), [`${name}_seconds`]: seconds };
}

const loggedIn: Property = async ({ call: { services, ctx }, userId }) => {
  const { actor, now } = ctx;
  const user = { companyId: actor.companyId, userId };
  return { logged_in: userId === actor.userId || (await isLoggedIn(services, user, now)) };
};

const currentJobcode: Property = async (facts) => {
  const open = (await facts.person())?.open;
  return { current_jobcode: open?.jobcodeId ?? '', current_jobcode_name: open?.jobcodeName ?? '' };
};

const clockedIn: Property = async (facts) => {
  const open = (await facts.person())?.open;
  return open === undefined ? { clocked_in: false } : { clocked_in: true, ...(await currentJobcode(facts)) };
};

const clockedInFor: Property = async (facts) => {
  const open = (await facts.person())?.open;
  return { clocked_in_for: hoursAndMinutes(open === undefined ? 0 : Math.max(0, facts.call.ctx.now - open.start)) };
};

const dayTotal: Property = async (facts) => totalOf('day_total', (await facts.seconds()).day);

const weekTotal: Property = async (facts) => ({
  ...totalOf('shift_total', (await facts.seconds()).shift),
  ...totalOf('day_total', (await facts.seconds()).day),
  ...totalOf('week_total', await facts.weekSeconds()),
});

async function notes(facts: Facts): ReturnType<Property> {
  const { ctx } = facts.call;
  const open = (await facts.person())?.open;
  if (open === undefined) return { notes: '' };
  return { notes: String((await valuesById(ctx, resourceOf(ctx, 'timesheets'), open.timesheetId)).notes) };
}

const perms: Property = async (facts) => {
  const { permissions } = await facts.user();
  const held = new Set<unknown>(Array.isArray(permissions) ? permissions : []);
  return { perms: Object.fromEntries(shownPermissions.map((name) => [name, held.has(name)])) };
};

/** About the time of a user, and what he may do. */
export const timeProperties: Readonly<Record<string, Property>> = {
  logged_in: loggedIn,
  clocked_in: clockedIn,
  day_total: dayTotal,
  week_total: weekTotal,
  notes,
  current_jobcode: currentJobcode,
  clocked_in_for: clockedInFor,
  perms,
};
