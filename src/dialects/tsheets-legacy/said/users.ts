import type { Schema } from '../../../http/openapi/types.ts';
import { permissionCatalog, permissionNames } from '../../../rules/permissions.ts';
import type { Said } from '../action.ts';
import { access, flag, id, moment, named, params, text, whole } from './parts.ts';

const byAdmins = 'Only admins see and set it.';

const permissions = Object.fromEntries(
  permissionCatalog.map(({ name, means }) => [name, flag(`Whether the user ${means}.`)]),
);

/** A user in an answer. */
export const userSchema: Schema = {
  ...whole({
    ...access('read-only', { id: id('Id of the user.') }),
    ...access('read-write', {
      fname: text('First name.'),
      lname: text('Last name.'),
      username: text('User name.'),
      email: text('Email address.'),
      group_id: id('Group; 0 for none.'),
      employee_id: text('Id of the user in another system, such as payroll.'),
    }),
    ...access('read-only', { active: flag('0 when the user was deleted.') }),
    ...access('read-write', {
      payrate: { type: 'number', description: 'Pay for the `timeframe`.', 'x-permission': byAdmins },
      timeframe: { enum: ['hour', 'year'], description: 'What `payrate` is paid for.', 'x-permission': byAdmins },
      perms: whole(permissions, { description: 'What the user may do, whatever admin implies.' }),
    }),
    ...access('read-only', {
      created: moment('When the user was added.'),
      last_modified: moment('When the user was changed last.'),
    }),
  }),
  description: 'Somebody of the company.',
  required: [
    ...['id', 'fname', 'lname', 'username', 'email', 'group_id', 'employee_id', 'active', 'perms'],
    ...['created', 'last_modified'],
  ],
};

const common = {
  group_id: id('Group; 0 for none.'),
  email: text('Email address.'),
  employee_id: text('Id of the user in another system, such as payroll.'),
  payrate: { type: 'number', minimum: 0, description: 'Pay for the `timeframe`.', 'x-permission': byAdmins },
  timeframe: {
    type: 'string',
    enum: ['hour', 'week', 'year'],
    description: 'What `payrate` is paid for, and only with it. A week’s pay is kept as that of 52 weeks.',
    'x-permission': byAdmins,
  },
  permission: {
    type: 'string',
    enum: permissionNames,
    description: 'A permission to give or to take, as `perm_value` says, which goes with it.',
    'x-permission': 'Admins and manage_users; `admin` only by admins.',
  },
  perm_value: flag('1 gives the permission, 0 takes it.'),
} as const satisfies Readonly<Record<string, Schema>>;

const password: Schema = {
  type: 'string',
  format: 'password',
  minLength: 10,
  description: 'Password, 10 characters at least, and no name. Blanks around it belong to it.',
};

const answer = whole({ user: named('LegacyUser') });

const moments = '2026-06-15 18:00:00';

const hannah = {
  id: 12,
  fname: 'Hannah',
  lname: 'Lindqvist',
  username: 'hannah',
  email: 'hannah@hudson.example',
  group_id: 0,
  employee_id: 'HBS-0008',
  active: 1,
  payrate: 31.5,
  timeframe: 'hour',
  perms: Object.fromEntries(
    permissionNames.map((name) => [name, name === 'mobile' || name === 'time_tracking' ? 1 : 0]),
  ),
  created: moments,
  last_modified: moments,
};

export const usersSaid = {
  userAdd: {
    tag: 'Users',
    summary: 'Add a user',
    description: 'New users may track time. Admins and manage_users add users, managers add to their own groups.',
    parameters: params(
      {
        fname: text('First name.'),
        lname: text('Last name.'),
        username: text('User name; no two users share one.'),
        passwd: password,
        ...common,
      },
      ['fname', 'lname', 'username', 'passwd'],
    ),
    fields: answer,
    examples: [
      {
        summary: 'A technician',
        params: {
          ...{ fname: 'Hannah', lname: 'Lindqvist', username: 'hannah', passwd: 'filters and fans 31' },
          ...{ group_id: 0, email: 'hannah@hudson.example', employee_id: 'HBS-0008' },
          ...{ payrate: 31.5, timeframe: 'hour' },
        },
        message: 'User added successfully',
        fields: { user: hannah },
      },
    ],
  },
  userEdit: {
    tag: 'Users',
    summary: 'Edit a user',
    description: 'What is not given stays. Everyone edits himself as far as the company’s settings go.',
    parameters: params({
      username: text('Whom to edit: user name, id or email address. Yourself when it is not given.'),
      fname: text('First name.'),
      lname: text('Last name.'),
      new_username: text('Another user name.'),
      passwd: { ...password, 'x-permission': 'Oneself, and those who may invite the user to sign in.' },
      ...common,
    }),
    fields: answer,
    examples: [
      {
        summary: 'A permission',
        params: { username: 'hannah', permission: 'manage_my_timesheets', perm_value: 1 },
        message: 'User edited successfully',
        fields: { user: { ...hannah, perms: { ...hannah.perms, manage_my_timesheets: 1 } } },
      },
    ],
  },
  userDelete: {
    tag: 'Users',
    summary: 'Delete a user',
    description: 'Archives the user: the time stays, the sessions end. Nobody is deleted while on the clock.',
    parameters: params({ username: text('Whom: user name, id or email address.') }, ['username']),
    examples: [{ summary: 'Somebody who left', params: { username: 'hannah' }, message: 'User deleted successfully' }],
  },
} as const satisfies Readonly<Record<string, Said>>;
