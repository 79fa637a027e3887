import { localToEpoch } from '../../lib/time.ts';
import { workOrder } from './details.ts';
import { photo } from './photo.ts';
import { idOf, type Writer } from './writer.ts';
import { companyZone } from './year.ts';

/** Ids by the demo's own keys. */
export type Ids = Readonly<Record<'users' | 'jobs' | 'fields', ReadonlyMap<string, number>>>;

const addresses = [
  { job: 'harbor', addr1: '40 West Street', zip: '10006', latitude: 40.7074, longitude: -74.0162, label: 'Front desk' },
  {
    job: 'pine',
    addr1: '70 Pine Street',
    zip: '10270',
    latitude: 40.7064,
    longitude: -74.0077,
    label: 'Basement door',
  },
  {
    job: 'northside',
    addr1: '525 East 68th Street',
    zip: '10065',
    latitude: 40.7644,
    longitude: -73.9546,
    label: 'Gate 4',
  },
] as const;

/** Where the customers are, with a fence around each, and where two people were when they worked there. */
export async function makePlaces(writer: Writer, { users, jobs }: Ids, today: string): Promise<void> {
  const made = await writer.create(
    'locations',
    addresses.map(({ job, label, ...address }) => ({
      ...address,
      city: 'New York',
      state: 'NY',
      country: 'US',
      notes: label,
      linked_objects: { jobcodes: [idOf(jobs, job)] },
    })),
  );
  await writer.create(
    'geofence_configs',
    made.map((id) => ({ type: 'locations', type_id: id, radius: 150, enabled: true })),
  );
  const noon = localToEpoch(companyZone, `${today}T08:05`) ?? 0;
  await writer.create(
    'geolocations',
    addresses.slice(0, 2).map(({ latitude, longitude }, index) => ({
      user_id: idOf(users, index === 0 ? 'hannah' : 'luis'),
      created: new Date((noon - 86_400 + index * 600) * 1000).toISOString(),
      latitude: latitude + 0.0003,
      longitude,
      accuracy: 12,
      altitude: 8,
      source: 'gps',
      device_identifier: 'demo-phone',
    })),
  );
}

/** The generator service as a project with an estimate, notes and a photograph; work orders only where they belong. */
export async function makeProjects(
  writer: Writer,
  { users, jobs, fields }: Ids,
  days: { start: string; due: string },
): Promise<void> {
  const [project = 0] = await writer.create('projects', [
    {
      jobcode_id: idOf(jobs, 'northside/generator'),
      description: 'Yearly service of both emergency generators.',
      status: 'in_progress',
      start_date: days.start,
      due_date: days.due,
    },
    { name: 'Lobby repaint', parent_jobcode_id: idOf(jobs, 'harbor'), description: 'Waits for the colour.' },
  ]);
  const [estimate = 0] = await writer.create('estimates', [
    { project_id: project, estimate_by: 'customfields', estimate_by__id: idOf(fields, workOrder.name) },
  ]);
  const items = await writer.idsByName('customfielditems', { customfield_id: String(idOf(fields, workOrder.name)) });
  await writer.create('estimate_items', [
    { estimate_id: estimate, type: 'tag_clouds', type_id: idOf(items, 'Planned'), estimated_seconds: 40 * 3600 },
    { estimate_id: estimate, type: 'tag_clouds', type_id: idOf(items, 'Callback'), estimated_seconds: 16 * 3600 },
  ]);
  const [file = 0] = await writer.create('files', [{ file_name: 'generator-plate.png', file_data: photo }]);
  await writer.create('project_notes', [
    { project_id: project, note: 'The hospital wants both generators tested on a Sunday.' },
    { project_id: project, note: 'Plate of generator 2: serial number checked.', files: [file] },
  ]);
  // The apprentice is sent out on planned work and callbacks only.
  await writer.create(
    'customfielditem_filters',
    ['Planned', 'Callback'].map((name) => ({
      customfield_id: idOf(fields, workOrder.name),
      customfielditem_id: idOf(items, name),
      applies_to: 'users',
      applies_to_id: idOf(users, 'kofi'),
    })),
  );
}
