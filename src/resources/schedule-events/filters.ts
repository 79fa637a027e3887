import type { Asked } from '../../engine/definition.ts';
import { instantIn } from '../../engine/filters.ts';
import { whereFor } from '../../engine/permissions.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { sees } from './authority.ts';

function combined({ text }: Asked): boolean {
  return text('team_events') === 'base';
}

/** Events of these users; 0 stands for nobody. */
export function ofUsers(ids: readonly number[], _companyId: number, asked: Asked): Sql {
  const assigned = combined(asked)
    ? sql`t.assigned_user_ids && ${ids}::int[]`
    : sql`coalesce(t.assignee_id = ANY(${ids}::int[]), FALSE)`;
  return ids.includes(0) ? sql`(t.assignee_id IS NULL OR ${assigned})` : assigned;
}

/** Events of active users (1) or of archived ones (0). What nobody is assigned to counts as active. */
export function ofActiveUsers(choice: string, companyId: number, asked: Asked): Sql {
  const users = combined(asked) ? sql`ANY(t.assigned_user_ids)` : sql`t.assignee_id`;
  const active = sql`EXISTS (SELECT FROM users u WHERE u.company_id = ${companyId} AND u.id = ${users} AND u.active)`;
  return choice === '1'
    ? sql`(t.assignee_id IS NULL OR ${active})`
    : sql`(t.assignee_id IS NOT NULL AND NOT ${active})`;
}

/** Each event once: of the rows of its users the first one that this person sees. */
export function oncePerEvent(_choice: string, companyId: number, { actor }: Asked): Sql {
  return sql`(t.team IS NULL OR t.id = (
    SELECT first.id FROM (SELECT t.team AS of) w, LATERAL (
      SELECT t.id FROM schedule_events t WHERE t.company_id = ${companyId} AND t.team = w.of AND ${whereFor(sees, actor)}
      ORDER BY array_position(t.assigned_user_ids, t.assignee_id) LIMIT 1) first))`;
}

/** Events that end at this moment or before it. */
export function endsBy(text: string): Sql {
  return sql`t.end_at <= ${instantIn('end', text)}::timestamptz`;
}
