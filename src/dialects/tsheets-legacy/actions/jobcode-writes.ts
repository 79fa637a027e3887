import type { Item } from '../../../engine/candidates.ts';
import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { updateOne } from '../../../engine/values.ts';
import { DomainError } from '../../../lib/errors.ts';
import {
  addJobcode,
  assignJobcode,
  changeJobcode,
  duplicateJobcode,
  unassignJobcode,
} from '../../../operations/jobcode-trees.ts';
import type { Action, Params } from '../action.ts';
import { userNamed } from '../people.ts';
import { given, idGiven, invalid, isSet, required } from '../read.ts';
import { jobcodeTree } from '../shapes.ts';
import { inWordsOf } from '../words.ts';

const words = { name: 'job_code_name', short_code: 'alias', assigned_to_all: 'global' };

/** jobcode_add */
export const jobcodeAdd: Action = async ({ ctx, params }) => {
  const item = {
    ...propertiesIn(params),
    name: required(params, 'job_code_name'),
    type: typeIn(params, 'job_code_type') ?? 'regular',
  };
  const made = await inWordsOf(words, addJobcode(ctx, item, { forEveryUser: isSet(params, 'assign_all') }));
  return { message: 'Jobcode added successfully', fields: { jobcode: jobcodeTree(made) } };
};

/** jobcode_edit: what is not given stays, the type too. */
export const jobcodeEdit: Action = async ({ ctx, params }) => {
  const id = requiredId(params, 'job_code_id');
  const name = given(params, 'job_code_name');
  const type = typeIn(params, 'new_job_code_type');
  if (name === undefined && type === undefined) {
    throw new DomainError('missing', 'One of the parameters job_code_name and new_job_code_type is required', {
      field: 'job_code_name',
    });
  }
  const item = { ...propertiesIn(params), ...(name === undefined ? {} : { name }) };
  const change =
    type === undefined ? updateOne(ctx, resourceOf(ctx, 'jobcodes'), id, item) : changeJobcode(ctx, id, item, type);
  const jobcode = jobcodeTree(await inWordsOf({ ...words, type: 'new_job_code_type' }, change));
  return { message: 'Jobcode edited successfully', fields: { jobcode } };
};

/** jobcode_delete: archives it with all below it; time on it stays. */
export const jobcodeDelete: Action = async ({ ctx, params }) => {
  const id = requiredId(params, 'job_code_id');
  const jobcode = jobcodeTree(await updateOne(ctx, resourceOf(ctx, 'jobcodes'), id, { active: false }));
  return { message: 'Jobcode deleted successfully', fields: { jobcode } };
};

/** jobcode_duplicate */
export const jobcodeDuplicate: Action = async ({ ctx, params }) => {
  const copy = {
    id: requiredId(params, 'copy_id'),
    name: required(params, 'duplicate_name'),
    parentId: Number(required(params, 'parent_id') && idGiven(params, 'parent_id')),
    shortCode: given(params, 'alias') ?? '',
  };
  const called = { ...words, name: 'duplicate_name', jobcode_id: 'copy_id' };
  const jobcode = jobcodeTree(await inWordsOf(called, duplicateJobcode(ctx, copy)));
  return { message: 'Jobcode duplicated successfully', fields: { jobcode } };
};

/** jobcode_assign */
export const jobcodeAssign: Action = async ({ ctx, params }) => {
  const id = requiredId(params, 'job_code_id');
  await assignJobcode(ctx, await userIn(ctx, params), id);
  return { message: 'Jobcode assigned successfully' };
};

/** jobcode_unassign */
export const jobcodeUnassign: Action = async ({ ctx, params }) => {
  const id = requiredId(params, 'job_code_id');
  await unassignJobcode(ctx, await userIn(ctx, params), id);
  return { message: 'Jobcode unassigned successfully' };
};

/** The user whose name is given, or whoever has logged in. */
async function userIn(ctx: Ctx, params: Params): Promise<number> {
  const text = given(params, 'username');
  return text === undefined ? ctx.actor.userId : userNamed(ctx, text);
}

/** What jobcode_add and jobcode_edit have in common. A blank alias takes it away. */
function propertiesIn(params: Params): Item {
  const parentId = idGiven(params, 'parent_id');
  const alias = params.get('alias')?.trim();
  return {
    ...(parentId === undefined ? {} : { parent_id: parentId }),
    ...(alias === undefined ? {} : { short_code: alias }),
    ...(given(params, 'global') === undefined ? {} : { assigned_to_all: isSet(params, 'global') }),
    ...(given(params, 'billable') === undefined ? {} : { billable: isSet(params, 'billable') }),
  };
}

function typeIn(params: Params, name: string): string | undefined {
  const type = given(params, name)?.toLowerCase();
  if (type !== undefined && type !== 'regular' && type !== 'pto') throw invalid(name, 'regular or pto');
  return type;
}

function requiredId(params: Params, name: string): number {
  required(params, name);
  const id = idGiven(params, name) ?? 0;
  if (id === 0) throw invalid(name, 'an id');
  return id;
}
