import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { mentionable } from '../project-activities/tell.ts';
import type { ReplyFacts } from './facts.ts';

/** Nothing new is replied to what is archived, alone or with its project; what was replied can still be changed. */
export function toOpenActivity({ before, values }: Candidate, { activities }: ReplyFacts): DomainError | undefined {
  const id = Number(values.project_activity_id);
  const activity = activities.get(id);
  if (before !== undefined || activity === undefined) return undefined;
  values.project_id = activity.projectId;
  if (activity.active && activity.projectActive) return undefined;
  const what = activity.projectActive ? 'is archived' : 'belongs to an archived project';
  return new DomainError('invalid', `project_activity_id ${id} ${what}`, { field: 'project_activity_id' });
}

/** Only people who see the project are newly mentioned. */
export function mentionsTeam(candidate: Candidate, { sees }: ReplyFacts): DomainError | undefined {
  return mentionable(candidate, Number(candidate.values.project_id), sees);
}
