import { type Ctx, may } from '../../../engine/context.ts';
import { denied } from '../../../engine/rules-of-batch.ts';
import { listValues } from '../../../engine/values.ts';
import { mayAssignTo } from '../../../operations/departments.ts';
import { jobcodesOfUsers } from '../../../resources/jobcodes/assigned.ts';
import type { Action, Params } from '../action.ts';
import { idsGiven } from '../lists.ts';
import { userNamed } from '../people.ts';
import { given, numberGiven } from '../read.ts';
import { jobcodeTree } from '../shapes.ts';

const mostPerPage = 1_000;
const mostIds = 200;
/** The filters that are ours too. */
const same = ['active', 'modified_since', 'modified_before'] as const;

/** get_jobcodes: those of some parents, or of some ids. Whoever does not manage jobcodes gets those that he is assigned. */
export const getJobcodes: Action = async ({ ctx, params }) => {
  const userId = await assignee(ctx, params);
  const asked: Record<string, string> = { type: given(params, 'type') ?? 'all' };
  for (const name of same) {
    const text = given(params, name);
    if (text !== undefined) asked[name] = text;
  }
  const ids = idsGiven(params, 'ids', mostIds);
  const parentIds = idsGiven(params, 'parent_ids', mostIds);
  if (ids.length > 0) asked.ids = ids.join();
  else asked.parent_ids = parentIds.length > 0 ? parentIds.join() : '0';
  if (userId !== undefined) asked.assigned_to = String(userId);
  const perPage = numberGiven(params, 'per_page', { least: 1, most: 1_000_000, whole: true }) ?? 50;
  const { rows, more } = await listValues(ctx, jobcodesOfUsers, {
    params: asked,
    limit: Math.min(perPage, mostPerPage),
    page: numberGiven(params, 'page', { least: 1, most: 1_000_000, whole: true }) ?? 1,
  });
  return { message: 'Successfully retrieved jobcodes', fields: { jobcodes: rows.map(jobcodeTree), more } };
};

/** Whose jobcodes are meant; undefined for all. */
async function assignee(ctx: Ctx, params: Params): Promise<number | undefined> {
  const { actor } = ctx;
  const text = given(params, 'assigned_to');
  if (text === undefined) return may(actor, 'manage_jobcodes') ? undefined : actor.userId;
  const userId = await userNamed(ctx, text, 'assigned_to');
  // Whoever may assign somebody jobcodes may know which he is assigned.
  if (userId !== actor.userId && !mayAssignTo(ctx, userId)) throw denied('manage that user');
  return userId;
}
