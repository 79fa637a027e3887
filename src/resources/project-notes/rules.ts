import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { attachable } from '../files/attachable.ts';
import { mentionable } from '../project-activities/tell.ts';
import type { NoteFacts } from './facts.ts';

/** Nothing new is written about an archived project; what was written can still be changed. */
export function aboutOpenProject({ before, values }: Candidate, { archived }: NoteFacts): DomainError | undefined {
  if (before !== undefined || !archived.has(Number(values.project_id))) return undefined;
  return new DomainError('invalid', `project_id ${values.project_id} is archived`, { field: 'project_id' });
}

/** New files must not be deleted ones. */
export function filesAttachable(candidate: Candidate, { deletedFiles }: NoteFacts): DomainError | undefined {
  return attachable(candidate, 'files', deletedFiles);
}

/** Only people who see the project are newly mentioned. */
export function mentionsTeam(candidate: Candidate, { sees }: NoteFacts): DomainError | undefined {
  return mentionable(candidate, Number(candidate.values.project_id), sees);
}
