import {
  appWithUse,
  everyAppWithUse,
  removeBookingApp,
  type UsedBookingApp,
} from '../../operations/booking-app-upkeep.ts';
import {
  changeBookingApp,
  createBookingApp,
  type Origin,
  rotateBookingAppKeys,
} from '../../operations/booking-apps.ts';
import { momentOf } from './moments.ts';
import { fieldsOf, flagIn, requiredTextIn, textIn } from './read.ts';
import { type Call, type Route, via } from './route.ts';
import type { BookingApp, BookingAppAnswer, BookingAppSecret, BookingApps } from './shapes.ts';

async function list({ services, session }: Call): Promise<BookingApps> {
  return { bookingApps: (await everyAppWithUse(services, session.companyId)).map(bookingAppOf) };
}

async function create(call: Call): Promise<BookingAppSecret> {
  const { services, request, session, ctx } = call;
  const fields = fieldsOf(request);
  const name = requiredTextIn(fields, 'name', 1_000);
  const test = flagIn(fields, 'testMode') ?? false;
  const { companyId, userId: ownerId } = session;
  const { slug, appToken } = await createBookingApp(
    services,
    { companyId, ownerId, name, test },
    originOf(call),
    ctx.now,
  );
  return { ...(await answerOf(call, slug)), appToken };
}

async function change(call: Call): Promise<BookingAppAnswer> {
  const { services, request } = call;
  const { app } = await named(call);
  const fields = fieldsOf(request);
  const [name, active] = [textIn(fields, 'name', 1_000), flagIn(fields, 'active')];
  const given = { ...(name === undefined ? {} : { name }), ...(active === undefined ? {} : { active }) };
  await changeBookingApp(services, app, given, originOf(call));
  return answerOf(call, app.slug);
}

async function remove(call: Call): Promise<void> {
  await removeBookingApp(call.services, (await named(call)).app, originOf(call));
}

async function rotate(call: Call): Promise<BookingAppSecret> {
  const { slug, appToken } = await rotateBookingAppKeys(
    call.services,
    (await named(call)).app,
    originOf(call),
    call.ctx.now,
  );
  return { ...(await answerOf(call, slug)), appToken };
}

function named({ services, session, params }: Call): Promise<UsedBookingApp> {
  return appWithUse(services, session.companyId, params.slug ?? '');
}

function originOf({ session, request }: Call): Origin {
  return { via, requestId: request.id, userId: session.userId };
}

async function answerOf({ services, session }: Call, slug: string): Promise<BookingAppAnswer> {
  return { bookingApp: bookingAppOf(await appWithUse(services, session.companyId, slug)) };
}

function bookingAppOf({ app, use }: UsedBookingApp): BookingApp {
  const { slug, name, testMode, active, widgetKey, ownerId, created } = app;
  return {
    slug,
    name,
    testMode,
    active,
    widgetKey,
    owner: { id: ownerId, name: use.ownerName, active: use.ownerActive },
    created: momentOf(created),
    lastUsed: momentOf(use.lastUsed),
    keysCreated: momentOf(use.keysCreated ?? created),
  };
}

export const routes: readonly Route[] = [
  { method: 'GET', path: '/booking-apps', access: 'admin', handler: list },
  { method: 'POST', path: '/booking-apps', access: 'admin', handler: create, status: 201 },
  { method: 'PUT', path: '/booking-apps/:slug', access: 'admin', handler: change },
  { method: 'DELETE', path: '/booking-apps/:slug', access: 'admin', handler: remove, status: 204 },
  { method: 'POST', path: '/booking-apps/:slug/keys', access: 'admin', handler: rotate },
];
