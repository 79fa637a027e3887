import type { Permission } from '../../rules/permissions.ts';
import type { Pattern } from './patterns.ts';

/** Groups of the demo company. */
export const groupNames = ['Office', 'Field service', 'Night crew'] as const;
export type GroupName = (typeof groupNames)[number];

/** A person of the demo company. Days are counted back from the end of the demo's year. */
export interface DemoPerson {
  readonly username: string;
  readonly first: string;
  readonly last: string;
  readonly group: GroupName;
  /** Manages that group. */
  readonly manages?: GroupName;
  readonly admin?: true;
  readonly number: number;
  readonly hired: string | { readonly daysAgo: number };
  readonly left?: { readonly daysAgo: number };
  /** The user's own zone, where it is not the company's. */
  readonly zone?: string;
  readonly salaried?: true;
  readonly exempt?: true;
  readonly permissions: readonly Permission[];
  readonly pattern: Pattern;
  /** Keys of the jobs that the person is sent to. */
  readonly sites: readonly string[];
  /** Pay periods that submitting and approving this person's time is behind; 0 when not given. */
  readonly behind?: { readonly submitted: number; readonly approved: number };
}

const worker: readonly Permission[] = ['mobile', 'time_tracking', 'view_my_schedules'];
const manager: readonly Permission[] = [...worker, 'manage_my_timesheets', 'status_box', 'reports', 'manage_schedules'];

const hvac = ['harbor/hvac/inspection', 'harbor/hvac/filters'];
const renovation = ['harbor/renovation/electrical', 'harbor/renovation/painting'];
const boiler = ['pine/boiler/removal', 'pine/boiler/installation'];

/** Who works in the demo company; the administrator first. */
export const people: readonly DemoPerson[] = [
  {
    ...{ username: 'dana', first: 'Dana', last: 'Whitfield', group: 'Office', admin: true, number: 1 },
    ...{ hired: '2014-03-03', permissions: ['mobile', 'time_tracking'], pattern: 'some-days', sites: [] },
  },
  {
    ...{ username: 'maria', first: 'Maria', last: 'Alvarez', group: 'Office', manages: 'Office', number: 2 },
    ...{ hired: '2014-09-15', salaried: true, exempt: true, permissions: manager, pattern: 'salaried', sites: [] },
  },
  {
    ...{ username: 'priya', first: 'Priya', last: 'Raman', group: 'Office', number: 7, zone: 'Asia/Kolkata' },
    ...{ hired: '2019-02-04', permissions: [...worker, 'manage_my_timesheets'], pattern: 'remote', sites: [] },
  },
  {
    ...{ username: 'ben', first: 'Ben', last: 'Carter', group: 'Office', number: 11, hired: '2021-08-30' },
    ...{ permissions: worker, pattern: 'mornings', sites: [], behind: { submitted: 0, approved: 1 } },
  },
  {
    ...{ username: 'tom', first: 'Tom', last: 'Becker', group: 'Field service', manages: 'Field service', number: 3 },
    ...{ hired: '2015-05-11', permissions: manager, pattern: 'foreman', sites: [...renovation, ...boiler] },
  },
  {
    ...{ username: 'hannah', first: 'Hannah', last: 'Lindqvist', group: 'Field service', number: 8 },
    ...{ hired: '2020-01-13', permissions: worker, pattern: 'four-tens', sites: [...hvac, 'northside/generator'] },
  },
  {
    ...{ username: 'luis', first: 'Luis', last: 'Ortega', group: 'Field service', number: 14, hired: { daysAgo: 185 } },
    ...{ permissions: worker, pattern: 'technician', sites: [...renovation, ...boiler] },
  },
  {
    ...{ username: 'kofi', first: 'Kofi', last: 'Mensah', group: 'Field service', number: 15, hired: { daysAgo: 110 } },
    ...{ permissions: worker, pattern: 'apprentice', sites: [...boiler, ...hvac] },
    behind: { submitted: 1, approved: 2 },
  },
  {
    ...{ username: 'grace', first: 'Grace', last: 'Okafor', group: 'Night crew', manages: 'Night crew', number: 4 },
    ...{ hired: '2016-10-03', permissions: manager, pattern: 'nights', sites: ['nights/hospital/wards'] },
  },
  {
    ...{ username: 'yuki', first: 'Yuki', last: 'Tanaka', group: 'Night crew', number: 9, hired: '2020-06-01' },
    ...{ permissions: worker, pattern: 'nights', sites: ['nights/hospital/offices', 'nights/hotel'] },
  },
  {
    ...{ username: 'omar', first: 'Omar', last: 'Haddad', group: 'Night crew', number: 16, hired: { daysAgo: 95 } },
    ...{ permissions: worker, pattern: 'nights-with-meal', sites: ['nights/hotel'] },
  },
  {
    ...{ username: 'walt', first: 'Walt', last: 'Jensen', group: 'Field service', number: 5, hired: '2017-04-10' },
    ...{ left: { daysAgo: 270 }, permissions: worker, pattern: 'technician', sites: ['riverside/roof'] },
  },
];
