import type { Ctx } from '../../../engine/context.ts';
import type { Table } from '../../../lib/table.ts';
import type { PersonPay } from '../../../reports/payroll/payroll.ts';
import { addSeconds, noSeconds, paidSeconds, type Seconds } from '../../../reports/payroll/seconds.ts';
import { type Payroll, payrollAsked, zeroTimeAsked } from './payroll-asked.ts';
import { explainPieces } from './payroll-explain.ts';
import { mapText, overtimeOf, totalsOf } from './payroll-layouts.ts';
import { personCells, personHead, SecondsColumns } from './payroll-table.ts';
import type { Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';

/** What one person is paid in all, and his paid time off by jobcode. */
interface Row {
  readonly pay: PersonPay;
  readonly total: Seconds;
  readonly pto: ReadonlyMap<number, number>;
}

/** reports/payroll: how each person's time is paid. Reference: 28-reports.md, Retrieve Payroll Report. */
export const payroll: Report = {
  run: async (ctx, asked) => {
    const everyone = zeroTimeAsked(asked.data);
    const computed = await payrollAsked(ctx, asked, { everyone, daysTogether: true });
    const rows = computed.pays.map(rowOf).filter(({ total }) => everyone || paidSeconds(total) > 0);
    return {
      json: () => pieces(ctx, computed, rows, asked.supplemental),
      table: () => table(ctx, computed, rows),
    };
  },
};

function rowOf(pay: PersonPay): Row {
  const total = noSeconds();
  const premiums = [...pay.premiums];
  const pto = new Map<number, number>();
  for (const { jobcodeId, seconds } of pay.lines) {
    addSeconds(total, premiums, seconds, pay.premiums);
    if (seconds.pto > 0) pto.set(jobcodeId, (pto.get(jobcodeId) ?? 0) + seconds.pto);
  }
  return { pay, total, pto };
}

async function* pieces(
  ctx: Ctx,
  { range, advanced, explain }: Payroll,
  rows: readonly Row[],
  supplemental: boolean,
): AsyncGenerator<string> {
  const beside = supplemental
    ? await supplementalOf(ctx, {
        users: rows.map(({ pay }) => pay.userId),
        jobcodes: new Set(rows.flatMap(({ pto }) => [...pto.keys()])),
      })
    : undefined;
  yield '{"results":{"payroll_report":{';
  for (const [index, { pay, total, pto }] of rows.entries()) {
    const { userId, premiums } = pay;
    const head = `"user_id":${userId},"client_id":"${ctx.actor.companyId}","start_date":"${range.start}","end_date":"${range.end}"`;
    const off = mapText([...pto].map(([jobcodeId, seconds]) => [String(jobcodeId), seconds]));
    const byRate = advanced ? `,${overtimeOf(total, premiums, 'all')}` : '';
    const totals = totalsOf(total, premiums, advanced);
    yield `${index === 0 ? '' : ','}"${userId}":{${head},${totals},"pto_seconds":${off}${byRate}}`;
  }
  yield '}';
  if (explain) yield* explainPieces(rows.map(({ pay }) => pay));
  yield beside === undefined ? '}}' : `},${beside}}`;
}

/** One row a person. */
function table(ctx: Ctx, { range, advanced, pays }: Payroll, rows: readonly Row[]): Table {
  const columns = new SecondsColumns(pays, advanced, false);
  async function* cells(): AsyncGenerator<readonly (string | number | null)[]> {
    const people = await personCells(ctx, pays);
    for (const { pay, total } of rows) {
      yield [...(people.get(pay.userId) ?? []), ...columns.cells(total, pay.premiums)];
    }
  }
  return { name: `payroll-${range.start}-${range.end}`, head: [...personHead, ...columns.head], rows: cells() };
}
