import { epochOfPg } from '../../lib/time.ts';
import { restSeconds, retrySeconds, shouldPause } from '../../rules/webhook-retries.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';

/** Seconds for which whoever takes a delivery has it. Who dies with it gives it back after that. */
const leaseSeconds = 60;
/** Deliveries of one webhook that are under way at once. */
const mostOfOne = 10;

/** Later events of an object wait for the earlier ones. */
const firstOfObject = sql`NOT EXISTS (
  SELECT FROM webhook_deliveries e
  WHERE e.company_id = d.company_id AND e.webhook_id = d.webhook_id AND e.resource = d.resource
    AND e.object_id = d.object_id AND e.event_id < d.event_id AND e.status = 'waiting')`;

/** A delivery that was taken, with what sending it needs. */
export interface Taken {
  readonly companyId: number;
  readonly id: number;
  readonly webhookId: number;
  readonly messageId: string;
  readonly eventId: number;
  readonly attempts: number;
  /** Names this turn of it: whoever comes back after it was given to another changes nothing. */
  readonly lease: string;
  readonly url: string;
  /** As whom the webhook acts. */
  readonly userId: number;
  /** The present secret, and the one before while it counts. */
  readonly secrets: readonly string[];
}

/**
 * Takes deliveries that are due, the earliest of each object only, so that a later event waits for the one before it. A receiver
 * that failed last is asked for one at a time. Companies, and the webhooks of each, get equal shares of what is under way, however
 * much waits for one of them.
 */
export async function takeDeliveries(db: Db, now: number, most: number): Promise<Taken[]> {
  const at = sql`to_timestamp(${now}::float8)`;
  const rows = await db.rows(sql`
    WITH ready AS (
      SELECT w.company_id, w.id, CASE WHEN p.failures > 0 THEN 1 ELSE ${mostOfOne}::int END AS most, (
          SELECT count(*) FROM webhook_deliveries b
          WHERE b.company_id = w.company_id AND b.webhook_id = w.id AND b.leased_until > ${at}
        ) AS busy
      FROM webhooks w JOIN webhook_progress p ON p.company_id = w.company_id AND p.webhook_id = w.id
      WHERE w.active AND w.state = 'active' AND (p.rest_until IS NULL OR p.rest_until <= ${at})
        AND (w.client_id = '' OR EXISTS (SELECT FROM oauth_apps a WHERE a.client_id = w.client_id AND a.active))
    ), companies AS (
      SELECT company_id, sum(busy) AS busy FROM ready GROUP BY company_id
    ), free AS (
      SELECT d.company_id, d.id, r.busy + row_number() OVER (PARTITION BY d.company_id, r.id ORDER BY d.due, d.id) AS place
      FROM ready r CROSS JOIN LATERAL (
        SELECT d.company_id, d.id, d.due FROM webhook_deliveries d
        WHERE d.company_id = r.company_id AND d.webhook_id = r.id AND d.status = 'waiting' AND d.due <= ${at}
          AND (d.leased_until IS NULL OR d.leased_until <= ${at})
          AND ${firstOfObject}
        ORDER BY d.due, d.id LIMIT greatest(least(r.most - r.busy, ${most}), 0) FOR UPDATE SKIP LOCKED
      ) d
    ), due AS (
      SELECT f.company_id, f.id FROM free f JOIN companies c ON c.company_id = f.company_id
      ORDER BY c.busy + row_number() OVER (PARTITION BY f.company_id ORDER BY f.place), f.place LIMIT ${most}
    ), taken AS (
      UPDATE webhook_deliveries d SET leased_until = to_timestamp(${now + leaseSeconds}::float8)
      FROM due WHERE d.company_id = due.company_id AND d.id = due.id RETURNING d.*
    )
    SELECT t.company_id, t.id, t.webhook_id, t.message_id, t.event_id, t.attempts, t.leased_until, w.url, w.user_id, s.secret,
      CASE WHEN s.previous_until > ${at} THEN s.previous END
    FROM taken t JOIN webhooks w ON w.company_id = t.company_id AND w.id = t.webhook_id
    JOIN webhook_secrets s ON s.company_id = t.company_id AND s.webhook_id = t.webhook_id`);
  return rows.map(([companyId, id, webhookId, messageId, eventId, attempts, lease, url, userId, secret, previous]) => ({
    companyId: Number(companyId),
    id: Number(id),
    webhookId: Number(webhookId),
    messageId: String(messageId),
    eventId: Number(eventId),
    attempts: Number(attempts),
    lease: String(lease),
    url: String(url),
    userId: Number(userId),
    secrets: [String(secret), ...(typeof previous === 'string' ? [previous] : [])],
  }));
}

