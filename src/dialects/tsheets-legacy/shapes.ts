import type { Value, Values } from '../../engine/definition.ts';
import type { Tree } from './action.ts';

/** What a row says in single words; an absent value is an empty text. */
export function plainOf(value: Value | undefined): string | number | boolean {
  return typeof value === 'object' || value === undefined ? '' : value;
}

/** A moment of a row as this API writes it, in UTC: 'YYYY-MM-DD hh:mm:ss'. */
export function momentText(value: Value | undefined): string {
  return String(plainOf(value)).slice(0, 19);
}

/** A jobcode in an answer. */
export function jobcodeTree(row: Values): Tree {
  return {
    id: Number(row.id),
    parent_id: Number(row.parent_id ?? 0),
    name: plainOf(row.name),
    type: plainOf(row.type),
    alias: plainOf(row.short_code),
    billable: plainOf(row.billable),
    billable_rate: plainOf(row.billable_rate),
    global: plainOf(row.assigned_to_all),
    active: plainOf(row.active),
    has_children: plainOf(row.has_children),
    created: momentText(row.created),
    last_modified: momentText(row.last_modified),
  };
}
