import type { Definition } from '../../engine/definition.ts';

/** What happened to a row. */
export const eventActions = ['created', 'updated', 'deleted'] as const;
export type EventAction = (typeof eventActions)[number];

/** Resources whose changes the history does not keep, or keeps under another resource. */
const without: ReadonlySet<string> = new Set([
  'approvals',
  'customfielditem_jobcode_filters',
  'customfielditem_user_filters',
  'dashboard_notifications',
  'geolocations',
  'timesheets_deleted',
  'webhook_deliveries',
]);

/** Whether changes of a resource are events. */
export function isEventful({ name }: Definition): boolean {
  return !without.has(name);
}

/** Names of the resources whose changes are events, in alphabetical order. */
export function eventfulNames(resources: ReadonlyMap<string, Definition>): string[] {
  return [...resources.values()]
    .filter(isEventful)
    .map(({ name }) => name)
    .sort();
}

/** The same resources by the table that the history knows them by. */
export function eventfulTables(resources: ReadonlyMap<string, Definition>): Map<string, Definition> {
  return new Map([...resources.values()].filter(isEventful).map((definition) => [definition.table, definition]));
}
