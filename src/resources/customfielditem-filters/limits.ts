import { type Ctx, resourceOf } from '../../engine/context.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import type { FieldDefinition } from '../../rules/customfield-values.ts';
import { combineLimits, type Limits } from '../../rules/item-limits.ts';
import { sql } from '../../store/sql.ts';

/** Whose time on what: a timesheet's, or that of one user of a schedule event. jobcodeId 0 is no jobcode. */
export interface Use {
  readonly userId: number;
  readonly jobcodeId: number;
}

/** What may be chosen for a user's time on a jobcode, by custom field. */
export type LimitsOfUse = (use: Use) => Limits;

const none: Limits = new Map();

/**
 * Which custom field items these users may choose on these jobcodes. Load it with the facts of a batch, for all of its
 * candidates that have custom field values, and give what it says about each to `checkLimits` (src/rules/item-limits.ts),
 * with the values that are new; with all values where the user or the jobcode changes. For what has several users, such as
 * a schedule event, every user's limits count; userId 0 is nobody. No statement where no field is filtered; else two at
 * most, and answers are kept until anything of the company changes.
 */
export async function limitsOf(
  ctx: Ctx,
  fields: ReadonlyMap<number, FieldDefinition>,
  uses: readonly Use[],
): Promise<LimitsOfUse> {
  if (uses.length === 0 || ![...fields.values()].some(({ filtered }) => filtered)) return () => none;
  const groups = await groupsOf(ctx, new Set(uses.map(({ userId }) => userId)));
  const keysOf = ({ userId, jobcodeId }: Use) => ({
    jobcode: `jobcodes ${jobcodeId}`,
    user: `users ${userId}`,
    group: `groups ${groups.get(userId) ?? 0}`,
  });
  const keys = new Set(uses.flatMap((use) => Object.values(keysOf(use))));
  const known = await ctx.cache.rememberMany(ctx.actor.companyId, 'item-limits', keys, (missing) => load(ctx, missing));
  return (use) => {
    const { jobcode, user, group } = keysOf(use);
    const of = (key: string): Limits => known.get(key) ?? none;
    return combineLimits({ jobcode: of(jobcode), user: of(user), group: of(group) });
  };
}

async function groupsOf(ctx: Ctx, userIds: Iterable<number>): Promise<Map<number, number>> {
  const users = resourceOf(ctx, 'users');
  const at = layoutOf(users).at('group_id');
  const rows = await lookup(ctx, users, userIds);
  return new Map([...rows].map(([id, cells]) => [id, Number(cells[at] ?? 0)]));
}

/** The limits of targets by 'kind id'; a target without any is known to have none. */
async function load(ctx: Ctx, targets: readonly string[]): Promise<Map<string, Limits>> {
  const pairs = targets.map((target) => target.split(' '));
  const rows = await ctx.db.rows(sql`
    SELECT w.kind || ' ' || w.id, f.customfield_id, i.name
    FROM unnest(${pairs.map(([kind = '']) => kind)}::text[], ${pairs.map(([, id]) => Number(id))}::int[]) AS w(kind, id)
    JOIN customfielditem_filters f ON f.company_id = ${ctx.actor.companyId} AND f.applies_to = w.kind
      AND f.applies_to_id = w.id AND f.active
    JOIN customfielditems i ON i.company_id = f.company_id AND i.customfield_id = f.customfield_id
      AND i.id = f.customfielditem_id
    ORDER BY i.id`);
  const found = new Map(targets.map((target) => [target, new Map<number, Map<string, string>>()]));
  for (const [target, fieldId, name] of rows) {
    const limits = found.get(String(target));
    const items = limits?.get(Number(fieldId)) ?? new Map<string, string>();
    limits?.set(Number(fieldId), items.set(String(name).toLowerCase(), String(name)));
  }
  return found;
}