/** What an attempt came to. */
export interface Attempted {
  /** Undefined where no answer came. */
  readonly statusCode: number | undefined;
  readonly error: string;
  /** Beginning of the answer. */
  readonly response: string;
}

/** Notes a success. */
export async function noteDelivered(
  db: Db,
  taken: Taken,
  { statusCode, response }: Attempted,
  now: number,
): Promise<void> {
  const { companyId, webhookId } = taken;
  await db.pipeline(
    [
      sql`UPDATE webhook_deliveries SET status = 'delivered', due = NULL, leased_until = NULL, attempts = attempts + 1, error = '',
            last_status_code = ${statusCode}, response = ${response}, last_attempt = to_timestamp(${now}::float8)
          WHERE ${stillHeld(taken)}`,
      sql`UPDATE webhook_progress SET failures = 0, failing_since = NULL, rest_until = NULL
          WHERE company_id = ${companyId} AND webhook_id = ${webhookId} AND failures > 0`,
    ],
    { atomic: true },
  );
}

/** Notes a failure; gives whether the webhook is to be paused, since nothing but failures came for days. */
export async function noteFailed(
  db: Db,
  taken: Taken,
  { statusCode = null, error, response }: Omit<Attempted, 'statusCode'> & { statusCode?: number | null | undefined },
  now: number,
): Promise<boolean> {
  const { companyId, webhookId, attempts } = taken;
  const retry = retrySeconds(attempts + 1, Math.random());
  const due = retry === undefined ? null : now + retry;
  return db.transaction(async (inside) => {
    const held = await inside.rows(sql`
      UPDATE webhook_deliveries SET status = ${retry === undefined ? 'failed' : 'waiting'}, due = to_timestamp(${due}::float8),
        leased_until = NULL, attempts = attempts + 1, error = ${error}, last_status_code = ${statusCode},
        response = ${response}, last_attempt = to_timestamp(${now}::float8)
      WHERE ${stillHeld(taken)} RETURNING 1`);
    if (held.length === 0) return false;
    const [progress] = await inside.rows(sql`
      UPDATE webhook_progress SET failures = failures + 1, failing_since = coalesce(failing_since, to_timestamp(${now}::float8))
      WHERE company_id = ${companyId} AND webhook_id = ${webhookId} RETURNING failures, failing_since`);
    const [failures, since] = progress ?? [];
    await inside.rows(sql`
      UPDATE webhook_progress SET rest_until = to_timestamp(${now + restSeconds(Number(failures))}::float8)
      WHERE company_id = ${companyId} AND webhook_id = ${webhookId}`);
    return typeof since === 'string' && shouldPause(epochOfPg(since), now);
  });
}

/** Forgets a delivery whose event the webhook's user may not hear of. */
export async function dropDelivery(db: Db, taken: Taken): Promise<void> {
  await db.rows(sql`DELETE FROM webhook_deliveries WHERE ${stillHeld(taken)}`);
}

const stillHeld = ({ companyId, id, lease }: Taken) =>
  sql`company_id = ${companyId} AND id = ${id} AND status = 'waiting' AND leased_until = ${lease}::timestamptz`;

/** The moment (epoch seconds) at which the next delivery can be tried; undefined when none waits. */
export async function nextDelivery(db: Db): Promise<number | undefined> {
  const [row] = await db.rows(sql`
    SELECT extract(epoch FROM min(greatest(d.moment, p.rest_until))) FROM webhooks w
    JOIN webhook_progress p ON p.company_id = w.company_id AND p.webhook_id = w.id
    CROSS JOIN LATERAL (
      (SELECT d.due AS moment FROM webhook_deliveries d
       WHERE d.company_id = w.company_id AND d.webhook_id = w.id AND d.status = 'waiting' AND d.leased_until IS NULL
         AND ${firstOfObject}
       ORDER BY d.due, d.id LIMIT 1)
      UNION ALL
      SELECT greatest(d.due, d.leased_until) FROM webhook_deliveries d
      WHERE d.company_id = w.company_id AND d.webhook_id = w.id AND d.leased_until IS NOT NULL
    ) d
    WHERE w.active AND w.state = 'active'`);
  const moment = row?.[0] ?? null;
  return moment === null ? undefined : Number(moment);
}

/** Forgets deliveries that were planned before a moment. */
export async function forgetDeliveries(db: Db, before: number): Promise<void> {
  await db.rows(sql`DELETE FROM webhook_deliveries WHERE created < to_timestamp(${before}::float8)`);
}
