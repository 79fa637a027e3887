import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import { DomainError } from '../../lib/errors.ts';
import { hashPassword } from '../../lib/passwords.ts';
import { weakPassword } from '../../rules/new-password.ts';
import { constraintCode } from '../../store/pg-errors.ts';
import { sql } from '../../store/sql.ts';
import { endSignIns } from '../access-tokens/sessions.ts';
import { revokeInvitations } from '../invitations/queries.ts';
import { gainsReach, mayLetIn } from './authority.ts';
import { isActiveAdmin } from './changes.ts';
import { adminsOf, type UserFacts } from './facts.ts';
import { loginPinOf } from './pins.ts';

/** Class of the advisory locks under which admins stop being admins, one after the other. */
const adminLock = 20_003;

/** Everyone sets only his own password, and none that is easily guessed. */
export function checkSecrets(candidate: Candidate, facts: UserFacts, ctx: Ctx): DomainError | undefined {
  if (candidate.secrets.password !== undefined && candidate.id !== ctx.actor.userId) return deniedPassword;
  return checkStrength(candidate, facts);
}

/** Whoever may let somebody in may set his password, too; none that is easily guessed. */
export function checkSecretsOfOthers(candidate: Candidate, facts: UserFacts, ctx: Ctx): DomainError | undefined {
  const { id, before, values, secrets } = candidate;
  if (secrets.password !== undefined && id !== ctx.actor.userId && !mayLetIn(ctx, before ?? values))
    return deniedPassword;
  return checkStrength(candidate, facts);
}

const deniedPassword = denied('set the password of somebody else');

function checkStrength(
  { values, secrets: { password } }: Candidate,
  { companyNames }: UserFacts,
): DomainError | undefined {
  if (password === undefined) return undefined;
  const { username, email, first_name: first, last_name: last, client_url: company, company_name: name } = values;
  return weakPassword(
    password,
    [username, email, `${first} ${last}`, company, name, ...companyNames].map((word) => String(word ?? '')),
  );
}

/**
 * Stores hashes of passwords and PINs, signs out whoever got another password, ends invitations of the archived, and of those
 * who may now do more than whoever invited them, and sees to it that an admin is left.
 */
export async function afterUsers(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  await storeHashes(ctx, written);
  const archived = written.flatMap(({ id, candidate: { before, values } }) =>
    before?.active === true && values.active === false ? [id] : [],
  );
  await revokeInvitations(ctx.db, ctx.actor.companyId, archived);
  const raised = written.flatMap(({ id, candidate }) => (candidate.before && gainsReach(candidate) ? [id] : []));
  await revokeInvitations(ctx.db, ctx.actor.companyId, raised, { exceptByAdmins: true });
  await demandAnAdmin(ctx, written);
  return new Map();
}

async function storeHashes({ db, actor, now, signIn }: Ctx, written: readonly Written[]): Promise<void> {
  const rows = written.filter(({ candidate }) => Object.keys(candidate.secrets).length > 0);
  if (rows.length === 0) return;
  const hashes = (wanted: (secrets: Candidate['secrets']) => string | undefined): Promise<(string | null)[]> =>
    Promise.all(
      rows.map(async ({ candidate: { secrets } }) => {
        const text = wanted(secrets);
        return text === undefined ? null : hashPassword(text);
      }),
    );
  await db.rows(sql`
    INSERT INTO credentials AS c (company_id, user_id, password_hash, login_pin_hash)
    SELECT ${actor.companyId}::int, i.* FROM
      unnest(${rows.map(({ id }) => id)}::int[], ${await hashes(({ password }) => password)}::text[], ${await hashes(loginPinOf)}::text[]) AS i
    ON CONFLICT (company_id, user_id) DO UPDATE SET
      password_hash = coalesce(EXCLUDED.password_hash, c.password_hash),
      login_pin_hash = coalesce(EXCLUDED.login_pin_hash, c.login_pin_hash)`);
  const changed = rows.filter(({ candidate: { before, secrets } }) => before && secrets.password !== undefined);
  await endSignIns(
    db,
    actor.companyId,
    changed.map(({ id }) => id),
    now,
    signIn,
  );
}

/** Two admins who demote each other at the same moment meet here; the code makes the engine judge the later one anew. */
async function demandAnAdmin({ db, actor }: Ctx, written: readonly Written[]): Promise<void> {
  if (!written.some(({ candidate: { before, values } }) => isActiveAdmin(before) && !isActiveAdmin(values))) return;
  const [, admins = []] = await db.pipeline([
    sql`SELECT pg_advisory_xact_lock(${adminLock}, ${actor.companyId})`,
    adminsOf(actor.companyId),
  ]);
  if (admins.length === 0)
    throw new DomainError('conflict', 'The company needs an administrator', { code: constraintCode('users_an_admin') });
}
