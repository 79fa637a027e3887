import type { GroupName } from './people.ts';

/** A jobcode of the demo company: customer/project/task. */
export interface DemoJob {
  /** Path in the tree; what stands before the last slash is the parent. */
  readonly key: string;
  readonly name: string;
  readonly code: string;
  /** Dollars an hour; not billable without it. */
  readonly rate?: number;
  readonly everyone?: true;
  /** Groups whose people it is assigned to, with all that lies below. */
  readonly groups?: readonly GroupName[];
  /** Archived when its time has been recorded. */
  readonly archived?: true;
}

const field: readonly GroupName[] = ['Field service'];
const night: readonly GroupName[] = ['Night crew'];

/** The tree, parents before their children. */
export const jobs: readonly DemoJob[] = [
  { key: 'office', name: 'Office', code: 'OFFICE', everyone: true },
  { key: 'training', name: 'Training', code: 'TRAIN', everyone: true },
  { key: 'travel', name: 'Travel', code: 'TRAVEL', everyone: true },
  { key: 'harbor', name: 'Harbor Point Hotel', code: 'HPH', groups: field },
  { key: 'harbor/hvac', name: 'HVAC maintenance', code: 'HVAC' },
  { key: 'harbor/hvac/inspection', name: 'Inspection', code: '10', rate: 82 },
  { key: 'harbor/hvac/filters', name: 'Filter change', code: '20', rate: 68 },
  { key: 'harbor/renovation', name: 'Guest floor renovation', code: 'RENO' },
  { key: 'harbor/renovation/electrical', name: 'Electrical', code: '10', rate: 95 },
  { key: 'harbor/renovation/painting', name: 'Drywall and paint', code: '20', rate: 64.5 },
  { key: 'pine', name: 'Pine Street Apartments', code: 'PSA', groups: field },
  { key: 'pine/boiler', name: 'Boiler replacement', code: 'BOILER' },
  { key: 'pine/boiler/removal', name: 'Removal', code: '10', rate: 78 },
  { key: 'pine/boiler/installation', name: 'Installation', code: '20', rate: 88 },
  { key: 'pine/on-call', name: 'On-call repairs', code: 'ONCALL', rate: 110 },
  { key: 'northside', name: 'Northside Medical Center', code: 'NMC', groups: field },
  { key: 'northside/generator', name: 'Generator service', code: 'GEN', rate: 92 },
  { key: 'nights', name: 'Night cleaning', code: 'NIGHT', groups: night },
  { key: 'nights/hotel', name: 'Harbor Point Hotel', code: 'HPH', rate: 38 },
  { key: 'nights/hospital', name: 'Northside Medical Center', code: 'NMC' },
  { key: 'nights/hospital/wards', name: 'Wards', code: '10', rate: 42 },
  { key: 'nights/hospital/offices', name: 'Offices', code: '20', rate: 36 },
  { key: 'riverside', name: 'Riverside School District', code: 'RSD', groups: field, archived: true },
  { key: 'riverside/roof', name: 'Gym roof repair', code: 'ROOF', rate: 75 },
];

/** Where people go who are called in. */
export const onCall = 'pine/on-call';

/** Breaks, which the API does not make; assigned to everyone. */
export const breaks = [
  { key: 'meal', name: 'Meal break', type: 'unpaid_break' },
  { key: 'rest', name: 'Rest break', type: 'paid_break' },
] as const;

/** Paid time off that every company starts with, by the names that signing up gives it. */
export const timeOff = ['Sick', 'Vacation', 'Holiday'] as const;

/** Key of the parent; undefined at the top. */
export function parentOf(key: string): string | undefined {
  const slash = key.lastIndexOf('/');
  return slash < 0 ? undefined : key.slice(0, slash);
}
