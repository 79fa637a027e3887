import type { Tag } from '../../../http/openapi/types.ts';
import { resources } from '../../../resources/index.ts';
import { objectName } from './names.ts';
import { otherTags } from './others.ts';

/** Headings with the endpoints below them, in the order in which people read them. */
const headings: Readonly<Record<string, readonly string[]>> = {
  'Signing in': ['oauth'],
  Time: ['timesheets', 'timesheets_deleted', 'approvals', 'geolocations', 'files'],
  People: ['current_user', 'users', 'groups', 'invitations', 'managed_clients', 'effective_settings'],
  Jobs: ['jobcodes', 'jobcode_assignments', 'locations', 'locations_map', 'geofence_configs'],
  'Custom fields': [
    'customfields',
    'customfielditems',
    'customfielditem_filters',
    'customfielditem_jobcode_filters',
    'customfielditem_user_filters',
  ],
  Projects: [
    'projects',
    'estimates',
    'estimate_items',
    'project_activities',
    'project_activity_replies',
    'project_activity_read_times',
    'project_notes',
  ],
  Schedule: ['schedule_events', 'schedule_calendars'],
  'Time off': [
    'time_off_requests',
    'time_off_request_entries',
    'pto_policies',
    'pto_adjustments',
    'pto_balances',
    'pto_ledger',
  ],
  'Reports and payroll': ['reports', 'pay_periods', 'payroll_exports'],
  Messages: ['notifications', 'reminders', 'dashboard_notifications', 'push_subscriptions', 'push_key'],
  Synchronising: ['last_modified_timestamps', 'events', 'webhooks', 'webhook_deliveries'],
};

/** The tags of the dialect, by heading; what nobody has placed stands at the end. */
export function groups(): { name: string; tags: Tag[] }[] {
  const placed = new Set(Object.values(headings).flat());
  const others = [...resources.values()].filter(({ name, verbs }) => verbs.has('list') && !placed.has(name));
  const all = { ...headings, ...(others.length === 0 ? {} : { Others: others.map(({ name }) => name) }) };
  return Object.entries(all).map(([name, tags]) => ({ name, tags: tags.map(tagOf) }));
}

function tagOf(name: string): Tag {
  const definition = resources.get(name);
  const other = otherTags[name];
  if (definition !== undefined) return { name, description: definition.says, 'x-object': objectName(definition) };
  if (other === undefined) throw new Error(`openapi/tags.ts names ${name}, which is no endpoint`);
  return { name, description: other };
}
