import { type Definition, defineResource, type Field } from '../../engine/definition.ts';
import { withBalances } from '../pto-balances/complete.ts';
import { afterApprovals, checkApprovalDates } from './approval.ts';
import { checkAuthority } from './authority.ts';
import { type UserFacts, userFacts } from './facts.ts';
import { fields } from './fields.ts';
import { follow } from './follow.ts';
import { pinIsFree, storePins } from './pins.ts';
import { archivable, groupIsActive, keepAnAdmin, prepareUser, remember, unique, usualJobcode } from './rules.ts';
import { afterUsers, checkSecrets } from './secrets.ts';

const seesEveryone = [
  { has: 'manage_users' },
  { has: 'manage_timesheets' },
  { has: 'approve_timesheets' },
  { has: 'reports' },
  { has: 'status_box' },
  { has: 'manage_jobcodes' },
  // A schedule without the names of its people is of no use.
  { has: 'manage_company_schedules' },
  { has: 'view_company_schedules' },
  { all: [{ has: 'view_group_schedules' }, { colleague: 'id' }] },
] as const;

/** Users with these fields, whose passwords are set as `secrets` allows. */
export function usersWith(fields: Readonly<Record<string, Field>>, secrets: typeof checkSecrets): Definition {
  return defineResource<UserFacts>({
    name: 'users',
    singular: 'user',
    says: 'A person of the company: who he is, what he may do, and how far his time is submitted and approved.',
    spec: '35-users.md',
    table: 'users',
    fields,
    columns: { uuid: 'text' },
    filters: {
      ids: { kind: 'ids', column: 'id' },
      not_ids: { kind: 'ids', column: 'id', except: true },
      employee_numbers: { kind: 'integers', column: 'employee_number' },
      usernames: { kind: 'texts', column: 'username', folded: true },
      group_ids: { kind: 'ids', column: 'group_id', zeroIsNull: true },
      not_group_ids: { kind: 'ids', column: 'group_id', zeroIsNull: true, except: true },
      payroll_ids: { kind: 'texts', column: 'payroll_id' },
      active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
      first_name: { kind: 'wildcard', column: 'first_name' },
      last_name: { kind: 'wildcard', column: 'last_name' },
      employment: { kind: 'show' },
      modified_before: { kind: 'before', column: 'last_modified' },
      modified_since: { kind: 'since', column: 'last_modified' },
    },
    sort: [{ sql: 't.id', type: 'integer' }],
    follow,
    cached: true,
    complete: withBalances,
    alternateKey: ['username'],
    verbs: new Set(['list', 'create', 'update']),
    allow: {
      view: { any: [{ self: 'id' }, { managesGroup: 'group_id' }, ...seesEveryone] },
      create: { any: [{ has: 'manage_users' }, { managesGroup: 'group_id' }] },
      update: {
        any: [{ self: 'id' }, { managesGroup: 'group_id' }, { has: 'manage_users' }, { has: 'approve_timesheets' }],
      },
      remove: 'nobody',
    },
    refusals: {
      conflict:
        'The username, the PIN, the email address or the payroll id belongs to somebody else, the person is still on the clock, or the company would be left without an admin.',
    },
    denied: { create: 'create users', update: 'edit that user', remove: 'delete users' },
    hooks: {
      facts: userFacts,
      prepare: prepareUser,
      check: [
        checkAuthority,
        checkApprovalDates,
        secrets,
        unique,
        pinIsFree,
        usualJobcode,
        groupIsActive,
        archivable,
        keepAnAdmin,
      ],
      accept: remember,
      after: async (ctx, written, facts) => {
        const touched = await afterUsers(ctx, written);
        await storePins(ctx, written, facts);
        await afterApprovals(ctx, written);
        return touched;
      },
    },
  });
}

/** The people of a company. Reference: 35-users.md. What each may change of whom: authority.ts. */
export const users = usersWith(fields, checkSecrets);
