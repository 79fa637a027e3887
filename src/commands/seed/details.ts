import type { Chance } from './chance.ts';

/** The custom field whose values are chosen from a list. Neither is required, so that clocking in needs no more than a job. */
export const workOrder = {
  name: 'Work order',
  shortCode: 'WO',
  items: ['Planned', 'Callback', 'Emergency', 'Warranty'],
} as const;

/** The custom field whose values are typed. */
export const vehicle = { name: 'Vehicle', shortCode: 'VAN' } as const;

const notesAt: Readonly<Record<string, readonly string[]>> = {
  office: [
    'Quotes for the renovation',
    'Payroll',
    'Ordered parts',
    'Phone duty',
    'Invoices',
    'Interviewed a candidate',
  ],
  training: ['Ladder safety refresher', 'First aid course', 'New boiler controls'],
  harbor: [
    'Floor 4 done',
    'Waiting for the elevator inspector',
    'Two rooms left on floor 6',
    'Front desk asked for quiet',
  ],
  pine: ['No heat in 3B', 'Valve replaced', 'Second visit needed', 'Tenant was not at home', 'Leak under the sink'],
  northside: ['Load test passed', 'Oil changed'],
  nights: ['Ward C closed, moved to D', 'Spill on level 2', 'Supplies are low', 'Ballroom was still in use'],
  riverside: ['Membrane laid on the north side', 'Rain, stopped early'],
};

/** What somebody wrote about the work, mostly nothing. */
export function notesOn(job: string, chance: Chance): string {
  const notes = notesAt[job.split('/')[0] ?? ''];
  return notes !== undefined && chance.happens(0.2) ? chance.pick(notes) : '';
}

/** Values of custom fields by the field's name; only work at customers has some. */
export function fieldsOn(job: string, chance: Chance): Readonly<Record<string, string>> {
  if (!/^(harbor|pine|northside|riverside)\//.test(job)) return {};
  const values: Record<string, string> = {};
  if (job.endsWith('on-call')) values[workOrder.name] = chance.pick(['Emergency', 'Callback']);
  else if (chance.happens(0.7)) values[workOrder.name] = chance.happens(0.8) ? 'Planned' : chance.pick(workOrder.items);
  if (chance.happens(0.5)) values[vehicle.name] = `Van ${chance.between(1, 5)}`;
  return values;
}
