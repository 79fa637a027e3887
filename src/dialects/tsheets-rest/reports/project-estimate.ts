import { isBlank } from '../../../engine/coerce.ts';
import type { Ctx } from '../../../engine/context.ts';
import { textOf } from '../../../engine/filters.ts';
import { DomainError } from '../../../lib/errors.ts';
import { type ProjectFilters, type SortKey, sortFields } from '../../../reports/project-estimate/query.ts';
import { type ProjectEstimate, projectEstimates } from '../../../reports/project-estimate/summary.ts';
import { projectStatuses } from '../../../resources/projects/definition.ts';
import { choiceIn, dayIn, idIn, knownIds, pageIn, saysYes, textsIn } from './filters.ts';
import { projectColumns, projectRow, rowsText } from './project-estimate-row.ts';
import type { Filters, Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';

/** Projects with their budgets. Reference: 28-reports.md, Retrieve Project Estimate Reports. */
export const projectEstimate: Report = {
  run: async (ctx, { data, supplemental }) => {
    const filters = await filtersIn(ctx, data);
    const { limit, page } = pageIn(data);
    const chosen = orderIn(data);
    const asArray = saysYes(data, 'results_as_array') || chosen.length > 0;
    const order = chosen.length > 0 ? chosen : byName;
    const { rows, total } = await projectEstimates(ctx, { filters, order, limit, page });
    const beside = supplemental ? `,${await supplementalOf(ctx, referredTo(rows))}` : '';
    const shown = rows.map((project) => projectRow(project, projectColumns));
    return {
      json: () => [
        `{"filters":${JSON.stringify(echo(data, filters, limit, page))}`,
        `,"more":${page * limit < total},"total_count":${total},"results":${rowsText(shown, asArray)}${beside}}`,
      ],
      table: () => ({
        name: 'project-estimate',
        head: Object.keys(projectColumns),
        rows: shown.map((row) =>
          Object.values(row).map((value) => (value !== null && typeof value === 'object' ? value.join(' ') : value)),
        ),
      }),
    };
  },
};

const byName: readonly SortKey[] = [{ field: 'name', descending: false }];

async function filtersIn(ctx: Ctx, data: Filters): Promise<ProjectFilters> {
  const statuses = textsIn(data, 'statuses').map((status) => status.toLowerCase());
  if (statuses.some((status) => !projectStatuses.some((known) => known === status)))
    throw invalid('statuses', `must be among ${projectStatuses.join(', ')}`);
  idIn(data, 'parent_jobcode_id');
  const [parentJobcodeId = 0] = await knownIds(ctx, data, 'parent_jobcode_id', 'jobcodes', { zero: true });
  const { from, to } = trackedDays(data);
  return {
    projectIds: await knownIds(ctx, data, 'project_ids', 'projects'),
    jobcodeIds: await knownIds(ctx, data, 'jobcode_ids', 'jobcodes'),
    parentJobcodeId,
    statuses,
    active: choiceIn(data, 'active', ['yes', 'no', 'both'], 'yes'),
    name: nameIn(data),
    trackedOn: saysYes(data, 'has_time_tracked') ? { from, to } : undefined,
  };
}

function invalid(field: string, detail: string): DomainError {
  return new DomainError('invalid', `${field} ${detail}`, { field });
}

interface Days {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

function trackedDays(data: Filters): Days {
  const [from, to] = [dayIn(data, 'time_tracked_start_date'), dayIn(data, 'time_tracked_end_date')];
  if (from !== undefined && to !== undefined && to < from)
    throw invalid('time_tracked_end_date', `${to} lies before time_tracked_start_date ${from}`);
  return { from, to };
}

/** The name that is searched for. */
function nameIn({ search }: Filters): string | undefined {
  if (isBlank(search) || (Array.isArray(search) && search.length === 0)) return undefined;
  if (typeof search !== 'object' || search === null || Array.isArray(search))
    throw invalid('search', 'must be an object such as {"name": "ab*"}');
  const { name, ...others } = search as Filters;
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw invalid('search', `can only be by name, not by ${unknown.join(', ')}`);
  if (isBlank(name)) return undefined;
  if (typeof name !== 'string' && typeof name !== 'number') throw invalid('search', 'needs a text as name');
  return textOf(new Map([['search', [String(name)]]]), 'search');
}

/** Fields with a sign before them; a plus may have become a blank on its way. */
function orderIn(data: Filters): SortKey[] {
  return textsIn(data, 'sort_by').map((text) => {
    const [, sign, name] = /^([+-]?)\s*(\w+)$/.exec(text) ?? [];
    const field = sortFields.find((known) => known === name);
    if (field === undefined)
      throw invalid('sort_by', `must be a list of ${sortFields.join(', ')}, each with + or - before it`);
    return { field, descending: sign === '-' };
  });
}

/** The filters as the report understands them. */
function echo(data: Filters, filters: ProjectFilters, limit: number, page: number): object {
  const { from, to } = trackedDays(data);
  const { projectIds, statuses, parentJobcodeId, jobcodeIds, active, name, trackedOn } = filters;
  return {
    page,
    limit,
    project_ids: projectIds,
    statuses,
    parent_jobcode_id: parentJobcodeId === 0 ? '' : parentJobcodeId,
    jobcode_ids: jobcodeIds.length === 0 ? '' : jobcodeIds,
    active: active === 'both' ? active : active === 'yes',
    search: name === undefined ? [] : { name },
    has_time_tracked: trackedOn !== undefined,
    time_tracked_start_date: from ?? null,
    time_tracked_end_date: to ?? null,
  };
}

function referredTo(rows: readonly ProjectEstimate[]): Record<string, number[]> {
  return {
    users: rows.flatMap(({ clockedInUserIds }) => clockedInUserIds),
    jobcodes: rows.flatMap(({ jobcodeId, parentJobcodeId }) => [jobcodeId, parentJobcodeId]),
    customfields: rows.map(({ estimateByFieldId }) => estimateByFieldId),
  };
}
