import type { Item } from '../../../engine/candidates.ts';
import type { Ctx } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { holds } from '../../../engine/permissions.ts';
import { denied } from '../../../engine/rules-of-batch.ts';
import { createOne, updateOne } from '../../../engine/values.ts';
import { DomainError } from '../../../lib/errors.ts';
import { staff } from '../../../resources/users/staff.ts';
import { permissionNames } from '../../../rules/permissions.ts';
import type { Action, Params, Tree } from '../action.ts';
import { userNamed } from '../people.ts';
import { given, idGiven, invalid, isSet, numberGiven, required } from '../read.ts';
import { momentText, plainOf } from '../shapes.ts';
import { inWordsOf } from '../words.ts';

const words = {
  first_name: 'fname',
  last_name: 'lname',
  payroll_id: 'employee_id',
  pay_rate: 'payrate',
  pay_interval: 'timeframe',
  permissions: 'permission',
};
const weeksPerYear = 52;

/** user_add */
export const userAdd: Action = async ({ ctx, params }) => {
  if (passwordIn(params) === undefined) required(params, 'passwd');
  const item = {
    ...propertiesIn(ctx, params),
    first_name: required(params, 'fname'),
    last_name: required(params, 'lname'),
    username: required(params, 'username'),
    // The password that was asked for is the one that he signs in with.
    require_password_change: false,
  };
  const user = userTree(await inWordsOf(words, createOne(ctx, staff, item)));
  return { message: 'User added successfully', fields: { user } };
};

/** user_edit: somebody by his user name, or whoever has logged in. What is not given stays. */
export const userEdit: Action = async ({ ctx, params }) => {
  const named = given(params, 'username');
  const userId = named === undefined ? ctx.actor.userId : await userNamed(ctx, named);
  const ofSomebodyElse = userId !== ctx.actor.userId && passwordIn(params) !== undefined;
  const item = {
    ...propertiesIn(ctx, params),
    ...textIn(params, 'first_name', 'fname'),
    ...textIn(params, 'last_name', 'lname'),
    ...textIn(params, 'username', 'new_username'),
    ...(ofSomebodyElse ? { require_password_change: false } : {}),
  };
  const called = { ...words, username: 'new_username' };
  const user = userTree(await inWordsOf(called, updateOne(ctx, staff, userId, item)));
  return { message: 'User edited successfully', fields: { user } };
};

/** user_delete: archives the user; his time stays. */
export const userDelete: Action = async ({ ctx, params }) => {
  const userId = await userNamed(ctx, required(params, 'username'));
  await updateOne(ctx, staff, userId, { active: false });
  return { message: 'User deleted successfully' };
};

/** What user_add and user_edit have in common. A blank email address or employee id takes it away. */
function propertiesIn(ctx: Ctx, params: Params): Item {
  const groupId = idGiven(params, 'group_id');
  const email = params.get('email')?.trim();
  const employeeId = params.get('employee_id')?.trim();
  const password = passwordIn(params);
  return {
    ...(groupId === undefined ? {} : { group_id: groupId }),
    ...(email === undefined ? {} : { email }),
    ...(employeeId === undefined ? {} : { payroll_id: employeeId }),
    ...(password === undefined ? {} : { password }),
    ...payIn(ctx, params),
    ...permissionsIn(params),
  };
}

function textIn(params: Params, property: string, name: string): Item {
  const text = given(params, name);
  return text === undefined ? {} : { [property]: text };
}

/** A password as it is, blanks around it too. */
function passwordIn(params: Params): string | undefined {
  const password = params.get('passwd');
  return password === '' ? undefined : password;
}

/** Rates of pay are kept by the hour or by the year: what is earned in a week is earned 52 times in a year. */
function payIn({ actor }: Ctx, params: Params): Item {
  const rate = numberGiven(params, 'payrate', { least: 0, most: 99_999_999 });
  const timeframe = given(params, 'timeframe')?.toLowerCase();
  if (rate === undefined) {
    if (timeframe !== undefined) required(params, 'payrate');
    return {};
  }
  if (!holds({ has: 'admin' }, actor)) throw denied('set rates of pay');
  switch (timeframe) {
    case undefined:
      return { pay_rate: rate };
    case 'hour':
    case 'year':
      return { pay_rate: rate, pay_interval: timeframe };
    case 'week':
      return { pay_rate: Math.round(rate * weeksPerYear * 10_000) / 10_000, pay_interval: 'year' };
    default:
      throw invalid('timeframe', 'hour, week or year');
  }
}

/** One permission that is switched on or off. */
function permissionsIn(params: Params): Item {
  const name = given(params, 'permission')?.toLowerCase();
  if (name === undefined) {
    if (given(params, 'perm_value') !== undefined) required(params, 'permission');
    return {};
  }
  required(params, 'perm_value');
  if (!permissionNames.some((known) => known === name))
    throw new DomainError('invalid', `There is no permission ${name}`, { field: 'permission' });
  return { permissions: { [name]: isSet(params, 'perm_value') } };
}

/** A user in an answer; pay only for those who may see it. */
function userTree(row: Values): Tree {
  const held = Array.isArray(row.permissions) ? row.permissions.map(String) : [];
  return {
    id: Number(row.id),
    fname: plainOf(row.first_name),
    lname: plainOf(row.last_name),
    username: plainOf(row.username),
    email: plainOf(row.email),
    group_id: Number(row.group_id ?? 0),
    employee_id: plainOf(row.payroll_id),
    active: plainOf(row.active),
    ...(row.pay_rate === undefined ? {} : { payrate: plainOf(row.pay_rate), timeframe: plainOf(row.pay_interval) }),
    perms: Object.fromEntries(permissionNames.map((name) => [name, held.includes(name)])),
    created: momentText(row.created),
    last_modified: momentText(row.last_modified),
  };
}
