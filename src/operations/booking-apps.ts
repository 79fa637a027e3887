import type { Actor } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { randomKey, secretHash } from '../lib/secrets.ts';
import * as tokens from '../resources/access-tokens/queries.ts';
import * as apps from '../resources/booking-apps/queries.ts';
import { loadActor } from '../resources/users/actor.ts';
import type { Db } from '../store/db.ts';
import { originStatement } from '../store/write.ts';
import type { TokenServices } from './tokens.ts';

export type { BookingApp } from '../resources/booking-apps/queries.ts';

/** Who writes, as the history names it. */
export interface Origin {
  readonly via: string;
  readonly requestId: string;
  /** Who acts; nobody for a command. */
  readonly userId?: number;
}

/** The keys of an application. The app token is shown once: only its hash is stored. */
export interface BookingAppKeys {
  readonly slug: string;
  readonly appToken: string;
  readonly widgetKey: string;
}

const longestName = 100;
const mostSlugs = 20;

/** A key in Timekit's form: `live_api_key_` and 32 letters and digits. */
function newKey(kind: 'api' | 'widget' | 'resource', test: boolean): string {
  return randomKey(`${test ? 'test' : 'live'}_${kind}_key_`);
}

/** The name of an application or page in addresses: 'Müller & Söhne' gives 'muller-sohne'. */
export function slugOf(name: string, otherwise: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? otherwise : slug;
}

/** The slugs to be tried one after the other, until one is free. */
export function* slugsFor(slug: string): Generator<string> {
  yield slug;
  for (let number = 2; number < mostSlugs; number += 1) yield `${slug}-${number}`;
  // So many of one name are seldom: the next is not worth counting for.
  for (;;) yield `${slug}-${randomKey().slice(0, 8)}`;
}

function checkName(name: string): string {
  const given = name.trim();
  if (given === '' || given.length > longestName || /\p{Cc}/u.test(given)) {
    throw new DomainError('invalid', `Give the application a name of at most ${longestName} characters.`, {
      field: 'name',
    });
  }
  return given;
}

/**
 * Makes an application that takes bookings, with its app token and its widget key. Both act as the owner, who must be an
 * administrator: the app token reaches everybody of the company, and every booking. Reference: (a) Authentication.
 */
export async function createBookingApp(
  services: TokenServices,
  input: {
    companyId: number;
    ownerId: number;
    name: string;
    test?: boolean;
    settings?: Readonly<Record<string, unknown>>;
  },
  origin: Origin,
  now: number,
): Promise<BookingAppKeys> {
  const { companyId, ownerId, test = false, settings = {} } = input;
  const name = checkName(input.name);
  const system = services.database.system;
  await demandAdmin(system, companyId, ownerId);
  const [appToken, widgetKey] = [newKey('api', test), newKey('widget', test)];
  const slug = await system.transaction(async (db) => {
    await db.rows(originOf(origin));
    for (const slug of slugsFor(slugOf(name, 'app'))) {
      const app = { companyId, slug, name, ownerId, settings, testMode: test, widgetKey };
      const id = await apps.insertBookingApp(db, app);
      if (id === undefined) continue;
      await keepKey(db, { companyId, userId: ownerId, id, door: 'timekit', key: appToken }, now);
      await keepKey(db, { companyId, userId: ownerId, id, door: 'timekit-widget', key: widgetKey }, now);
      return slug;
    }
    throw new Error('There is always another slug');
  });
  services.cache.forget(companyId);
  return { slug, appToken, widgetKey };
}

/**
 * Gives an application another app token and widget key; the old ones are refused at once. Where its owner can no longer act for it,
 * since he is archived or no administrator any more, the one who does this becomes its owner.
 */
