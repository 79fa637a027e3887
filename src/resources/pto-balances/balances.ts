import type { Ctx } from '../../engine/context.ts';
import { localDay } from '../../lib/time.ts';
import { balanceOn } from '../../rules/accrual/ledger.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';
import { accrualFacts, type Wanted } from './facts.ts';

/** Seconds by jobcode. */
export type Balances = ReadonlyMap<number, number>;

/** What each of these people has at the end of a day, for the jobcodes that a policy keeps a balance of. */
export async function balancesOf(ctx: Ctx, wanted: readonly Wanted[]): Promise<Map<number, Balances>> {
  const facts = await accrualFacts(ctx, wanted, 'balance');
  return new Map(
    wanted.map(({ id, to }) => {
      const own = [...(facts.get(id) ?? [])].map(([jobcodeId, known]) => [jobcodeId, balanceOn(known, to)] as const);
      return [id, new Map(own.sort(([a], [b]) => a - b))];
    }),
  );
}

/** The present day of each user, in his own zone. */
export async function todayOf(ctx: Ctx, userIds: readonly number[]): Promise<(userId: number) => string> {
  const settings = await effectiveSettings(ctx, userIds);
  return (userId) => localDay(String(settings.get(userId)?.get('general', 'tz') ?? 'UTC'), ctx.now);
}
