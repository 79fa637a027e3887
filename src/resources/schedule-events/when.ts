import type { Values } from '../../engine/definition.ts';

/** The time of an event for a person to read, in the event's own zone: 'Wed, Dec 5, 2018, 9:00 AM to 11:00 AM (America/Denver)'. */
export function whenText(row: Values, clockOf24: boolean): string {
  const timeZone = String(row.timezone);
  const day = new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'full' });
  const time = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit', hour12: !clockOf24 });
  const [start, end] = [Number(row.start_at) * 1000, Number(row.end_at) * 1000];
  const first = day.format(start);
  if (row.all_day === true) return `${first}, all day`;
  const last = day.format(end);
  const until = last === first ? time.format(end) : `${last}, ${time.format(end)}`;
  return `${first}, ${time.format(start)} to ${until} (${timeZone})`;
}
