import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';

/** Types of the jobcodes of a batch, by id. */
export type JobcodeFacts = ReadonlyMap<number, string>;

/** What kinds of time the jobcodes of a batch are for. */
export async function jobcodeFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<JobcodeFacts> {
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const position = layoutOf(jobcodes).at('type');
  const rows = await lookup(
    ctx,
    jobcodes,
    candidates.map(({ values }) => Number(values.jobcode_id)),
  );
  return new Map([...rows].map(([id, cells]) => [id, String(cells[position])]));
}

/** Balances are kept of paid time off only. */
export function onTimeOff({ before, values }: Candidate, types: JobcodeFacts): DomainError | undefined {
  if (before !== undefined || types.get(Number(values.jobcode_id)) === 'pto') return undefined;
  return new DomainError('invalid', `jobcode_id ${values.jobcode_id} is not of type pto`, { field: 'jobcode_id' });
}

const firstDay = '2000-01-01';

/** A policy has at least one day, and none that nobody needs any more. */
export function checkDays({ values }: Candidate): DomainError | undefined {
  if (String(values.start_date) < firstDay)
    return new DomainError('invalid', `start_date must not be before ${firstDay}`, { field: 'start_date' });
  if (values.end_date !== null && String(values.end_date) < String(values.start_date))
    return new DomainError('invalid', 'end_date must not be before start_date', { field: 'end_date' });
  return undefined;
}
