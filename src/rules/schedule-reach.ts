import type { Permission } from './permissions.ts';

/** How far a person's permissions about schedules reach, the narrowest first. Settings of the section schedule use these words. */
export const reaches = ['none', 'my', 'group', 'company'] as const;

export type Reach = (typeof reaches)[number];

/** What each reach grants; a wider one holds what a narrower one does. */
const managing: Readonly<Record<Reach, readonly Permission[]>> = {
  none: [],
  my: ['manage_my_schedule'],
  group: ['manage_my_schedule', 'manage_schedules'],
  company: ['manage_my_schedule', 'manage_schedules', 'manage_company_schedules'],
};
const viewing: Readonly<Record<Reach, readonly Permission[]>> = {
  none: [],
  my: ['view_my_schedules'],
  group: ['view_my_schedules', 'view_group_schedules'],
  company: ['view_my_schedules', 'view_group_schedules', 'view_company_schedules'],
};

/** The settings that limit what flags grant: what a person may manage, and what he may see. */
export interface ReachLimits {
  readonly manage: readonly string[];
  readonly view: readonly string[];
}

/** Whether any of these permissions is about schedules, so that settings may limit it. */
export function speaksOfSchedules(held: ReadonlySet<Permission>): boolean {
  return [...managing.company, ...viewing.company].some((name) => held.has(name));
}

/**
 * The permissions that a person really has: flags about schedules as far as the settings let them reach. A flag that
 * reaches too far counts as the widest one that is allowed; manage_no_schedules takes all managing away. Settings grant
 * nothing by themselves; a word that is no reach is the narrowest. Admins keep everything.
 */
export function limitSchedules(held: ReadonlySet<Permission>, limits: ReachLimits): ReadonlySet<Permission> {
  if (held.has('admin')) return held;
  const limited = new Set(held);
  const manage = held.has('manage_no_schedules') ? 'none' : narrowest(limits.manage);
  for (const [grants, limit] of [
    [managing, manage],
    [viewing, narrowest(limits.view)],
  ] as const) {
    const tooFar = grants.company.filter((name) => held.has(name) && !grants[limit].includes(name));
    for (const name of tooFar) limited.delete(name);
    if (tooFar.length > 0) for (const name of grants[limit]) limited.add(name);
  }
  return limited;
}

function narrowest(words: readonly string[]): Reach {
  const known: readonly string[] = reaches;
  return reaches[Math.min(...words.map((word) => Math.max(0, known.indexOf(word))))] ?? 'none';
}
