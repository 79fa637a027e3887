import type { Definition } from '../engine/definition.ts';
import { approvals } from './approvals/definition.ts';
import { customfielditemFilters } from './customfielditem-filters/definition.ts';
import { customfielditemJobcodeFilters } from './customfielditem-jobcode-filters/definition.ts';
import { customfielditemUserFilters } from './customfielditem-user-filters/definition.ts';
import { customfielditems } from './customfielditems/definition.ts';
import { customfields } from './customfields/definition.ts';
import { dashboardNotifications } from './dashboard-notifications/definition.ts';
import { estimateItems } from './estimate-items/definition.ts';
import { estimates } from './estimates/definition.ts';
import { files } from './files/definition.ts';
import { geofenceConfigs } from './geofence-configs/definition.ts';
import { geolocations } from './geolocations/definition.ts';
import { groups } from './groups/definition.ts';
import { jobcodeAssignments } from './jobcode-assignments/definition.ts';
import { jobcodes } from './jobcodes/definition.ts';
import { locations } from './locations/definition.ts';
import { locationsMap } from './locations-map/definition.ts';
import { managedClients } from './managed-clients/definition.ts';
import { notifications } from './notifications/definition.ts';
import { payrollExports } from './payroll-closings/definition.ts';
import { projectActivities } from './project-activities/definition.ts';
import { projectActivityReadTimes } from './project-activity-read-times/definition.ts';
import { projectActivityReplies } from './project-activity-replies/definition.ts';
import { projectNotes } from './project-notes/definition.ts';
import { projects } from './projects/definition.ts';
import { ptoAdjustments } from './pto-adjustments/definition.ts';
import { ptoPolicies } from './pto-policies/definition.ts';
import { pushSubscriptions } from './push-subscriptions/definition.ts';
import { reminders } from './reminders/definition.ts';
import { scheduleCalendars } from './schedule-calendars/definition.ts';
import { scheduleEvents } from './schedule-events/definition.ts';
import { timeOffRequestEntries } from './time-off-request-entries/definition.ts';
import { timeOffRequestNotes } from './time-off-request-notes/definition.ts';
import { timeOffRequests } from './time-off-requests/definition.ts';
import { timesheets } from './timesheets/definition.ts';
import { timesheetsDeleted } from './timesheets-deleted/definition.ts';
import { users } from './users/definition.ts';
import { webhookDeliveries } from './webhook-deliveries/definition.ts';
import { webhooks } from './webhooks/definition.ts';

const all: readonly Definition[] = [
  groups,
  users,
  jobcodes,
  jobcodeAssignments,
  customfields,
  customfielditems,
  customfielditemFilters,
  customfielditemJobcodeFilters,
  customfielditemUserFilters,
  projects,
  estimates,
  estimateItems,
  projectActivities,
  projectActivityReadTimes,
  projectActivityReplies,
  projectNotes,
  timesheets,
  timesheetsDeleted,
  payrollExports,
  files,
  reminders,
  notifications,
  scheduleCalendars,
  scheduleEvents,
  managedClients,
  locations,
  locationsMap,
  geofenceConfigs,
  timeOffRequests,
  timeOffRequestNotes,
  timeOffRequestEntries,
  geolocations,
  pushSubscriptions,
  dashboardNotifications,
  approvals,
  ptoPolicies,
  ptoAdjustments,
  webhooks,
  webhookDeliveries,
];

/** Every resource, by name. */
export const resources: ReadonlyMap<string, Definition> = new Map(
  all.map((definition) => [definition.name, definition]),
);
