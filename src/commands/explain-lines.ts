import { dayOfEpochDays, isoLocal, offsetMinutes, twoDigits } from '../lib/time.ts';
import type { PaySegment, Why } from '../rules/pay/time.ts';
import { weekdayOf } from '../rules/pay/workdays.ts';

/** Seconds as hours, minutes and seconds: '8:00:00'. */
function lengthText(seconds: number): string {
  return `${Math.floor(seconds / 3600)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

const payTexts = { regular: 'regular', pto: 'time off', unpaid: 'unpaid', deducted: 'taken off' } as const;

function payText({ pay }: PaySegment): string {
  if (pay.kind === 'multiplier') return `${pay.rate}x`;
  return pay.kind === 'fixed' ? `+${pay.rate} an hour` : payTexts[pay.kind];
}

const reasons: Readonly<Record<Why['rule'], string>> = {
  straight: 'below every threshold',
  weekly: 'of the week',
  daily: 'of the day',
  seventh_day: 'of the seventh day',
  consecutive: 'in one stretch',
  automatic_break: 'of the day: automatic break',
  deduction: 'deduction of the timesheet',
  pto: 'paid time off',
  unpaid: 'unpaid break or time off',
  exempt: 'exempt from overtime',
};
const withThreshold: readonly Why['rule'][] = ['weekly', 'daily', 'seventh_day', 'consecutive', 'automatic_break'];

function reasonText({ rule, threshold }: Why): string {
  return withThreshold.includes(rule) ? `past ${lengthText(threshold)} ${reasons[rule]}` : reasons[rule];
}

function clockText(instant: number | null, zone: string): string {
  return instant === null ? '-' : isoLocal(instant, offsetMinutes(zone, instant)).slice(11, 19);
}

const head = ['from', 'to', 'length', 'pay', 'reason', 'day before', 'week before', 'jobcode', 'timesheet', 'zone'];

function rowOf(segment: PaySegment, jobcodes: ReadonlyMap<number, string>): string[] {
  const { sheet, start, seconds, why } = segment;
  return [
    clockText(start, sheet.zone),
    clockText(start === null ? null : start + seconds, sheet.zone),
    lengthText(seconds),
    payText(segment),
    reasonText(why),
    lengthText(why.daySeconds),
    lengthText(why.weekSeconds),
    jobcodes.get(sheet.jobcodeId) || String(sheet.jobcodeId),
    String(sheet.id),
    sheet.zone,
  ];
}

/** Rows as lines with columns below each other. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function totalsOf(segments: readonly PaySegment[]): string[] {
  const totals = new Map<string, number>();
  for (const segment of segments) totals.set(payText(segment), (totals.get(payText(segment)) ?? 0) + segment.seconds);
  return [...totals].map(([pay, seconds]) => `${pay} ${lengthText(seconds)}`);
}

/**
 * The time of one person for a bookkeeper, day by day: what each part is paid and why, with what day and week had counted
 * before it; then the totals. Times are local to the zone of the timesheet.
 */
export function explainLines(
  title: string,
  segments: readonly PaySegment[],
  jobcodes: ReadonlyMap<number, string>,
): string[] {
  if (segments.length === 0) return [title, 'No closed timesheets.'];
  const lines = aligned([head, ...segments.map((segment) => rowOf(segment, jobcodes))]);
  const told = [title, lines[0] ?? ''];
  for (const [index, segment] of segments.entries()) {
    const { day } = segment;
    if (day !== segments[index - 1]?.day) told.push(`${weekdayOf(day)} ${dayOfEpochDays(day)}`);
    told.push(lines[index + 1] ?? '');
    if (day !== segments[index + 1]?.day) {
      told.push(`  total: ${totalsOf(segments.filter((other) => other.day === day)).join(', ')}`);
    }
  }
  return [...told, `Total: ${totalsOf(segments).join(', ')}`];
}
