import { randomBytes } from 'node:crypto';
import type { Ctx } from '../../engine/context.ts';
import type { Touched, Written } from '../../engine/definition.ts';
import { originOf } from '../../engine/writing.ts';
import { secretOf } from '../../rules/webhook-signature.ts';
import type { Db } from '../../store/db.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';
import { begins } from './rules.ts';

const secretLength = 32;
/** Seconds for which a secret is signed with after another took its place. */
const overlapSeconds = 86_400;

/** A new secret. */
export function newSecret(): string {
  return secretOf(randomBytes(secretLength));
}

/** Keeps the secrets of webhooks that are new or were given another, and lets those that begin hear from now on. */
export async function keepSecrets(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  const { db, actor, now } = ctx;
  const fresh = written.filter(({ candidate: { before, values } }) => before === undefined || begins(before, values));
  const keyed = written.filter(({ candidate: { before, secrets } }) => before === undefined || secrets.secret);
  await rotateSecrets(
    db,
    actor.companyId,
    keyed.map(({ id, candidate }) => ({ id, secret: candidate.secrets.secret ?? newSecret() })),
    now,
  );
  await db.rows(sql`
    INSERT INTO webhook_progress (company_id, webhook_id, position)
    SELECT ${actor.companyId}::int, w.id, (SELECT last_value FROM history_id_seq)
    FROM unnest(${fresh.map(({ id }) => id)}::int[]) AS w (id)
    ON CONFLICT (company_id, webhook_id)
    DO UPDATE SET position = excluded.position, failures = 0, failing_since = NULL, rest_until = NULL`);
  return new Map();
}

/** Gives webhooks other secrets; those before are signed with for a day more. */
export async function rotateSecrets(
  db: Db,
  companyId: number,
  secrets: readonly { id: number; secret: string }[],
  now: number,
): Promise<void> {
  if (secrets.length === 0) return;
  await db.rows(sql`
    INSERT INTO webhook_secrets AS s (company_id, webhook_id, secret)
    SELECT ${companyId}::int, g.id, g.secret
    FROM unnest(${secrets.map(({ id }) => id)}::int[], ${secrets.map(({ secret }) => secret)}::text[]) AS g (id, secret)
    ON CONFLICT (company_id, webhook_id) DO UPDATE
    SET secret = excluded.secret, previous = s.secret, previous_until = to_timestamp(${now + overlapSeconds}::float8)`);
}

/** Removes webhooks with all that they were to deliver. */
export async function removeWebhooks(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const [, rows = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`DELETE FROM webhooks WHERE company_id = ${ctx.actor.companyId} AND id = ANY(${ids}::int[]) RETURNING id`,
  ]);
  return new Set(rows.map(([id]) => Number(id)));
}
