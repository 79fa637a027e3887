import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { layoutOf } from '../../../engine/layout.ts';
import { lookup } from '../../../engine/lookup.ts';
import type { Table, TableCell } from '../../../lib/table.ts';
import type { PersonTime } from '../../../reports/project-estimate/breakdown.ts';
import type { ProjectEstimateDetail } from '../../../reports/project-estimate/detail.ts';
import { secondsRow } from './project-estimate-row.ts';

const head = [
  'breakdown',
  'customfield_id',
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

/** The breakdown as a table: the project, each user, each custom field item and its users, each item of the estimate. */
export function detailTable(ctx: Ctx, detail: ProjectEstimateDetail): Table {
  return { name: 'project-estimate-detail', head, rows: rowsOf(ctx, detail) };
}

async function* rowsOf(ctx: Ctx, detail: ProjectEstimateDetail): AsyncGenerator<readonly TableCell[]> {
  const { project, people, fields, items } = detail;
  const parts = fields.flatMap((field) => field.items.map((item) => ({ ...item, fieldId: field.id })));
  const userIds = people.map(({ userId }) => userId);
  const users = await textsOf(ctx, 'users', userIds, ['first_name', 'last_name']);
  const itemIds = [...parts.map(({ id }) => id), ...items.map(({ fieldItemId }) => fieldItemId)];
  const itemNames = await textsOf(ctx, 'customfielditems', itemIds, ['name']);
  const user = ({ userId }: PersonTime): TableCell[] => [userId, users.get(userId) ?? ''];
  yield [
    'project',
    null,
    project.id,
    project.name,
    null,
    null,
    ...timeCells(project.tracked, project.estimatedSeconds),
  ];
  for (const person of people) yield ['user', null, null, null, ...user(person), ...timeCells(person.tracked)];
  for (const { fieldId, id, tracked, people: ofItem } of parts) {
    const item = ['customfielditem', fieldId, id, itemNames.get(id) ?? ''];
    yield [...item, null, null, ...timeCells(tracked)];
    for (const person of ofItem) yield [...item, ...user(person), ...timeCells(person.tracked)];
  }
  for (const { id, fieldItemId, tracked, estimatedSeconds } of items) {
    const name = itemNames.get(fieldItemId) ?? '';
    yield ['estimate_item', null, id, name, null, null, ...timeCells(tracked, estimatedSeconds)];
  }
}

function timeCells(tracked: PersonTime['tracked'], estimatedSeconds: number | null = null): TableCell[] {
  return [...Object.values(secondsRow(tracked)), estimatedSeconds, tracked.onTheClock ? 'yes' : 'no'];
}

/** Texts of rows that the caller may see, by id. */
async function textsOf(
  ctx: Ctx,
  resource: string,
  ids: readonly number[],
  columns: readonly string[],
): Promise<Map<number, string>> {
  const definition = resourceOf(ctx, resource);
  const { value } = layoutOf(definition);
  const rows = await lookup(
    ctx,
    definition,
    ids.filter((id) => id > 0),
  );
  return new Map(
    [...rows].map(([id, cells]) => [
      id,
      columns
        .map((column) => String(value(cells, column)))
        .join(' ')
        .trim(),
    ]),
  );
}
