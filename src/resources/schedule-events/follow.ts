import type { Follow } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import { followUsersJobcodesAndFields } from '../timesheets/follow.ts';

/** What an event refers to: all that a timesheet does, everybody who is assigned, and its calendar. */
export const follow: readonly Follow[] = [
  ...followUsersJobcodesAndFields,
  { resource: 'users', ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('assigned_user_ids')])) },
  { resource: 'schedule_calendars', ids: (rows, at) => rows.map((cells) => Number(cells[at('schedule_calendar_id')])) },
];
