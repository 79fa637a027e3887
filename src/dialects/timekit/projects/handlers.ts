import { resourceOf } from '../../../engine/context.ts';
import { valuesByIds } from '../../../engine/values.ts';
import { bookingAppOf } from '../../../operations/booking-apps.ts';
import { type BookingPage, createPage, pageOfSlug, removePage, updatePage } from '../../../operations/booking-pages.ts';
import { pageByUuid, pagesOf } from '../../../resources/booking-pages/queries.ts';
import type { Call, Handler } from '../call.ts';
import { pageAsked, paged } from '../paging.ts';
import { userNamed } from '../resources/find.ts';
import { resourceObjects } from '../resources/object.ts';
import type { Route } from '../route.ts';
import { searchOf } from '../search.ts';
import { Fields, NotFound } from '../validation.ts';
import { embeddedProject, projectObjects } from './object.ts';
import { projectIn, userIdsIn } from './read.ts';

/** What projects are looked for by. */
export const searchKeys = ['locations.uuid', 'services.uuid'] as const;

export const listProjects: Handler = async (call) => {
  const { limit, page } = pageAsked(call.query);
  // Projects have neither locations nor services here, so nothing is at any.
  if (searchOf(call.query, searchKeys).size > 0) return { data: [], page: { total: 0, limit, page } };
  const { pages, total } = await pagesOf(call.ctx.db, call.app, { limit, offset: (page - 1) * limit });
  return { data: await projectObjects(call, pages), page: { total, limit, page } };
};

/** The project of a UUID, of the key's application. Throws NotFound. */
export async function projectNamed({ ctx, app }: Pick<Call, 'ctx' | 'app'>, uuid: string): Promise<BookingPage> {
  const page = await pageByUuid(ctx.db, app, uuid);
  if (page === undefined) throw new NotFound('Project');
  return page;
}

const asked = (call: Call): Promise<BookingPage> => projectNamed(call, call.params.id ?? '');

export const getProject: Handler = async (call) => {
  const [data] = await projectObjects(call, [await asked(call)]);
  return { data };
};

export const postProject: Handler = async (call) => {
  const given = await projectIn(call);
  const uuid = await createPage(call.ctx, call.app, {
    name: '',
    slug: '',
    userIds: [],
    availability: {},
    booking: {},
    availabilityConstraints: [],
    customerFields: {},
    ui: {},
    reminders: [],
    meta: {},
    allowDoubleBookings: false,
    reservationSeconds: 300,
    ...given,
  });
  const [data] = await projectObjects(call, [await projectNamed(call, uuid)]);
  return { status: 201, data };
};

export const putProject: Handler = async (call) => {
  const page = await asked(call);
  const { slug, ...given } = await projectIn(call, page);
  await updatePage(call.ctx, page, () => (slug === undefined || slug === '' ? given : { ...given, slug }));
  return { status: 204 };
};

export const deleteProject: Handler = async (call) => {
  await removePage(call.ctx, await asked(call));
  return { status: 204 };
};

export const listProjectResources: Handler = async (call) => {
  const { userIds } = await asked(call);
  const users = await valuesByIds(call.ctx, resourceOf(call.ctx, 'users'), userIds);
  const active = userIds.map((id) => users.get(id)).filter((user) => user?.active === true);
  const { rows, page } = paged(
    call.query,
    active.filter((user) => user !== undefined),
  );
  return { data: await resourceObjects(call, rows), page };
};

export const addProjectResource: Handler = async (call) => {
  const page = await asked(call);
  const fields = new Fields(call.body);
  const uuid = fields.text('resource_id', { required: true });
  const [userId] = uuid === undefined ? [] : ((await userIdsIn(call, fields, [uuid])) ?? []);
  fields.done();
  const added = userId === undefined ? [] : [userId];
  await updatePage(call.ctx, page, ({ userIds }) => ({ userIds: [...new Set([...userIds, ...added])] }));
  const [data] = await projectObjects(call, [await projectNamed(call, page.uuid)]);
  return { status: 201, data };
};

export const setProjectResources: Handler = async (call) => {
  const page = await asked(call);
  const fields = new Fields({ resources: call.list });
  const uuids = fields.texts('resources') ?? [];
  const userIds = await userIdsIn(call, fields, uuids);
  fields.done();
  await updatePage(call.ctx, page, () => ({ userIds: userIds ?? [] }));
  return { status: 204 };
};

export const removeProjectResource: Handler = async (call) => {
  const page = await asked(call);
  const user = await userNamed(call, call.params.resource ?? '');
  if (!page.userIds.includes(Number(user.id))) throw new NotFound('Resource');
  await updatePage(call.ctx, page, ({ userIds }) => ({ userIds: userIds.filter((id) => id !== user.id) }));
  return { status: 204 };
};

export const embedProject: Handler = async (call) => ({ data: embeddedProject(call, await asked(call)) });

/** The application whose page it is, for a visitor who shows no key. */
export const appOfPage: NonNullable<Route['open']> = async (services, { params }) => {
  const page = await pageOfSlug(services, (params as Record<string, string>).slug ?? '');
  const app = page === undefined ? undefined : await bookingAppOf(services, page.companyId, page.appId);
  if (app?.active !== true) throw new NotFound('Project');
  return app;
};

export const hostedProject: Handler = async (call) => {
  const page = await pageOfSlug(call.services, call.params.slug ?? '');
  if (page === undefined) throw new NotFound('Project');
  return { data: embeddedProject(call, page) };
};
