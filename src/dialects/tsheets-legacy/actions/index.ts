import type { Entry } from '../action.ts';
import { clockSaid } from '../said/clock.ts';
import { getSaid } from '../said/get.ts';
import { jobcodesSaid } from '../said/jobcodes.ts';
import { gpsLogSaid, logFailedRequestSaid } from '../said/others.ts';
import { projectHoursSaid, timesheetsSaid } from '../said/timesheets.ts';
import { usersSaid } from '../said/users.ts';
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
export const actions: Readonly<Record<string, Entry>> = {
  clock_in: { run: clockInAction, said: clockSaid.clockIn },
  job_code_switch: { run: jobCodeSwitch, said: clockSaid.jobCodeSwitch },
  replace_notes: { run: replaceNotes, said: clockSaid.replaceNotes },
  clock_out: { run: clockOutAction, said: clockSaid.clockOut },
  add_manual_time: { run: addManualTime, said: timesheetsSaid.addManualTime },
  delete_timesheet: { run: deleteTimesheet, said: timesheetsSaid.deleteTimesheet },
  gps_log: { run: gpsLog, said: gpsLogSaid },
  get: { run: get, said: getSaid },
  get_jobcodes: { run: getJobcodes, said: jobcodesSaid.getJobcodes },
  jobcode_add: { run: jobcodeAdd, said: jobcodesSaid.jobcodeAdd },
  jobcode_edit: { run: jobcodeEdit, said: jobcodesSaid.jobcodeEdit },
  jobcode_delete: { run: jobcodeDelete, said: jobcodesSaid.jobcodeDelete },
  jobcode_duplicate: { run: jobcodeDuplicate, said: jobcodesSaid.jobcodeDuplicate },
  jobcode_assign: { run: jobcodeAssign, said: jobcodesSaid.jobcodeAssign },
  jobcode_unassign: { run: jobcodeUnassign, said: jobcodesSaid.jobcodeUnassign },
  user_add: { run: userAdd, said: usersSaid.userAdd },
  user_edit: { run: userEdit, said: usersSaid.userEdit },
  user_delete: { run: userDelete, said: usersSaid.userDelete },
  get_project_hours: { run: getProjectHours, said: projectHoursSaid },
  get_timesheets: { run: getTimesheets, said: timesheetsSaid.getTimesheets },
  log_failed_request: { run: logFailedRequest, said: logFailedRequestSaid },
};
