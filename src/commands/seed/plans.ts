import { addDays, daysFromCivil, isoLocal, localToEpoch, offsetMinutes } from '../../lib/time.ts';
import type { Ids } from './sites.ts';
import { idOf, type Writer } from './writer.ts';
import { companyZone } from './year.ts';

/** A local time of the company in the form of the API. */
function at(day: string, time: string): string {
  const instant = localToEpoch(companyZone, `${day}T${time}`) ?? 0;
  return isoLocal(instant, offsetMinutes(companyZone, instant));
}

/** The Monday on or after a day. */
function mondayFrom(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  // 1970-01-05 was a Monday.
  return addDays(day, (4 - (daysFromCivil(year, month, date) % 7) + 7) % 7);
}

/** What lies ahead: shifts, time off, reminders and a message. */
export async function makePlans(writer: Writer, ids: Ids, today: string): Promise<void> {
  const monday = mondayFrom(addDays(today, 1));
  await makeShifts(writer, ids, monday);
  await makeTimeOff(writer, ids, monday);
  await writer.create('reminders', [
    { ...everyWorkday, user_id: 0, reminder_type: 'clock-in', due_time: '09:15:00', enabled: true },
    { ...everyWorkday, user_id: 0, reminder_type: 'clock-out', due_time: '18:00:00', enabled: true },
    {
      ...everyWorkday,
      user_id: idOf(ids.users, 'maria'),
      reminder_type: 'clock-in',
      due_time: '09:15:00',
      enabled: false,
    },
  ]);
  await writer.create('notifications', [
    {
      user_id: idOf(ids.users, 'dana'),
      message: 'Payroll closes today: approve what is still open.',
      method: 'dashboard',
      delivery_time: at(addDays(monday, 4), '10:00'),
    },
  ]);
}

const everyWorkday = { due_days_of_week: 'Mon,Tue,Wed,Thu,Fri', distribution_methods: 'Push,Email', active: true };

async function makeShifts(writer: Writer, { users, jobs }: Ids, monday: string): Promise<void> {
  const [calendar] = (await writer.idsByName('schedule_calendars', {})).values();
  const common = { schedule_calendar_id: calendar ?? 0, timezone: companyZone, all_day: false, draft: false };
  const crew = ['hannah', 'luis', 'kofi'].map((name) => idOf(users, name));
  await writer.create('schedule_events', [
    ...[0, 1, 2].map((n) => ({
      ...common,
      start: at(addDays(monday, n), '08:00'),
      end: at(addDays(monday, n), '16:30'),
      title: 'Boiler installation',
      jobcode_id: idOf(jobs, 'pine/boiler/installation'),
      assigned_user_ids: crew,
      color: '#2196F3',
      location: '70 Pine Street, New York, NY',
    })),
    {
      ...common,
      start: at(addDays(monday, 3), '13:00'),
      end: at(addDays(monday, 3), '17:00'),
      title: 'Open shift: on-call repairs',
      jobcode_id: idOf(jobs, 'pine/on-call'),
      assigned_user_ids: [],
      color: '#F44336',
    },
    {
      ...common,
      draft: true,
      all_day: true,
      start: at(addDays(monday, 4), '00:00'),
      end: at(addDays(monday, 4), '23:59'),
      title: 'Safety day (to be confirmed)',
      assigned_user_ids: [...crew, idOf(users, 'tom')],
      color: '#43A047',
    },
  ]);
}

async function makeTimeOff(writer: Writer, { users, jobs }: Ids, monday: string): Promise<void> {
  const day = (n: number, job: string) => ({
    date: addDays(monday, n),
    entry_method: 'manual',
    duration: 8 * 3600,
    jobcode_id: idOf(jobs, job),
  });
  const [, approved = 0, denied = 0] = await writer.create('time_off_requests', [
    {
      user_id: idOf(users, 'ben'),
      time_off_request_notes: [{ note: 'My sister is getting married.' }],
      time_off_request_entries: [day(10, 'Vacation'), day(11, 'Vacation')],
    },
    { user_id: idOf(users, 'hannah'), time_off_request_entries: [day(7, 'Vacation')] },
    { user_id: idOf(users, 'omar'), time_off_request_entries: [day(8, 'Vacation')] },
  ]);
  await writer.update('time_off_requests', [
    { id: approved, status: 'approved' },
    { id: denied, status: 'denied' },
  ]);
}