export async function rotateBookingAppKeys(
  services: TokenServices,
  app: apps.BookingApp,
  origin: Origin,
  now: number,
): Promise<BookingAppKeys> {
  const { companyId, id, slug, testMode } = app;
  const userId = await ownerAfter(services, app, origin);
  const [appToken, widgetKey] = [newKey('api', testMode), newKey('widget', testMode)];
  await services.database.system.transaction(async (db) => {
    await db.rows(originOf(origin));
    await tokens.revokeBookingAppTokens(db, companyId, id, ['timekit', 'timekit-widget'], now);
    await apps.updateBookingApp(db, companyId, id, { widgetKey, ownerId: userId });
    await keepKey(db, { companyId, userId, id, door: 'timekit', key: appToken }, now);
    await keepKey(db, { companyId, userId, id, door: 'timekit-widget', key: widgetKey }, now);
  });
  services.cache.forget(companyId);
  return { slug, appToken, widgetKey };
}

/** Changes the name or the settings of an application, or switches it off with all its keys. */
export async function changeBookingApp(
  services: TokenServices,
  app: apps.BookingApp,
  change: { name?: string; settings?: Readonly<Record<string, unknown>>; active?: boolean },
  origin: Origin,
): Promise<void> {
  const name = change.name === undefined ? {} : { name: checkName(change.name) };
  await services.database.forCompany(app.companyId).transaction(async (db) => {
    await db.rows(originOf(origin));
    await apps.updateBookingApp(db, app.companyId, app.id, { ...change, ...name });
  });
  services.cache.forget(app.companyId);
}

/** The application of a slug, wherever it is; undefined when there is none or it was switched off. */
export function bookingAppOfSlug(services: TokenServices, slug: string): Promise<apps.BookingApp | undefined> {
  return apps.bookingAppOfSlug(services.database.system, slug);
}

/** The active applications of a company. */
export function bookingAppsOf(services: TokenServices, companyId: number): Promise<apps.BookingApp[]> {
  return apps.bookingAppsOf(services.database.forCompany(companyId), companyId);
}

/** The application that a key belongs to, from the company's cache. */
export function bookingAppOf(services: TokenServices, companyId: number, id: number): Promise<apps.BookingApp> {
  return services.cache.remember(companyId, 'booking-app', id, async () => {
    const app = await apps.bookingAppById(services.database.forCompany(companyId), companyId, id);
    if (app === undefined) throw new DomainError('unauthenticated', 'The application of this key does not exist.');
    return app;
  });
}

/** Whether a user is the one of this email. */
export async function hasEmail(services: TokenServices, { companyId, userId }: Actor, email: string): Promise<boolean> {
  const own = await services.cache.remember(companyId, 'email', userId, () =>
    apps.emailOf(services.database.forCompany(companyId), companyId, userId),
  );
  return own !== '' && own.toLowerCase() === email.trim().toLowerCase();
}

async function ownerAfter(
  { database }: TokenServices,
  { companyId, ownerId }: apps.BookingApp,
  { userId }: Origin,
): Promise<number> {
  const owner = await loadActor(database.system, companyId, ownerId);
  return userId === undefined || owner?.permissions.has('admin') ? ownerId : userId;
}

async function demandAdmin(db: Db, companyId: number, userId: number): Promise<void> {
  const owner = await loadActor(db, companyId, userId);
  if (owner === undefined) throw new DomainError('not-found', 'There is no such active user.');
  if (!owner.permissions.has('admin')) {
    throw new DomainError('forbidden', 'An application acts as its owner, who must be an administrator.');
  }
}

function originOf({ via, requestId, userId }: Origin): ReturnType<typeof originStatement> {
  return originStatement(`${userId ?? ''}|${via}|${requestId}`);
}

async function keepKey(
  db: Db,
  {
    companyId,
    userId,
    id,
    door,
    key,
  }: { companyId: number; userId: number; id: number; door: tokens.Door; key: string },
  now: number,
): Promise<void> {
  const owner = { companyId, userId, clientId: null, family: null };
  const row = { ...owner, hash: secretHash(key), label: 'application', expiresAt: null, door, bookingAppId: id };
  await tokens.insertAccessToken(db, row, now);
}
