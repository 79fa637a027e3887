import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { layoutOf } from '../../../engine/layout.ts';
import { lookup } from '../../../engine/lookup.ts';
import type { Table, TableCell } from '../../../lib/table.ts';
import type { ProjectEstimateDetail } from '../../../reports/project-estimate/detail.ts';
import type { Tracked } from '../../../reports/project-estimate/time.ts';
import { secondsRow } from './project-estimate-row.ts';

const head = [
  'breakdown',
  'customfield_id',
  'customfield_name',
  'id',
  'name',
  'user_id',
  'user_name',
  'total_clocked_in_seconds',
  'total_clocked_out_seconds',
  'total_tracked_seconds',
  'total_estimated_seconds',
  'on_the_clock',
];

/** Time, and what it is the time of. */
interface Line {
  readonly breakdown: 'project' | 'user' | 'customfielditem' | 'estimate_item';
  readonly fieldId?: number;
  readonly id?: number;
  readonly name?: string | undefined;
  readonly userId?: number;
  readonly tracked: Tracked;
  readonly estimatedSeconds?: number;
}

/** The breakdown as a table: the project, each user, each custom field item and its users, each item of the estimate. */
export function detailTable(ctx: Ctx, detail: ProjectEstimateDetail): Table {
  return { name: 'project-estimate-detail', head, rows: rowsOf(ctx, detail) };
}

async function* rowsOf(ctx: Ctx, detail: ProjectEstimateDetail): AsyncGenerator<readonly TableCell[]> {
  const { people, fields, items } = detail;
  const itemIds = [
    ...fields.flatMap((field) => field.items.map(({ id }) => id)),
    ...items.map((item) => item.fieldItemId),
  ];
  const itemNames = await textsOf(ctx, 'customfielditems', itemIds, ['name']);
  const fieldNames = await textsOf(
    ctx,
    'customfields',
    fields.map(({ id }) => id),
    ['name'],
  );
  const users = await textsOf(
    ctx,
    'users',
    people.map(({ userId }) => userId),
    ['first_name', 'last_name'],
  );
  for (const { breakdown, fieldId, id, name, userId, tracked, estimatedSeconds } of linesOf(detail, itemNames)) {
    yield [
      breakdown,
      fieldId ?? null,
      fieldNames.get(fieldId ?? 0) ?? null,
      id ?? null,
      name ?? null,
      userId ?? null,
      users.get(userId ?? 0) ?? null,
      ...Object.values(secondsRow(tracked)),
      estimatedSeconds ?? null,
      tracked.onTheClock ? 'yes' : 'no',
    ];
  }
}

function* linesOf({ project, people, fields, items }: ProjectEstimateDetail, names: Names): Generator<Line> {
  const { id: projectId, name: projectName, tracked: total, estimatedSeconds: estimated } = project;
  yield { breakdown: 'project', id: projectId, name: projectName, tracked: total, estimatedSeconds: estimated };
  for (const { userId, tracked } of people) yield { breakdown: 'user', userId, tracked };
  for (const field of fields) {
    for (const item of field.items) {
      const about = { breakdown: 'customfielditem', fieldId: field.id, id: item.id, name: names.get(item.id) } as const;
      yield { ...about, tracked: item.tracked };
      for (const { userId, tracked } of item.people) yield { ...about, userId, tracked };
    }
  }
  for (const { id, fieldItemId, tracked, estimatedSeconds } of items)
    yield { breakdown: 'estimate_item', id, name: names.get(fieldItemId), tracked, estimatedSeconds };
}

type Names = ReadonlyMap<number, string>;

/** Texts of rows that the caller may see, by id. */
async function textsOf(ctx: Ctx, resource: string, ids: readonly number[], columns: readonly string[]): Promise<Names> {
  const definition = resourceOf(ctx, resource);
  const { value } = layoutOf(definition);
  const rows = await lookup(
    ctx,
    definition,
    ids.filter((id) => id > 0),
  );
  const textOf = (cells: Parameters<typeof value>[0]): string =>
    columns
      .map((column) => value(cells, column))
      .join(' ')
      .trim();
  return new Map([...rows].map(([id, cells]) => [id, textOf(cells)]));
}
