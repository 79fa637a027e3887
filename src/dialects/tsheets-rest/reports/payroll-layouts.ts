import { type Premium, type Premiums, paidSeconds, type Seconds } from '../../../reports/payroll/seconds.ts';

/** A name and a whole number of seconds. */
export type Total = readonly [name: string, seconds: number];

function totalsText(totals: readonly Total[]): string {
  let text = '';
  for (const [name, seconds] of totals) text += `${text === '' ? '' : ','}"${name}":${seconds}`;
  return text;
}

/** The text of an object of seconds. */
export function mapText(totals: readonly Total[]): string {
  return `{${totalsText(totals)}}`;
}

/** Time at one premium. */
export function secondsAt({ premium }: Seconds, premiums: Premiums, { kind, rate }: Premium): number {
  return premium[premiums.findIndex((one) => one.kind === kind && one.rate === rate)] ?? 0;
}

const overtime: Premium = { kind: 'multiplier', rate: 1.5 };
const doubleTime: Premium = { kind: 'multiplier', rate: 2 };

/** Totals of the standard layout in the order of the reference; `unpaid` stands before all work where it is shown. */
export function standardTotals(seconds: Seconds, premiums: Premiums, unpaid = false): Total[] {
  return [
    ['total_re_seconds', seconds.regular],
    ['total_ot_seconds', secondsAt(seconds, premiums, overtime)],
    ['total_dt_seconds', secondsAt(seconds, premiums, doubleTime)],
    ['total_pto_seconds', seconds.pto],
    ...(unpaid ? [['total_unpaid_seconds', seconds.unpaid] as const] : []),
    ['total_work_seconds', paidSeconds(seconds)],
  ];
}

/** Totals of the advanced layout, in which overtime is told by rate behind them. */
export function advancedTotals(seconds: Seconds, unpaid = false): Total[] {
  return [
    ['total_re_seconds', seconds.regular],
    ['total_pto_seconds', seconds.pto],
    ...(unpaid ? [['total_unpaid_seconds', seconds.unpaid] as const] : []),
    ['total_work_seconds', paidSeconds(seconds)],
  ];
}

/** The properties of totals, in either layout. */
export function totalsOf(seconds: Seconds, premiums: Premiums, advanced: boolean, unpaid = false): string {
  return totalsText(advanced ? advancedTotals(seconds, unpaid) : standardTotals(seconds, premiums, unpaid));
}

/**
 * The properties overtime_seconds and fixed_rate_seconds: every multiplier that the rules name, with 0 too; fixed rates
 * alike, or only those with time.
 */
export function overtimeOf({ premium }: Seconds, premiums: Premiums, fixed: 'all' | 'with time'): string {
  const timed = premiums.map((one, index) => ({ ...one, seconds: premium[index] ?? 0 }));
  const of = (kind: Premium['kind']): Total[] =>
    timed
      .filter((one) => one.kind === kind && (kind === 'multiplier' || fixed === 'all' || one.seconds > 0))
      .map(({ rate, seconds }) => [String(rate), seconds]);
  return `"overtime_seconds":${mapText(of('multiplier'))},"fixed_rate_seconds":${mapText(of('fixed'))}`;
}

/** A premium's name in the heading of a table. */
export function columnOf({ kind, rate }: Premium): string {
  return kind === 'multiplier' ? `overtime_${rate}_seconds` : `fixed_rate_${rate}_seconds`;
}
