import type { Item } from '../../engine/candidates.ts';
import type { Ctx } from '../../engine/context.ts';
import { isoLocal, offsetMinutes } from '../../lib/time.ts';
import { insertTopJobcodes } from '../../resources/jobcodes/queries.ts';
import { vehicle, workOrder } from './details.ts';
import { breaks, jobs, parentOf, timeOff } from './jobs.ts';
import type { Sheet } from './sheets.ts';
import { idOf, type Writer } from './writer.ts';
import type { PlannedPerson } from './year.ts';

/** Makes the jobs and assigns them; gives ids by the demo's keys, of breaks and time off too. */
export async function makeJobs(
  ctx: Ctx,
  writer: Writer,
  people: readonly PlannedPerson[],
  users: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  const depth = (key: string): number => key.split('/').length;
  for (const [, level] of Map.groupBy(jobs, ({ key }) => depth(key))) {
    const items = level.map(({ key, name, code, rate, everyone = false }): Item => {
      const parent = parentOf(key);
      return {
        name,
        short_code: code,
        assigned_to_all: everyone,
        ...(parent === undefined ? {} : { parent_id: idOf(ids, parent) }),
        ...(rate === undefined ? {} : { billable: true, billable_rate: rate }),
      };
    });
    const made = await writer.create('jobcodes', items);
    level.forEach(({ key }, index) => void ids.set(key, made[index] ?? 0));
  }
  await writer.create(
    'jobcode_assignments',
    jobs.flatMap(({ key, groups = [] }) =>
      people
        .filter(({ group }) => groups.includes(group))
        .map(({ username }) => ({ user_id: idOf(users, username), jobcode_id: idOf(ids, key) })),
    ),
  );
  const made = await insertTopJobcodes(ctx.db, ctx.actor.companyId, breaks);
  breaks.forEach(({ key }, index) => void ids.set(key, made[index] ?? 0));
  await addTimeOff(writer, ids);
  return ids;
}

/** Paid time off is there since the company signed up. */
async function addTimeOff(writer: Writer, ids: Map<string, number>): Promise<void> {
  for (const [name, id] of await writer.idsByName('jobcodes', { type: 'pto' })) ids.set(name, id);
  for (const name of timeOff) idOf(ids, name);
}

/** Makes the custom fields; gives their ids by name. */
export async function makeFields(writer: Writer): Promise<ReadonlyMap<string, number>> {
  const common = { applies_to: 'timesheet', show_to_all: true, required: false };
  const [orderId = 0, vehicleId = 0] = await writer.create('customfields', [
    { ...common, name: workOrder.name, short_code: workOrder.shortCode, type: 'managed-list' },
    { ...common, name: vehicle.name, short_code: vehicle.shortCode, type: 'free-form' },
  ]);
  await writer.create(
    'customfielditems',
    workOrder.items.map((name) => ({ customfield_id: orderId, name })),
  );
  return new Map([
    [workOrder.name, orderId],
    [vehicle.name, vehicleId],
  ]);
}

/** Records the time, and archives the jobs that are over. */
export async function recordTime(
  writer: Writer,
  people: readonly PlannedPerson[],
  sheets: readonly Sheet[],
  ids: Readonly<Record<'users' | 'jobs' | 'fields', ReadonlyMap<string, number>>>,
): Promise<void> {
  const zones = new Map(people.map(({ username, here }) => [username, here]));
  await writer.create(
    'timesheets',
    sheets.map((sheet) => {
      const { username, job, notes } = sheet;
      const common = { user_id: idOf(ids.users, username), jobcode_id: idOf(ids.jobs, job), notes };
      if (sheet.kind === 'off') return { ...common, type: 'manual', date: sheet.day, duration: sheet.seconds };
      const zone = zones.get(username) ?? 'UTC';
      const written = (instant: number): string => isoLocal(instant, offsetMinutes(zone, instant));
      const fields = Object.entries(sheet.fields).map(([name, value]) => [String(idOf(ids.fields, name)), value]);
      return {
        ...common,
        type: 'regular',
        start: written(sheet.start),
        end: sheet.end === null ? '' : written(sheet.end),
        customfields: Object.fromEntries(fields) as Record<string, string>,
      };
    }),
  );
  await writer.update(
    'jobcodes',
    jobs.flatMap(({ key, archived }) => (archived ? [{ id: idOf(ids.jobs, key), active: false }] : [])),
  );
}
