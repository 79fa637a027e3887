import { dayOfEpochDays, isoLocal, offsetMinutes } from '../../../lib/time.ts';
import type { PersonPay } from '../../../reports/payroll/payroll.ts';
import type { PaySegment } from '../../../rules/pay/time.ts';

/** The property `explain`, in pieces: by user, why each segment of time is paid as it is. Pieces begin with a comma. */
export function* explainPieces(pays: readonly PersonPay[]): Generator<string> {
  yield ',"explain":{';
  for (const [index, { userId, segments }] of pays.entries()) {
    yield `${index === 0 ? '' : ','}"${userId}":[`;
    for (const [at, segment] of segments.entries()) yield (at === 0 ? '' : ',') + segmentText(segment);
    yield ']';
  }
  yield '}';
}

function segmentText({ sheet, day, start, seconds, pay, why }: PaySegment): string {
  const moment = (epochSeconds: number): string => isoLocal(epochSeconds, offsetMinutes(sheet.zone, epochSeconds));
  const premium = pay.kind === 'multiplier' || pay.kind === 'fixed';
  return JSON.stringify({
    timesheet_id: sheet.id,
    jobcode_id: sheet.jobcodeId,
    date: dayOfEpochDays(day),
    start: start === null ? '' : moment(start),
    end: start === null ? '' : moment(start + seconds),
    seconds,
    class: premium ? 'overtime' : pay.kind,
    ...(premium ? { [pay.kind]: pay.rate } : {}),
    rule: why.rule,
    threshold: why.threshold,
    day_seconds: why.daySeconds,
    week_seconds: why.weekSeconds,
  });
}
