import { resourceOf } from '../../../engine/context.ts';
import { countValues, listValues, valuesById } from '../../../engine/values.ts';
import { offsetMinutes } from '../../../lib/time.ts';
import {
  archivePerson,
  createPerson,
  type PersonText,
  updatePerson,
  zonesOf,
} from '../../../operations/bookable-people.ts';
import { invite } from '../../../operations/invitations.ts';
import { usersOfEmail } from '../../../resources/resource-profiles/queries.ts';
import { readConstraints } from '../../../rules/availability/constraints.ts';
import { type Call, type Handler, onlyOf } from '../call.ts';
import { pageAsked, paged } from '../paging.ts';
import { searchOf } from '../search.ts';
import { Fields, NotFound } from '../validation.ts';
import { everyUser, userNamed } from './find.ts';
import { nameOf, resourceObjects } from './object.ts';

/** What resources are looked for by. */
export const searchKeys = ['name', 'email'] as const;

export const listResources: Handler = async (call) => {
  const { ctx, query } = call;
  const asked = searchOf(query, searchKeys);
  if (asked.size > 0) {
    const users = (await everyUser(call)).filter(
      (user) => matches(asked.get('name'), nameOf(user)) && matches(asked.get('email'), String(user.email)),
    );
    const { rows, page } = paged(query, users);
    return { data: await resourceObjects(call, rows), page };
  }
  const only = onlyOf(call);
  const params: Record<string, string> = only === undefined ? {} : { ids: String(only) };
  const page = pageAsked(query);
  const { rows } = await listValues(ctx, resourceOf(ctx, 'users'), { params, ...page });
  const total = await countValues(ctx, resourceOf(ctx, 'users'), params);
  return { data: await resourceObjects(call, rows), page: { ...page, total } };
};

/** Whether a text is the one that is looked for, in any case of letters; `*` at either end stands for anything. */
function matches(wanted: string | undefined, text: string): boolean {
  if (wanted === undefined) return true;
  const [, before = '', part = '', after = ''] = /^(\*?)(.*?)(\*?)$/s.exec(wanted.toLowerCase()) ?? [];
  const own = text.toLowerCase();
  if (before !== '' && after !== '') return own.includes(part);
  if (before !== '') return own.endsWith(part);
  return after !== '' ? own.startsWith(part) : own === part;
}

export const getResource: Handler = async (call) => {
  const [data] = await resourceObjects(call, [await userNamed(call, call.params.id ?? '')]);
  return { data };
};

/** The resource of the key itself: an old name. */
export const getOwnResource: Handler = async (call) => {
  const { ctx } = call;
  const [data] = await resourceObjects(call, [await valuesById(ctx, resourceOf(ctx, 'users'), ctx.actor.userId)]);
  return { data };
};

export const createResource: Handler = async (call) => {
  const { ctx } = call;
  const id = await createPerson(ctx, personOf(call, true));
  const user = await valuesById(ctx, resourceOf(ctx, 'users'), id);
  const [data] = await resourceObjects(
    call,
    [user],
    new Set([...call.includes, 'calendars', 'availability_constraints']),
  );
  return { status: 201, data };
};

export const updateResource: Handler = async (call) => {
  const user = await userNamed(call, call.params.id ?? '');
  await updatePerson(call.ctx, Number(user.id), personOf(call, false));
  return { status: 204 };
};

/** The same of the key's own resource: an old name. */
export const updateOwnResource: Handler = async (call) => {
  await updatePerson(call.ctx, call.ctx.actor.userId, personOf(call, false));
  return { status: 204 };
};

export const deleteResource: Handler = async (call) => {
  const user = await userNamed(call, call.params.id ?? '');
  await archivePerson(call.ctx, Number(user.id));
  return { status: 204 };
};

/** Sends somebody a link by which he chooses a password; who is not known gets the same answer. */
export const resetPassword: Handler = async (call) => {
  const { ctx, app } = call;
  const fields = new Fields(call.body);
  const email = fields.email('email', { required: true });
  fields.done();
  const userId = email === undefined ? undefined : await userOfEmail(call, email);
  if (email !== undefined && userId !== undefined && !app.testMode) {
    await invite(ctx, [{ userId, contactMethod: 'email', contactInfo: email }]);
  }
  return { data: { email } };
};

export const getTimezone: Handler = async (call) => {
  const { ctx, params } = call;
  const userId = await userOfEmail(call, params.email ?? '');
  const zone = userId === undefined ? undefined : (await zonesOf(ctx, [userId])).get(userId);
  if (zone === undefined) throw new NotFound('Resource');
  return { data: { timezone: zone, utc_offset: offsetMinutes(zone, ctx.now) } };
};

/** The user of an email, as far as the key reaches. */
async function userOfEmail(call: Call, email: string): Promise<number | undefined> {
  const { db, actor } = call.ctx;
  const only = onlyOf(call);
  return (await usersOfEmail(db, actor.companyId, email)).find((id) => only === undefined || only === id);
}

/** What a body says of a resource. Throws Invalid. */
function personOf({ body }: Call, required: boolean): PersonText {
  const fields = new Fields(body);
  const constraints = fields.list('availability_constraints');
  for (const sentence of constraints === undefined ? [] : readConstraints(constraints).refusals) {
    fields.refuse('availability_constraints', sentence);
  }
  const given = {
    name: fields.text('name', { required, longest: 128 }),
    firstName: fields.text('first_name', { longest: 64 }),
    lastName: fields.text('last_name', { longest: 64 }),
    email: fields.email('email'),
    timeZone: fields.zone('timezone', { required }),
    image: fields.text('image', { longest: 2_000 }),
    meta: fields.object('meta'),
    password: fields.text('password'),
    constraints,
  };
  if (given.name?.trim() === '') fields.refuse('name', 'The name field is required.');
  fields.done();
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as PersonText;
}
