import { type Ctx, resourceOf } from '../engine/context.ts';
import { layoutOf } from '../engine/layout.ts';
import { lookup } from '../engine/lookup.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { DomainError } from '../lib/errors.ts';
import { hashPassword } from '../lib/passwords.ts';
import { companyOfToken, companyToken, secretHash } from '../lib/secrets.ts';
import { endSignIns } from '../resources/access-tokens/sessions.ts';
import { companyOf } from '../resources/companies/queries.ts';
import { loginOf, storePasswordHash } from '../resources/credentials/queries.ts';
import * as invitations from '../resources/invitations/queries.ts';
import { mayLetIn } from '../resources/users/authority.ts';
import type { CompanyCache } from '../store/cache.ts';
import type { Database } from '../store/db.ts';
import { sendMessages } from '../store/messages.ts';
import { originStatement } from '../store/write.ts';
import { checkNewPassword, type SignedIn } from './sign-in.ts';

/** Seconds for which an invitation can be taken. */
export const invitationSeconds = 7 * 86_400;
/** Page that a link leads to; its `token` is the secret. */
export const invitationPath = '/invitation';

/** Somebody to be invited. */
export type Invitation = Omit<invitations.OpenInvitation, 'hash'>;

/**
 * Invites users to choose a password, by links that work once; a newer link ends an older one. Gives for each why it was
 * refused, undefined where it was not. The number of statements does not grow with the number of invitations.
 */
export async function invite(ctx: Ctx, items: readonly Invitation[]): Promise<(DomainError | undefined)[]> {
  const refusals = await refusalsOf(ctx, items);
  const accepted = items.filter((_, index) => refusals[index] === undefined);
  if (accepted.length === 0) return refusals;
  const { companyId } = ctx.actor;
  const company = (await companyOf(ctx.db, companyId))?.name ?? '';
  const open = accepted.map((item) => ({ item, token: companyToken(companyId) }));
  await ctx.db.transaction(async (db) => {
    const rows = open.map(({ item, token }) => ({ ...item, hash: secretHash(token) }));
    await invitations.storeInvitations(db, ctx.actor, rows, ctx.now, ctx.now + invitationSeconds);
    const messages = open.map(({ item, token }) => ({
      userId: item.userId,
      method: item.contactMethod,
      to: item.contactInfo,
      subject: `Your time tracking at ${company}`,
      text: `${company} invites you to track your time with OpenPunch. Choose your password within 7 days:`,
      path: `${invitationPath}?token=${token}`,
    }));
    await sendMessages(db, companyId, messages, ctx.now);
  });
  return refusals;
}

async function refusalsOf(ctx: Ctx, items: readonly Invitation[]): Promise<(DomainError | undefined)[]> {
  const users = resourceOf(ctx, 'users');
  const layout = layoutOf(users);
  const rows = await lookup(
    ctx,
    users,
    items.map(({ userId }) => userId),
  );
  const seen = new Set<number>();
  return items.map(({ userId }) => {
    const refuse = (detail: string): DomainError => new DomainError('invalid', detail, { field: 'user_id' });
    const cells = rows.get(userId);
    if (cells === undefined) return refuse(`user_id ${userId} does not exist`);
    const row = layout.values(cells);
    if (!mayLetIn(ctx, row)) return denied('invite that user');
    if (row.active !== true) return refuse(`User ${userId} is archived`);
    if (seen.has(userId)) return refuse(`User ${userId} is invited by this request already`);
    seen.add(userId);
    return undefined;
  });
}

/** What taking an invitation needs of the app's services. */
interface Services {
  readonly database: Database;
  readonly cache: CompanyCache;
}

/** The user whom a link's secret invites. Throws DomainError ('not-found') when the link does not work (any more). */
export async function invitedBy(services: Services, token: string, now: number): Promise<SignedIn> {
  const companyId = companyOfToken(token);
  if (companyId === undefined) throw gone();
  const db = services.database.forCompany(companyId);
  const userId = await invitations.invitedUser(db, companyId, secretHash(token), now);
  const login = userId === undefined ? undefined : await loginOf(db, companyId, userId);
  if (login === undefined) throw gone();
  const { passwordHash: _hash, ...user } = login;
  return user;
}

/**
 * Gives the invited user his password, once; whoever signed in with the one before is signed out. Throws DomainError: 'not-found' when the link does not work (any more), or
 * why the password can not be taken.
 */
export async function takeInvitation(
  services: Services,
  { token, password, requestId, now }: { token: string; password: string; requestId: string; now: number },
): Promise<SignedIn> {
  const user = await invitedBy(services, token, now);
  const { companyId, userId } = user;
  checkNewPassword(password, [user.username, user.name, user.clientUrl, user.companyName]);
  const hash = await hashPassword(password);
  await services.database.forCompany(companyId).transaction(async (db) => {
    await db.rows(originStatement(`${userId}|invitation|${requestId}`));
    if (!(await invitations.takeInvitation(db, companyId, secretHash(token), now))) throw gone();
    await storePasswordHash(db, companyId, userId, hash);
    await endSignIns(db, companyId, [userId], now);
  });
  services.cache.forget(companyId);
  return user;
}

function gone(): DomainError {
  return new DomainError(
    'not-found',
    'It was used already, it is older than 7 days, or a newer one took its place. Ask your company for a new one.',
  );
}
