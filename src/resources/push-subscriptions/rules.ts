import { ECDH } from 'node:crypto';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Touched, Values, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { originOf } from '../../engine/writing.ts';
import { DomainError } from '../../lib/errors.ts';
import { endpointFault } from '../../rules/push-endpoint.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';

/** Devices of the company that are registered already, by endpoint. */
export type KnownDevices = ReadonlyMap<string, Values>;

/** The registered devices among those of a batch, whosever they are. */
export async function byEndpoint(ctx: Ctx, candidates: readonly Candidate[]): Promise<KnownDevices> {
  const { select, values } = layoutOf(resourceOf(ctx, 'push_subscriptions'));
  const endpoints = candidates.map((candidate) => String(candidate.values.endpoint));
  const rows = await ctx.db.rows(sql`
    SELECT ${select} FROM push_subscriptions t
    WHERE t.company_id = ${ctx.actor.companyId} AND t.endpoint = ANY(${endpoints}::text[])`);
  return new Map(rows.map(values).map((row) => [String(row.endpoint), row]));
}

/** A device that is registered again belongs to whoever uses it now, and to nobody else. */
export function findExisting(candidate: Candidate, known: KnownDevices): undefined {
  const stored = known.get(String(candidate.values.endpoint));
  if (stored !== undefined) candidate.existing = { id: Number(stored.id), code: 'same', stored };
}

/** Messages go to push services only, and must be readable by the device. */
export function checkDevice({ values, secrets }: Candidate, _: KnownDevices, ctx: Ctx): DomainError | undefined {
  const fault = endpointFault(String(values.endpoint), ctx.config.privatePush);
  if (fault !== undefined) return new DomainError('invalid', `endpoint ${fault}`, { field: 'endpoint' });
  if (!isPublicKey(secrets.p256dh)) {
    return new DomainError('invalid', 'p256dh must be a public key on the curve P-256, in base64url', {
      field: 'p256dh',
    });
  }
  if (bytesOf(secrets.auth)?.length !== 16) {
    return new DomainError('invalid', 'auth must be 16 bytes in base64url', { field: 'auth' });
  }
  return undefined;
}

function bytesOf(text = ''): Buffer | undefined {
  return /^[\w-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

function isPublicKey(text: string | undefined): boolean {
  const bytes = bytesOf(text);
  if (bytes?.length !== 65 || bytes[0] !== 4) return false;
  try {
    // Throws for a point that does not lie on the curve.
    ECDH.convertKey(bytes, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}

/** Keeps the keys beside the device, where no history sees them. */
export async function keepKeys({ db, actor }: Ctx, written: readonly Written[]): Promise<Touched> {
  const keys = (name: string): string[] =>
    written.map(({ candidate: { secrets } }) => String(secrets[name]).replace(/=+$/, ''));
  await db.rows(sql`
    INSERT INTO push_keys (company_id, subscription_id, p256dh, auth)
    SELECT ${actor.companyId}::int, i.* FROM
      unnest(${written.map(({ id }) => id)}::int[], ${keys('p256dh')}::text[], ${keys('auth')}::text[]) AS i
    ON CONFLICT (company_id, subscription_id) DO UPDATE SET p256dh = EXCLUDED.p256dh, auth = EXCLUDED.auth`);
  return new Map();
}

/** Forgets devices with their keys. */
export async function removeDevices(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const [, rows = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`DELETE FROM push_subscriptions WHERE company_id = ${ctx.actor.companyId} AND id = ANY(${ids}::int[]) RETURNING id`,
  ]);
  return new Set(rows.map(([id]) => Number(id)));
}
