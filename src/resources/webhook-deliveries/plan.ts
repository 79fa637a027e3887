import type { Definition } from '../../engine/definition.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { type Change, readChanges } from '../history/changes.ts';
import { eventfulTables } from '../history/eventful.ts';
import { namesIn } from '../webhooks/rules.ts';

const mostAtOnce = 500;
/** Turns of so many changes that one company gets before others have theirs. */
const mostTurns = 10;

interface Listener {
  readonly id: number;
  readonly position: number;
  readonly resources: readonly string[];
  readonly actions: readonly string[];
}

const working = sql`w.active AND w.state = 'active'`;

/** Companies where something has happened that webhooks have not looked at yet. `db` must see all companies. */
export async function companiesWithNews(db: Db): Promise<number[]> {
  const rows = await db.rows(sql`
    SELECT w.company_id FROM webhooks w
    JOIN webhook_progress p ON p.company_id = w.company_id AND p.webhook_id = w.id
    WHERE ${working} AND EXISTS (SELECT FROM history h WHERE h.company_id = w.company_id AND h.id > p.position)
    GROUP BY w.company_id`);
  return rows.map(([id]) => Number(id));
}

/**
 * Plans what the webhooks of a company are to deliver of its history up to a number, or the first thousands of it. Each change is
 * looked at once, however many processes plan at the same moment.
 */
export async function planDeliveries(
  db: Db,
  companyId: number,
  { upTo, resources, now }: { upTo: number; resources: ReadonlyMap<string, Definition>; now: number },
): Promise<void> {
  const tables = eventfulTables(resources);
  let more = true;
  for (let turn = 0; more && turn < mostTurns; turn += 1) {
    more = await db.transaction(async (inside) => {
      const listeners = await takeListeners(inside, companyId);
      if (listeners.length === 0) return false;
      const after = Math.min(...listeners.map(({ position }) => position));
      const changes = await readChanges(inside, companyId, { after, upTo, limit: mostAtOnce });
      const last = changes.at(-1);
      if (last === undefined) return false;
      const planned = changes.flatMap((change) => {
        const name = tables.get(change.table)?.name;
        if (name === undefined) return [];
        return listeners.filter((one) => wants(one, name, change)).map(({ id }) => ({ webhookId: id, name, change }));
      });
      await insert(inside, companyId, planned, now);
      await inside.rows(sql`
        UPDATE webhook_progress SET position = ${last.id}::bigint
        WHERE company_id = ${companyId} AND position < ${last.id}::bigint
          AND webhook_id = ANY(${listeners.map(({ id }) => id)}::int[])`);
      return changes.length === mostAtOnce;
    });
  }
}

/** The webhooks that nobody else plans for just now. */
async function takeListeners(db: Db, companyId: number): Promise<Listener[]> {
  const rows = await db.rows(sql`
    SELECT w.id, p.position, w.resources, w.actions FROM webhooks w
    JOIN webhook_progress p ON p.company_id = w.company_id AND p.webhook_id = w.id
    WHERE w.company_id = ${companyId} AND ${working} ORDER BY w.id FOR UPDATE OF p SKIP LOCKED`);
  return rows.map(([id, position, resources, actions]) => ({
    id: Number(id),
    position: Number(position),
    resources: namesIn(resources),
    actions: namesIn(actions),
  }));
}

function wants({ position, resources, actions }: Listener, name: string, { id, action }: Change): boolean {
  const listed = (names: readonly string[], one: string): boolean => names.includes('*') || names.includes(one);
  return id > position && listed(resources, name) && listed(actions, action);
}

async function insert(
  db: Db,
  companyId: number,
  planned: readonly { webhookId: number; name: string; change: Change }[],
  now: number,
): Promise<void> {
  if (planned.length === 0) return;
  await db.rows(sql`
    INSERT INTO webhook_deliveries (company_id, webhook_id, event_id, resource, action, object_id, due, created)
    SELECT ${companyId}::int, d.*, to_timestamp(${now}::float8), to_timestamp(${now}::float8) FROM unnest(
      ${planned.map(({ webhookId }) => webhookId)}::int[], ${planned.map(({ change }) => change.id)}::bigint[],
      ${planned.map(({ name }) => name)}::text[], ${planned.map(({ change }) => change.action)}::text[],
      ${planned.map(({ change }) => change.rowId)}::int[]) AS d
    ON CONFLICT DO NOTHING`);
}
