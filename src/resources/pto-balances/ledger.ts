import type { Ctx } from '../../engine/context.ts';
import { type LedgerEntry, ledgerOf } from '../../rules/accrual/ledger.ts';
import { accrualFacts, type Wanted } from './facts.ts';

/** An entry of the ledger of one person and jobcode. */
export interface PtoEntry extends LedgerEntry {
  readonly jobcodeId: number;
}

/** Every change of a person's balances from the beginning to a day, by day and jobcode. */
export async function ptoLedger(ctx: Ctx, person: Wanted): Promise<PtoEntry[]> {
  const facts = (await accrualFacts(ctx, [person], 'ledger')).get(person.id) ?? new Map();
  const entries = [...facts]
    .sort(([a], [b]) => a - b)
    .flatMap(([jobcodeId, known]) => ledgerOf(known, person.to).map((entry) => ({ jobcodeId, ...entry })));
  // Sorting is stable: within a day and jobcode the order of the ledger stays.
  return entries.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.jobcodeId - b.jobcodeId));
}
