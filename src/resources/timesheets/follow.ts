import type { Follow } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import type { Cells } from '../../store/db.ts';

function* column(rows: readonly Cells[], position: number): Generator<number> {
  for (const cells of rows) yield Number(cells[position] ?? 0);
}

/** Ids of the custom fields that the rows have values for, out of the JSON text: '{"12":"Blue","15":""}'. */
function* fieldIds(rows: readonly Cells[], position: number): Generator<number> {
  for (const cells of rows) {
    const text = cells[position];
    if (text === null || text === undefined || text === '{}') continue;
    for (const [, id] of text.matchAll(/"(\d+)"\s*:/g)) yield Number(id);
  }
}

/** The files that are attached to a timesheet; deleted ones come as such. */
export const followFiles: Follow = {
  resource: 'files',
  ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('attached_files')])),
};

/** What a timesheet refers to: its user, its jobcode with the jobcodes above it, its custom fields. */
export const followUsersJobcodesAndFields: readonly Follow[] = [
  { resource: 'jobcodes', ids: (rows, at) => column(rows, at('jobcode_id')), ancestors: 'parent_id' },
  { resource: 'users', ids: (rows, at) => column(rows, at('user_id')) },
  { resource: 'customfields', ids: (rows, at) => fieldIds(rows, at('customfields')) },
];
