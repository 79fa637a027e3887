import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { note as noteJobcode, rightPlace, shareLikeParent, uniqueUnderParent } from '../jobcodes/rules.ts';
import type { ProjectFacts } from './facts.ts';

/** A new project stands on a jobcode that is given, or on a new one; that its own rules allow is checked later. */
export function adopt(candidate: Candidate, facts: ProjectFacts): DomainError | undefined {
  const jobcode = facts.jobcodeOf.get(candidate);
  if (jobcode === undefined || jobcode instanceof DomainError) return jobcode;
  const { values, before, given } = candidate;
  if (before !== undefined) return undefined;
  if (jobcode.before === undefined) {
    shareLikeParent(jobcode, facts.jobcodes);
    return undefined;
  }
  const refusal = notAdoptable(Number(values.jobcode_id), jobcode.before.type, facts);
  if (refusal !== undefined) return refusal;
  const parent = jobcode.before.parent_id ?? null;
  if (given.has('parent_jobcode_id') && values.parent_jobcode_id !== parent) {
    return new DomainError('invalid', `parent_jobcode_id must be the parent of jobcode ${values.jobcode_id}`, {
      field: 'parent_jobcode_id',
    });
  }
  values.parent_jobcode_id = parent;
  values.name = jobcode.before.name ?? '';
  return undefined;
}

/** Why a jobcode can not become a project, undefined when it can. */
function notAdoptable(id: number, type: unknown, facts: ProjectFacts): DomainError | undefined {
  const node = facts.jobcodes.tree.node(id);
  const refuse = (detail: string): DomainError => new DomainError('invalid', detail, { field: 'jobcode_id' });
  if (type !== 'regular') return refuse(`jobcode_id ${id} is of type ${type}; a project needs a regular jobcode`);
  if (node?.isProject || facts.mapped.has(id)) return refuse(`jobcode_id ${id} belongs to a project already`);
  if (node?.active !== true) return refuse(`jobcode_id ${id} is archived`);
  return facts.withChildren.has(id) ? refuse(`jobcode_id ${id} has children, so it can not be a project`) : undefined;
}

/** Sets the day on which a project is completed, unless it is given, and empties it when the project is open again. */
export function completeOrReopen(candidate: Candidate, { today }: ProjectFacts): undefined {
  const { values, before } = candidate;
  const [was, is] = [before?.status === 'complete', values.status === 'complete'];
  if (is && !was && values.completed_date === null) values.completed_date = today;
  if (was && !is && !changes(candidate, 'completed_date')) values.completed_date = null;
}

const dates = ['start_date', 'due_date', 'completed_date'] as const;

/** Clients send back whole projects: a day that is as it was is not given. */
function changes({ values, before, given }: Candidate, name: (typeof dates)[number]): boolean {
  return given.has(name) && values[name] !== before?.[name];
}

/** Nothing is due or completed before it starts. Days that stay as they were are not judged again. */
export function datesInOrder(candidate: Candidate): DomainError | undefined {
  if (!dates.some((name) => changes(candidate, name))) return undefined;
  const { start_date: start, due_date: due, completed_date: completed } = candidate.values;
  if (start === null) return undefined;
  if (due !== null && String(due) < String(start)) {
    return new DomainError('invalid', 'start_date must be before due_date', { field: 'start_date' });
  }
  return completed !== null && changes(candidate, 'completed_date') && String(completed) < String(start)
    ? new DomainError('invalid', 'completed_date must be after start_date', { field: 'completed_date' })
    : undefined;
}

/** The jobcode must be what jobcodes may be: its name unique under its parent, which is active and no project. */
export function followsJobcodeRules(candidate: Candidate, facts: ProjectFacts): DomainError | undefined {
  const jobcode = facts.jobcodeOf.get(candidate);
  if (jobcode === undefined || jobcode instanceof DomainError) return jobcode;
  if (candidate.values.name === '') return new DomainError('invalid', 'name must not be blank', { field: 'name' });
  const parent = Number(jobcode.values.parent_id ?? 0);
  if (facts.mapped.has(parent)) {
    return new DomainError('invalid', `Jobcode ${parent} is a project, so it can not have children`, {
      field: 'parent_jobcode_id',
    });
  }
  const refusal = rightPlace(jobcode, facts.jobcodes) ?? uniqueUnderParent(jobcode, facts.jobcodes);
  if (refusal?.field !== 'parent_id') return refusal;
  const detail = refusal.detail.replace(/^parent_id\b/, 'parent_jobcode_id');
  return new DomainError(refusal.kind, detail, { field: 'parent_jobcode_id' });
}

/** Later items of the batch see what this one does to its jobcode. */
export function note(candidate: Candidate, facts: ProjectFacts): void {
  const jobcode = facts.jobcodeOf.get(candidate);
  if (jobcode === undefined || jobcode instanceof DomainError) return;
  noteJobcode(jobcode, facts.jobcodes);
  if (jobcode.id === undefined) facts.withChildren.add(Number(jobcode.values.parent_id ?? 0));
  else facts.mapped.add(jobcode.id);
}
