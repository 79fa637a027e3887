import type { Ctx } from '../../engine/context.ts';
import { DomainError } from '../../lib/errors.ts';
import { demandPunchFor } from '../../operations/clock.ts';
import { usersNamed } from '../../resources/users/named.ts';
import type { Call } from './action.ts';
import { given } from './read.ts';

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

/**
 * The user whom an action is about: whom `username` names, where the actor may act for him, else the actor himself. Throws
 * 'not-found', 'conflict', 'forbidden'.
 */
export async function subjectOf({ ctx, params }: Pick<Call, 'ctx' | 'params'>): Promise<number> {
  const text = given(params, 'username');
  if (text === undefined) return ctx.actor.userId;
  const userId = await userNamed(ctx, text);
  demandPunchFor(ctx, userId);
  return userId;
}
