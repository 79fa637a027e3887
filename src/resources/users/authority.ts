import { type Ctx, may } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import type { DomainError } from '../../lib/errors.ts';
import type { Permission } from '../../rules/permissions.ts';
import type { SettingsReader } from '../effective-settings/queries.ts';
import { changedFields, permissionsOf } from './changes.ts';
import type { UserFacts } from './facts.ts';

/** What everyone may change of himself, unless the settings say otherwise. */
const ownFields = ['first_name', 'last_name', 'display_name', 'email', 'mobile_number', 'password', 'login_pin', 'pin'];
/** Settings that keep people from changing single properties of their own. */
const ownSwitches: Readonly<Record<string, string>> = { email: 'emp_panel_email', password: 'emp_panel_passwd' };
/** Their own rules decide about these: approval.ts. */
const approvalFields = new Set(['submitted_to', 'approved_to']);
/** Whoever sets these can take the account over. */
const keys = new Set(['username', 'email', 'login_pin', 'pin', 'active', 'require_password_change']);
/** Permissions that reach beyond oneself and one's group. */
const farReaching: readonly Permission[] = [
  'admin',
  'manage_users',
  'manage_timesheets',
  'approve_timesheets',
  'manage_jobcodes',
  'manage_authorization',
  'manage_company_schedules',
  'reports',
  'external_access',
];

/**
 * What people may change of themselves by the settings of the employee panel. A password that must be changed can always
 * be changed. Reference: 07-effective-settings.md, emp_panel.
 */
function mayChangeOwn(name: string, before: Values | undefined, settings: SettingsReader | undefined): boolean {
  if (name === 'password' && before?.require_password_change === true) return true;
  if (!ownFields.includes(name) || settings?.isOn('general', 'emp_panel') === false) return false;
  const setting = ownSwitches[name];
  return setting === undefined || settings?.isOn('general', setting) !== false;
}

/** Whether the actor manages the group that a user belongs to. */
export function managesGroupOf({ actor }: Ctx, row: Values | undefined): boolean {
  return typeof row?.group_id === 'number' && actor.managedGroupIds.includes(row.group_id);
}

/** Whether a user may do what reaches far and the actor may not. */
function reachesFarther(row: Values | undefined, { actor }: Ctx): boolean {
  return farReaching.some((name) => permissionsOf(row).includes(name) && !actor.permissions.has(name));
}

/** Whether a user may do something that reaches far and that he could not do before. */
export function gainsReach({ before, values }: Candidate): boolean {
  return farReaching.some((name) => permissionsOf(values).includes(name) && !permissionsOf(before).includes(name));
}

/** Whether the actor may give somebody a way into a user's account: as with the keys that he may change. */
export function mayLetIn(ctx: Ctx, row: Values): boolean {
  if (ctx.actor.permissions.has('admin')) return true;
  if (permissionsOf(row).includes('admin')) return false;
  return may(ctx.actor, 'manage_users') || (managesGroupOf(ctx, row) && !reachesFarther(row, ctx));
}

/**
 * Decides which properties the actor may change. manage_users: all, but only an admin gives or takes `admin` or touches an
 * admin. A group's manager: all of a member but permissions, and no keys of somebody who may do more than he. Oneself: the
 * harmless ones. Sending back what is stored is no change.
 */
export function checkAuthority(candidate: Candidate, { ownSettings }: UserFacts, ctx: Ctx): DomainError | undefined {
  const { actor } = ctx;
  const { before, values, id } = candidate;
  if (actor.permissions.has('admin')) return undefined;
  const changed = changedFields(candidate).filter((name) => !approvalFields.has(name));
  if (changed.length === 0) return undefined;
  const self = id === actor.userId;
  const managesPeople = may(actor, 'manage_users');
  const managesThem = managesGroupOf(ctx, before ?? values);

  if (permissionsOf(before).includes('admin') !== permissionsOf(values).includes('admin'))
    return denied(before === undefined ? 'create an administrator' : 'change who is an administrator');
  if (!self && permissionsOf(before).includes('admin')) return denied('edit an administrator');
  if (managesPeople) return undefined;
  if (changed.includes('permissions')) return denied('change permissions');
  if (managesThem) {
    const touched = self ? [] : changed.filter((name) => keys.has(name));
    return touched.length > 0 && reachesFarther(before, ctx)
      ? denied(`change ${touched.join(', ')} of somebody who may do more than you`)
      : undefined;
  }
  const refused = self ? changed.filter((name) => !mayChangeOwn(name, before, ownSettings)) : changed;
  return refused.length === 0 ? undefined : denied(`change ${refused.join(', ')}`);
}
