import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { DomainError } from '../../../lib/errors.ts';
import type { FieldTime, PersonTime } from '../../../reports/project-estimate/breakdown.ts';
import {
  type EstimateItemTime,
  type ProjectEstimateDetail,
  projectEstimateDetail,
} from '../../../reports/project-estimate/detail.ts';
import type { Tracked } from '../../../reports/project-estimate/time.ts';
import { rowWriter } from '../row.ts';
import { idIn, knownIds, saysYes } from './filters.ts';
import { detailTable } from './project-estimate-detail-table.ts';
import { projectColumns, projectRow, rowsText, secondsRow } from './project-estimate-row.ts';
import type { Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';

const { unread_replies_count: _, ...shownColumns } = projectColumns;

/** One project with its time broken down. Reference: 28-reports.md, Retrieve Project Estimate Detail Reports. */
export const projectEstimateDetailed: Report = {
  run: async (ctx, { data, supplemental }) => {
    const asArray = saysYes(data, 'results_as_array');
    if (idIn(data, 'project_id') === undefined)
      throw new DomainError('missing', 'project_id must be given', { field: 'project_id' });
    const [id = 0] = await knownIds(ctx, data, 'project_id', 'projects');
    const detail = await projectEstimateDetail(ctx, id);
    if (detail === undefined)
      throw new DomainError('invalid', `project_id ${id} does not exist`, { field: 'project_id' });
    const beside = supplemental ? `,${await supplementalOf(ctx, referredTo(detail))}` : '';
    return {
      json: () => [
        `{"filters":{"project_id":${id}},"projects":${rowsText([detailRow(ctx, detail)], asArray)}${beside}}`,
      ],
      table: () => detailTable(ctx, detail),
    };
  },
};

function detailRow(ctx: Ctx, { project, people, fields, items, team }: ProjectEstimateDetail): Record<string, unknown> {
  const { tracked, jobcodeId } = project;
  const worked = tracked.onTheClock || tracked.clockedIn + tracked.clockedOut > 0;
  return {
    ...projectRow(project, shownColumns),
    tracked_time: {
      users: byUser(people),
      groups: byGroup(people),
      jobcodes: worked ? { [jobcodeId]: { ...timeRow(tracked), users: byUser(people) } } : {},
      customfields: orNone(fields.map(({ id, items: parts }) => [id, { customfielditems: byItem(parts) }])),
    },
    estimate_items: orNone(items.map((item) => [item.id, estimateItemRow(ctx, item)])),
    on_the_clock: tracked.onTheClock,
    customfielditem_id: 0,
    assigned_to_all: team.everyone,
    preview_assigned_user_ids: team.preview,
    total_assigned_users: team.count,
  };
}

function timeRow(tracked: Tracked): Record<string, unknown> {
  return { ...secondsRow(tracked), on_the_clock: tracked.onTheClock };
}

function byUser(people: readonly PersonTime[]): Record<string, unknown> {
  return Object.fromEntries(people.map(({ userId, tracked }) => [userId, timeRow(tracked)]));
}

function byGroup(people: readonly PersonTime[]): Record<string, unknown> {
  const groups = Map.groupBy(people, ({ groupId }) => groupId);
  return Object.fromEntries([...groups].map(([id, members]) => [id, { users: byUser(members) }]));
}

function byItem(items: FieldTime['items']): Record<string, unknown> {
  return Object.fromEntries(
    items.map(({ id, tracked, people }) => [id, { ...timeRow(tracked), users: byUser(people) }]),
  );
}

/** Rows by id; an empty list when there are none, as the reference shows it. */
function orNone(rows: readonly (readonly [number, unknown])[]): unknown {
  return rows.length === 0 ? [] : Object.fromEntries(rows);
}

function estimateItemRow(ctx: Ctx, { cells, tracked, progress }: EstimateItemTime): Record<string, unknown> {
  const item = JSON.parse(rowWriter(resourceOf(ctx, 'estimate_items'), ctx.actor)(cells)) as Record<string, unknown>;
  return { ...item, ...timeRow(tracked), budget_progress: progress };
}

function referredTo({ project, people, fields, items, team }: ProjectEstimateDetail): Record<string, number[]> {
  const given = (ids: readonly number[]): number[] => ids.filter((id) => id > 0);
  return {
    users: [...people.map(({ userId }) => userId), ...project.clockedInUserIds, ...team.preview],
    groups: given(people.map(({ groupId }) => groupId)),
    jobcodes: given([project.jobcodeId, project.parentJobcodeId]),
    customfields: given([project.estimateByFieldId, ...fields.map(({ id }) => id)]),
    customfielditems: given([
      ...fields.flatMap((field) => field.items.map(({ id }) => id)),
      ...items.map(({ fieldItemId }) => fieldItemId),
    ]),
  };
}
