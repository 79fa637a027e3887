import type { Ctx } from '../../engine/context.ts';
import { DomainError } from '../../lib/errors.ts';
import { usersNamed } from '../../resources/users/named.ts';

/** The user that a user name, an id or an email address means, as the actor sees people. Throws 'not-found', 'conflict'. */
export async function userNamed(ctx: Ctx, text: string, field = 'username'): Promise<number> {
  const [userId, other] = await usersNamed(ctx, text.trim());
  if (userId === undefined) throw new DomainError('not-found', `There is no user ${text.trim()}`, { field });
  if (other !== undefined) {
    throw new DomainError('conflict', `Several users have the email address ${text.trim()}; give a user name`, {
      field,
    });
  }
  return userId;
}
