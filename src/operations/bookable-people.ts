import type { Ctx } from '../engine/context.ts';
import { denied } from '../engine/rules-of-batch.ts';
import { inTransaction } from '../engine/turns.ts';
import { createOne, updateOne, valuesById } from '../engine/values.ts';
import { originOf } from '../engine/writing.ts';
import { DomainError } from '../lib/errors.ts';
import { randomKey } from '../lib/secrets.ts';
import { effectiveSettings, setSettings } from '../resources/effective-settings/queries.ts';
import { storeProfile, usersOfEmail } from '../resources/resource-profiles/queries.ts';
import { bookable } from '../resources/users/bookable.ts';
import { mayEdit, setWorkingHours } from '../resources/working-hours/set.ts';
import { originStatement } from '../store/write.ts';

/** What is said of somebody, or something, that can be booked: Timekit's resource. Reference: (c) Resources. */
export interface PersonText {
  /** Split at its last blank, where the two names are not given. */
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  /** An IANA zone. */
  readonly timeZone?: string;
  readonly image?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly password?: string;
  /** Working hours; see setWorkingHours. */
  readonly constraints?: readonly unknown[];
}

/**
 * Makes a user who tracks time; without a password he can not sign in. He is called by his email, or by a random name where he
 * has none. All or nothing; gives his id. Throws DomainError.
 */
export async function createPerson(ctx: Ctx, given: PersonText): Promise<number> {
  return inTransaction(ctx, async (inside) => {
    const { email, password } = given;
    if (email !== undefined) await demandNewEmail(inside, email);
    const username = email?.replaceAll(',', '.') ?? `resource-${randomKey().slice(0, 12)}`;
    const way = password === undefined ? {} : { password, require_password_change: false };
    const fields = { ...namesOf(given), username, ...(email === undefined ? {} : { email }), ...way };
    const { id } = await createOne(inside, bookable, fields);
    await tellRest(inside, Number(id), given);
    return Number(id);
  });
}

/** Changes what is given of a user; an email that he has stays. All or nothing. Throws DomainError. */
export async function updatePerson(ctx: Ctx, userId: number, given: PersonText): Promise<void> {
  await inTransaction(ctx, async (inside) => {
    const before = await valuesById(inside, bookable, userId);
    const { email, password } = given;
    const isNew = email !== undefined && email.toLowerCase() !== String(before.email).toLowerCase();
    if (isNew && before.email !== '')
      throw new DomainError('invalid', 'The email can not be changed.', { field: 'email' });
    if (isNew) await demandNewEmail(inside, email);
    const fields = {
      ...namesOf(given),
      ...(isNew ? { email } : {}),
      ...(password === undefined ? {} : { password }),
    };
    if (Object.keys(fields).length > 0) await updateOne(inside, bookable, userId, fields);
    if (!(await mayEdit(inside, before))) throw denied('edit that user');
    await tellRest(inside, userId, given);
  });
}

/** Archives a user: nobody can book him any more. Throws DomainError. */
export async function archivePerson(ctx: Ctx, userId: number): Promise<void> {
  await updateOne(ctx, bookable, userId, { active: false });
}

/** The zones of users, from the company's cache. */
export async function zonesOf(ctx: Ctx, userIds: Iterable<number>): Promise<Map<number, string>> {
  const settings = await effectiveSettings(ctx, userIds);
  return new Map([...settings].map(([id, reader]) => [id, String(reader.get('general', 'tz'))]));
}

function namesOf({ name, firstName, lastName }: PersonText): Record<string, string> {
  const words = name?.trim().split(/\s+/) ?? [];
  const [last, first] = words.length > 1 ? [words.at(-1), words.slice(0, -1).join(' ')] : ['', words[0]];
  return {
    ...(first === undefined ? {} : { first_name: first, last_name: last ?? '' }),
    ...(firstName === undefined ? {} : { first_name: firstName }),
    ...(lastName === undefined ? {} : { last_name: lastName }),
  };
}

async function demandNewEmail({ db, actor }: Ctx, email: string): Promise<void> {
  if ((await usersOfEmail(db, actor.companyId, email)).length === 0) return;
  throw new DomainError('conflict', 'Email already exists', { field: 'email' });
}

/** What the row of a user does not hold. */
async function tellRest(ctx: Ctx, userId: number, { timeZone, image, meta, constraints }: PersonText): Promise<void> {
  const { companyId } = ctx.actor;
  await ctx.db.rows(originStatement(originOf(ctx)));
  if (timeZone !== undefined) await setSettings(ctx, companyId, 'user', userId, 'general', { tz: timeZone });
  if (image !== undefined || meta !== undefined) {
    const given = { ...(image === undefined ? {} : { image }), ...(meta === undefined ? {} : { meta }) };
    await storeProfile(ctx.db, companyId, userId, given);
  }
  if (constraints !== undefined) await setWorkingHours(ctx, userId, constraints);
}
