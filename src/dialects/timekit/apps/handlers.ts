import { may, resourceOf } from '../../../engine/context.ts';
import { uuidsOf } from '../../../engine/values.ts';
import { DomainError } from '../../../lib/errors.ts';
import {
  type BookingApp,
  bookingAppOfSlug,
  bookingAppsOf,
  changeBookingApp,
  createBookingApp,
  type Origin,
} from '../../../operations/booking-apps.ts';
import type { Call, Handler } from '../call.ts';
import { credentialsOf } from '../identify.ts';
import { paged } from '../paging.ts';
import { Fields, NotFound } from '../validation.ts';
import { settingsIn } from './settings.ts';

/**
 * The application of the key. Of an app token only the hash is kept, so `app_token` is answered to the one who shows it.
 * Reference: (c) App.
 */
export const getApp: Handler = async (call) => {
  const shown =
    call.includes.has('app_token') && call.door === 'timekit' ? credentialsOf(call.request)?.key : undefined;
  const data = await appObject(call, call.app);
  return { data: shown === undefined ? data : { ...data, app_token: shown } };
};

export const listApps: Handler = async (call) => {
  const { rows, page } = paged(call.query, await appsSeen(call));
  return { data: await Promise.all(rows.map((app) => appObject(call, app))), page };
};

/** The keys are answered here; the app token never again. */
export const postApp: Handler = async (call) => {
  const { services, ctx, body } = call;
  const fields = new Fields(body);
  const { name = '', settings = {} } = settingsIn(fields, true);
  const test = fields.flag('test_mode') ?? false;
  fields.done();
  const { companyId, userId: ownerId } = ctx.actor;
  const input = { companyId, ownerId, name, test, settings };
  const keys = await createBookingApp(services, input, originOf(call), ctx.now);
  const app = await bookingAppOfSlug(services, keys.slug);
  const data = app === undefined ? {} : await appObject(call, app);
  return { status: 201, data: { ...data, app_token: keys.appToken, widget_key: keys.widgetKey } };
};

export const putApp: Handler = async (call) => {
  const app = await appNamed(call);
  const fields = new Fields(call.body);
  const { name, settings } = settingsIn(fields, false);
  fields.done();
  const change = { ...(name === undefined ? {} : { name }), settings: { ...app.settings, ...settings } };
  await changeBookingApp(call.services, app, change, originOf(call));
  return { status: 204 };
};

export const deleteApp: Handler = async (call) => {
  await changeBookingApp(call.services, await appNamed(call), { active: false }, originOf(call));
  return { status: 204 };
};

/** Administrators see all applications of their company, others the one of their key. */
async function appsSeen({ services, ctx, app }: Call): Promise<BookingApp[]> {
  return may(ctx.actor, 'admin') ? bookingAppsOf(services, ctx.actor.companyId) : [app];
}

/** The application of a path, to be changed. Throws NotFound, or DomainError. */
async function appNamed(call: Call): Promise<BookingApp> {
  const slug = call.params.slug?.toLowerCase();
  const app = (await appsSeen(call)).find((one) => one.slug.toLowerCase() === slug);
  if (app === undefined) throw new NotFound('App');
  if (!may(call.ctx.actor, 'admin')) throw new DomainError('forbidden', 'Only administrators change applications.');
  return app;
}

function originOf({ ctx }: Call): Origin {
  return { via: ctx.via, requestId: ctx.requestId, userId: ctx.actor.userId };
}

/** An application as it is answered. */
async function appObject(call: Call, app: BookingApp): Promise<Record<string, unknown>> {
  const { ctx, door, writeTime } = call;
  return {
    id: app.id,
    slug: app.slug,
    // Web pages carry a client-token, and settings may hold whatever a company keeps there.
    settings: door === 'timekit-client' ? { name: app.name } : { name: app.name, ...app.settings },
    test_mode: app.testMode,
    role: app.ownerId === ctx.actor.userId ? 'owner' : 'member',
    creator_resource_id: (await uuidsOf(ctx, resourceOf(ctx, 'users'), [app.ownerId])).get(app.ownerId),
    created_at: writeTime(app.created),
    updated_at: writeTime(app.lastModified),
  };
}
