import type { Action } from '../action.ts';
import { clockInAction, clockOutAction, jobCodeSwitch, replaceNotes } from './clock.ts';
import { get } from './get.ts';
import { gpsLog } from './gps-log.ts';
import {
  jobcodeAdd,
  jobcodeAssign,
  jobcodeDelete,
  jobcodeDuplicate,
  jobcodeEdit,
  jobcodeUnassign,
} from './jobcode-writes.ts';
import { getJobcodes } from './jobcodes.ts';
import { logFailedRequest } from './log-failed-request.ts';
import { addManualTime, deleteTimesheet } from './manual-time.ts';
import { getProjectHours } from './project-hours.ts';
import { getTimesheets } from './timesheets.ts';
import { userAdd, userDelete, userEdit } from './users.ts';

/** Every action of somebody who has logged in, by name. */
export const actions: Readonly<Record<string, Action>> = {
  clock_in: clockInAction,
  job_code_switch: jobCodeSwitch,
  replace_notes: replaceNotes,
  clock_out: clockOutAction,
  add_manual_time: addManualTime,
  delete_timesheet: deleteTimesheet,
  gps_log: gpsLog,
  get,
  get_jobcodes: getJobcodes,
  jobcode_add: jobcodeAdd,
  jobcode_edit: jobcodeEdit,
  jobcode_delete: jobcodeDelete,
  jobcode_duplicate: jobcodeDuplicate,
  jobcode_assign: jobcodeAssign,
  jobcode_unassign: jobcodeUnassign,
  user_add: userAdd,
  user_edit: userEdit,
  user_delete: userDelete,
  get_project_hours: getProjectHours,
  get_timesheets: getTimesheets,
  log_failed_request: logFailedRequest,
};
