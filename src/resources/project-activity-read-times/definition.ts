import { type Ctx, resourceOf } from '../../engine/context.ts';
import { type Candidate, defineResource, type Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';

/** The actor's own rows by project; 0 stands for one that this batch makes. */
type ReadTimeFacts = Map<number, Values>;

async function ownReadTimes(ctx: Ctx, candidates: readonly Candidate[]): Promise<ReadTimeFacts> {
  const layout = layoutOf(resourceOf(ctx, 'project_activity_read_times'));
  const rows = await ctx.db.rows(sql`
    SELECT ${layout.select} FROM project_activity_read_times t
    WHERE t.company_id = ${ctx.actor.companyId} AND t.user_id = ${ctx.actor.userId}
      AND t.project_id = ANY(${candidates.map(({ values }) => Number(values.project_id))}::int[])`);
  return new Map(
    rows.map((cells) => {
      const values = layout.values(cells);
      return [Number(values.project_id), values];
    }),
  );
}

/** To when the one who asks has read what happened on projects. Reference: 24-project-activity-read-times.md. */
export const projectActivityReadTimes = defineResource<ReadTimeFacts>({
  name: 'project_activity_read_times',
  singular: 'project activity read time',
  says: 'Up to when a person has read what happened in a project.',
  spec: '24-project-activity-read-times.md',
  table: 'project_activity_read_times',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the read time.' },
    user_id: { type: 'reference', mode: 'write-once', references: 'users', says: 'User who has read; only oneself.' },
    project_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'projects',
      required: true,
      says: 'Project whose activities were read.',
    },
    latest_read_time: { type: 'instant', mode: 'read-only', says: 'When the user said last that he has read them.' },
  },
  columns: { last_modified: 'instant' },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    // The reference calls ids those of projects, but its example asks for ids of read times.
    project_ids: { kind: 'ids', column: 'project_id' },
    // An admin may see those of others.
    own: {
      kind: 'yes-no-both-sql',
      says: 'Those of the caller (yes), of others (no), or both.',
      byDefault: 'yes',
      where: (yes, _companyId, { actor: { userId } }) =>
        yes ? sql`t.user_id = ${userId}` : sql`t.user_id <> ${userId}`,
    },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    { resource: 'users', ids: (rows, at) => rows.map((cells) => Number(cells[at('user_id')])) },
    { resource: 'projects', ids: (rows, at) => rows.map((cells) => Number(cells[at('project_id')])) },
  ],
  busy: true,
  verbs: new Set(['list', 'create']),
  allow: { view: { self: 'user_id' }, create: 'everyone', update: 'nobody', remove: 'nobody' },
  denied: { create: 'read for somebody else', update: 'edit read times', remove: 'delete read times' },
  hooks: {
    facts: ownReadTimes,
    prepare: (candidate, known, ctx) => {
      const { values } = candidate;
      values.user_id ??= ctx.actor.userId;
      if (values.user_id !== ctx.actor.userId)
        return new DomainError('invalid', 'user_id must be your own', { field: 'user_id' });
      values.latest_read_time = ctx.now;
      const stored = known.get(Number(values.project_id));
      const id = Number(stored?.id ?? 0);
      if (stored !== undefined && id > 0) candidate.existing = { id, code: 'same', stored };
      return undefined;
    },
    accept: ({ values, existing }, known) => known.set(Number(values.project_id), { ...values, id: existing?.id ?? 0 }),
  },
});
