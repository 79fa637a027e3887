import { type Actor, may } from '../engine/context.ts';
import { DomainError } from '../lib/errors.ts';
import { companyOf } from '../resources/companies/queries.ts';
import { externalUser, managedIds, setManaged } from '../resources/managed-clients/queries.ts';
import { actorOf } from '../resources/users/actor.ts';
import { originStatement } from '../store/write.ts';
import type { TokenServices } from './tokens.ts';

/** One sentence for every reason, so that it tells nobody which companies there are. */
const refusal = (): DomainError =>
  new DomainError('forbidden', 'You do not manage a client with the id in vnd.tsheets.ManagedClientId.');

/**
 * Who acts when a user reaches into a client that his company manages: the user of that client who stands for him. The
 * permission external_access is asked each time. Throws DomainError 'forbidden'.
 * Reference: 20-managed-clients.md, Managing Clients.
 */
export async function actInClient(services: TokenServices, home: Actor, clientId: number, via: string): Promise<Actor> {
  if (!may(home, 'external_access')) throw refusal();
  const { database, cache } = services;
  const managed = await cache.remember(home.companyId, 'managed clients', 'ids', () =>
    managedIds(database.system, home.companyId),
  );
  if (!managed.has(clientId)) throw refusal();
  const userId = await cache.remember(clientId, 'external user', `${home.companyId} ${home.userId}`, () =>
    database.system.transaction(async (db) => {
      await db.rows(originStatement(`|${via}|`));
      return externalUser(db, clientId, home);
    }),
  );
  const actor = await actorOf(services, clientId, userId);
  // The client has archived him.
  if (actor === undefined) throw refusal();
  return actor;
}

/** Makes a company manage another one, or ends it. Throws DomainError. */
export async function manageClient(
  services: TokenServices,
  input: { companyId: number; clientId: number; active: boolean },
): Promise<void> {
  const { companyId, clientId, active } = input;
  if (companyId === clientId) throw new DomainError('invalid', 'A company does not manage itself.');
  if (!(await setManaged(services.database.system, companyId, clientId, active))) {
    const client = await companyOf(services.database.system, clientId);
    throw new DomainError('not-found', `${client?.clientUrl ?? clientId} is not managed by that company.`);
  }
  services.cache.forget(companyId);
}
