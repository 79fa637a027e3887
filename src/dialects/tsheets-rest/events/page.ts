import type { Ctx } from '../../../engine/context.ts';
import { readChanges } from '../../../resources/history/changes.ts';
import { seenChanges } from '../../../resources/history/seen.ts';
import { presentOf, settledUpTo } from '../../../resources/history/settled.ts';
import type { Db } from '../../../store/db.ts';
import type { Asked } from './asked.ts';
import { eventText } from './event-text.ts';

/** Changes that are looked at for one page. */
const mostLookedAt = 1_000;

/**
 * A page of events as JSON: up to `limit` behind `since`, and `since` for the next page. Without `since` there are none, and the
 * next page begins now. `system` must see the whole server.
 */
export async function eventsPage(ctx: Ctx, system: Db, { since, wants }: Asked, limit: number): Promise<string> {
  const { companyId } = ctx.actor;
  if (since === undefined) return pageOf([], false, await presentOf(system, companyId));
  const upTo = (await settledUpTo(system, [companyId])).get(companyId) ?? since;
  const changes = await readChanges(ctx.db, companyId, { after: since, upTo, limit: mostLookedAt });
  const wanted = changes.filter(wants);
  const shown = wanted.slice(0, limit);
  const whole = shown.length === wanted.length && changes.length < mostLookedAt;
  const last = whole ? upTo : ((shown.length < wanted.length ? shown : changes).at(-1)?.id ?? upTo);
  const texts = (await seenChanges(ctx, shown)).map((seen) => eventText(ctx.actor, seen));
  return pageOf(texts, !whole, Math.max(last, since));
}

function pageOf(texts: readonly string[], more: boolean, since: number): string {
  return `{"results":{"events":[${texts.join(',')}]},"more":${more},"since":"${since}"}`;
}
