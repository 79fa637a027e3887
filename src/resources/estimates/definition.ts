import { type Ctx, resourceOf } from '../../engine/context.ts';
import { type Candidate, defineResource, type Values, type Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { loadByIds, lookup } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { seesProject } from '../projects/definition.ts';
import { archiveItems } from './cascades.ts';

/** What the rules know about a batch of estimates. */
interface EstimateFacts {
  fields: ReadonlyMap<number, Values>;
  projects: ReadonlyMap<number, Values>;
  /** Ids of active estimates by project; negative for those that are new in this batch. */
  active: Map<number, number>;
}

async function estimateFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<EstimateFacts> {
  const projectIds = candidates.map(({ values }) => Number(values.project_id));
  const [fields, projects] = [resourceOf(ctx, 'customfields'), resourceOf(ctx, 'projects')];
  const fieldRows = await lookup(
    ctx,
    fields,
    candidates.flatMap(({ values }) => Number(values.estimate_by__id ?? 0)),
  );
  const projectRows = await loadByIds(ctx, projects, projectIds);
  const active = await ctx.db.rows(sql`
    SELECT project_id, id FROM estimates
    WHERE company_id = ${ctx.actor.companyId} AND project_id = ANY(${projectIds}::int[]) AND active`);
  return {
    fields: new Map([...fieldRows].map(([id, cells]) => [id, layoutOf(fields).values(cells)])),
    projects: new Map([...projectRows].map(([id, cells]) => [id, layoutOf(projects).values(cells)])),
    active: new Map(active.map(([projectId, id]) => [Number(projectId), Number(id)])),
  };
}

/** An estimate is for the whole project, or by the items of an active managed list of timesheets. */
function estimatesBy({ values, before }: Candidate, { fields }: EstimateFacts): DomainError | undefined {
  if (before !== undefined) return undefined;
  const refuse = (detail: string): DomainError => new DomainError('invalid', detail, { field: 'estimate_by__id' });
  const id = values.estimate_by__id;
  if (values.estimate_by === 'none')
    return id === null ? undefined : refuse('estimate_by__id must be 0 when estimate_by is none');
  if (id === null) return refuse('estimate_by__id must be given when estimate_by is customfields');
  const field = fields.get(Number(id));
  if (field?.active !== true) return refuse(`estimate_by__id ${id} is archived`);
  return field.applies_to === 'timesheet' && field.type === 'managed-list'
    ? undefined
    : refuse(`estimate_by__id ${id} must be a custom field of timesheets with a managed list`);
}

/** A project that is not archived has one active estimate at most. */
function onlyActive({ id, values, before }: Candidate, facts: EstimateFacts): DomainError | undefined {
  if (values.active !== true || before?.active === true) return undefined;
  if (facts.projects.get(Number(values.project_id))?.active !== true)
    return new DomainError('invalid', `project_id ${values.project_id} is archived`, { field: 'project_id' });
  const other = facts.active.get(Number(values.project_id));
  return other === undefined || other === id
    ? undefined
    : new DomainError('conflict', 'Oops! The project has an active estimate already; archive it first', {
        field: 'project_id',
      });
}

/** With an estimate its items are archived. */
async function archiveWith(ctx: Ctx, written: readonly Written[]): Promise<Map<string, Set<number>>> {
  const archived = written.filter(({ candidate: { before, values } }) => before?.active === true && !values.active);
  const items = await archiveItems(
    ctx,
    archived.map(({ id }) => id),
  );
  return items.length === 0 ? new Map() : new Map([['estimate_items', new Set(items)]]);
}

/** How the time that a project needs is estimated. Reference: 09-estimates.md. */
export const estimates = defineResource<EstimateFacts>({
  name: 'estimates',
  singular: 'estimate',
  says: 'The budget of a project in hours: one sum, or one for each value of a custom field.',
  spec: '09-estimates.md',
  table: 'estimates',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the estimate.' },
    project_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'projects',
      required: true,
      says: 'Project that is estimated.',
    },
    active: {
      type: 'boolean',
      mode: 'read-write',
      byDefault: true,
      says: 'False for an archived estimate, whose items are archived too. One of a project is active at most.',
    },
    created: { type: 'instant', mode: 'read-only', says: 'When the estimate was created.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the estimate was changed last.' },
    estimate_by: {
      type: 'choice',
      mode: 'write-once',
      values: ['none', 'customfields'],
      required: true,
      says: 'none for the project as a whole, customfields for the items of a custom field.',
    },
    estimate_by__id: {
      type: 'reference',
      mode: 'write-once',
      references: 'customfields',
      says: 'Custom field whose items are estimated; 0 when estimate_by is none.',
    },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    { resource: 'projects', ids: (rows, at) => rows.map((cells) => Number(cells[at('project_id')])) },
    { resource: 'customfields', ids: (rows, at) => rows.map((cells) => Number(cells[at('estimate_by__id')] ?? 0)) },
  ],
  turns: 'jobcodes',
  touches: ['estimate_items'],
  verbs: new Set(['list', 'create', 'update']),
  allow: {
    view: seesProject('project_id'),
    create: { has: 'manage_projects' },
    update: { has: 'manage_projects' },
    remove: 'nobody',
  },
  refusals: { conflict: 'The project has an active estimate already.' },
  denied: { create: 'create estimates', update: 'edit estimates', remove: 'delete estimates' },
  hooks: {
    facts: estimateFacts,
    check: [estimatesBy, onlyActive],
    accept: ({ id, index, values }, { active }) => {
      const [project, own] = [Number(values.project_id), id ?? -1 - index];
      if (values.active === true) active.set(project, own);
      else if (active.get(project) === own) active.delete(project);
    },
    after: archiveWith,
  },
});
