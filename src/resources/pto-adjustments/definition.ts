import { type Ctx, may } from '../../engine/context.ts';
import { type Candidate, defineResource } from '../../engine/definition.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import { DomainError } from '../../lib/errors.ts';
import { type JobcodeFacts, jobcodeFacts, onTimeOff } from '../pto-policies/rules.ts';

/** 10000 hours. */
const most = 36_000_000;

/** An adjustment says something, and nobody but an admin makes one of his own balance. */
function checkAdjustment({ values }: Candidate, _: JobcodeFacts, ctx: Ctx): DomainError | undefined {
  if (values.user_id === ctx.actor.userId && !may(ctx.actor, 'admin')) return denied('adjust your own balance');
  if (values.seconds === 0) return new DomainError('invalid', 'seconds must not be 0', { field: 'seconds' });
  return undefined;
}

/**
 * Opening balances and corrections of paid time off. One is never changed: another one takes it back. An addition to the
 * reference.
 */
export const ptoAdjustments = defineResource<JobcodeFacts>({
  name: 'pto_adjustments',
  singular: 'adjustment of paid time off',
  says: "A change of somebody's balance of paid time off by hand. An addition of this server.",
  spec: 'none',
  table: 'pto_adjustments',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the adjustment.' },
    user_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'users',
      required: true,
      says: 'User whose balance it changes.',
    },
    jobcode_id: {
      type: 'reference',
      mode: 'write-once',
      references: 'jobcodes',
      required: true,
      says: 'Jobcode of type pto whose balance it changes.',
    },
    date: { type: 'day', mode: 'write-once', required: true, says: 'Day from which on it counts.' },
    seconds: {
      type: 'integer',
      mode: 'write-once',
      required: true,
      least: -most,
      most,
      says: 'Seconds that are added; negative to take them away.',
    },
    note: { type: 'text', mode: 'write-once', longest: 2000, says: 'Why.' },
    created_by_user_id: {
      type: 'reference',
      mode: 'read-only',
      ownByDefault: true,
      says: 'User who made the adjustment.',
    },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When it was made.' },
    created: { type: 'instant', mode: 'read-only', says: 'When it was made.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    user_ids: { kind: 'ids', column: 'user_id' },
    jobcode_ids: { kind: 'ids', column: 'jobcode_id' },
    start_date: { kind: 'day-from', column: 'date' },
    end_date: { kind: 'day-to', column: 'date' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [
    { sql: 't.date', type: 'date' },
    { sql: 't.id', type: 'integer' },
  ],
  follow: [
    {
      resource: 'users',
      ids: (rows, at) =>
        rows.flatMap((cells) => [Number(cells[at('user_id')]), Number(cells[at('created_by_user_id')])]),
    },
    { resource: 'jobcodes', ids: (rows, at) => rows.map((cells) => Number(cells[at('jobcode_id')])) },
  ],
  busy: true,
  verbs: new Set(['list', 'create']),
  allow: {
    view: {
      any: [
        { self: 'user_id' },
        { manages: 'user_id' },
        { has: 'manage_users' },
        { has: 'manage_timesheets' },
        { has: 'approve_timesheets' },
        { has: 'reports' },
      ],
    },
    create: { any: [{ manages: 'user_id' }, { has: 'manage_users' }] },
    update: 'nobody',
    remove: 'nobody',
  },
  denied: {
    create: 'adjust balances of that user',
    update: 'edit adjustments',
    remove: 'delete adjustments',
  },
  hooks: { facts: jobcodeFacts, check: [onTimeOff, checkAdjustment] },
});
