import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, type Ctx, may } from '../../engine/context.ts';
import { contextOf, identifyByKey } from '../../http/identify.ts';
import { TooManyRequests } from '../../http/rate-limit.ts';
import type { Services } from '../../http/services.ts';
import { DomainError } from '../../lib/errors.ts';
import { type BookingApp, bookingAppOf, hasEmail } from '../../operations/booking-apps.ts';
import type { Door } from '../../operations/tokens.ts';
import { actorOf } from '../../resources/users/actor.ts';
import { type Route, serverDoors } from './route.ts';

/** How the history names this dialect. */
export const via = 'timekit';

/** Who sends a request, and which application it is about. */
export interface Caller {
  readonly ctx: Ctx;
  readonly app: BookingApp;
  readonly door: Door;
}

const doors: readonly Door[] = ['timekit', 'timekit-widget', 'timekit-server', 'timekit-client'];

const refused = (detail: string): DomainError => new DomainError('unauthenticated', detail);

/** User name and key of a Basic authorization; undefined for anything else. */
export function credentialsOf({ headers }: Pick<FastifyRequest, 'headers'>): { name: string; key: string } | undefined {
  const [, encoded] = /^basic[ \t]+([A-Za-z\d+/_-]+={0,2})$/i.exec(headers.authorization?.trim() ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const at = text.indexOf(':');
  return at < 0 ? undefined : { name: text.slice(0, at), key: text.slice(at + 1) };
}

/** The application that the request names itself; undefined when it names none. */
export function appNamedBy({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = headers['timekit-app'];
  return typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;
}

/**
 * Finds out who sends a request, by his key, and whether this kind of key may call the route. Throws DomainError:
 * 'unauthenticated', 'forbidden', or TooManyRequests. Reference: (a) Authentication.
 */
export async function identify(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  route: Route,
): Promise<Caller> {
  if (route.open !== undefined) return identifyOpen(services, request, reply, await route.open(services, request));
  const given = credentialsOf(request);
  if (given === undefined || given.key === '') {
    throw refused('Give an app token, or the email and key of a resource, by Basic authentication.');
  }
  const { actor, door, bookingAppId, family } = await identifyByKey(services, request, given.key, { doors });
  if (bookingAppId === null) throw refused('This key belongs to no application.');
  // What a session of the web app gave out to try this API with does all that an application may, so for administrators only.
  if (family !== null && !may(actor, 'admin'))
    throw refused('This key was made by somebody who is no administrator any more.');
  const app = await bookingAppOf(services, actor.companyId, bookingAppId);
  markTestMode(reply, app);
  const named = appNamedBy(request);
  if (named !== undefined && named.toLowerCase() !== app.slug.toLowerCase()) {
    throw refused('The key belongs to another application than the one that Timekit-App names.');
  }
  if (isOfApplication(door)) {
    if (given.name !== '') throw refused('The key of an application goes with an empty user name.');
  } else {
    if (named === undefined) throw refused('The key of a resource needs the header Timekit-App.');
    if (!(await hasEmail(services, actor, given.name))) throw refused('The key belongs to another resource.');
  }
  if (!(route.doors ?? serverDoors).includes(door)) {
    throw new DomainError('forbidden', 'This key may not be used for this request.');
  }
  return { ctx: ctxOf(services, request, actor, app, door), app, door };
}

/** What is done for an application in test mode, nobody is told of. What is done with its own keys, its owner has not done. */
function ctxOf(services: Services, request: FastifyRequest, actor: Actor, { testMode }: BookingApp, door: Door): Ctx {
  const byApplication = isOfApplication(door);
  return { ...contextOf(services, request, actor, via), byApplication, ...(testMode ? { quiet: true } : {}) };
}

function isOfApplication(door: Door): boolean {
  return door === 'timekit' || door === 'timekit-widget';
}

/** Answered as the application's owner, to whom nobody has shown a key: handlers give no more than to a widget. */
async function identifyOpen(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  app: BookingApp,
): Promise<Caller> {
  const { allowed, retryAfter } = services.limiter.take(`timekit ${request.ip}`);
  if (!allowed) throw new TooManyRequests(retryAfter);
  markTestMode(reply, app);
  const actor = await actorOf(services, app.companyId, app.ownerId);
  if (actor === undefined) throw refused('The owner of this application is archived.');
  return { ctx: ctxOf(services, request, actor, app, 'timekit-widget'), app, door: 'timekit-widget' };
}

function markTestMode(reply: FastifyReply, { testMode }: BookingApp): void {
  if (testMode) reply.header('timekit-testmode', 'true');
}
