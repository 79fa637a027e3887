import type { Ctx } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { earlierDay } from '../../lib/time.ts';
import { type Balances, balancesOf } from '../pto-balances/balances.ts';
import { personOf } from '../pto-balances/people.ts';
import type { EntryFacts } from './facts.ts';

/** Time off that somebody asks for. */
interface AskedFor {
  readonly userId: number;
  readonly entries: readonly Values[];
}

/** Seconds as hours, with at most two decimals: '7.5 hours'. */
export function hoursIn(seconds: number): string {
  const hours = Math.round(seconds / 36) / 100;
  return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

/**
 * What the balance is on the first day that is asked for, without and with this time off, as sentences that follow others; ''
 * where no balance is kept.
 */
export async function balancesBefore(
  ctx: Ctx,
  all: readonly AskedFor[],
  { users, jobcodes }: EntryFacts,
): Promise<(asked: AskedFor) => string> {
  const firstDays = new Map<number, string>();
  for (const { userId, entries } of all) {
    for (const { date } of entries)
      firstDays.set(userId, earlierDay(firstDays.get(userId) ?? String(date), String(date)));
  }
  const wanted = [...firstDays].flatMap(([userId, to]) => {
    const user = users.get(userId);
    return user === undefined ? [] : [{ ...personOf(user), to }];
  });
  const balances = wanted.length === 0 ? new Map<number, Balances>() : await balancesOf(ctx, wanted);
  return ({ userId, entries }) => {
    const sums = new Map<number, number>();
    for (const { jobcode_id, duration } of entries)
      sums.set(Number(jobcode_id), (sums.get(Number(jobcode_id)) ?? 0) + Number(duration));
    const sentences = [...sums].flatMap(([jobcodeId, seconds]) => {
      const before = balances.get(userId)?.get(jobcodeId);
      if (before === undefined) return [];
      const name = String(jobcodes.get(jobcodeId)?.name ?? 'time off');
      const day = firstDays.get(userId);
      return [` Balance of ${name} on ${day}: ${hoursIn(before)} before, ${hoursIn(before - seconds)} after.`];
    });
    return sentences.join('');
  };
}
