import {
  createClient,
  createLegacyClient,
  createTimekitClient,
  createTimeStationClient,
  type LegacyClient,
  type RestClient,
} from '../../client/src/index.ts';
import { givePassword, legacyKey, legacyPassword } from './legacy.ts';
import { timekitApp } from './timekit.ts';
import { timestationOf } from './timestation.ts';
import type { Company, Person, World } from './world.ts';

/** The typed client of each API, with which one person goes in by every door. */
export interface Clients {
  readonly rest: RestClient;
  readonly legacy: LegacyClient;
  readonly station: ReturnType<typeof createTimeStationClient>;
  /** With the app token of an application of its own, whose owner is the company's admin. */
  readonly timekit: ReturnType<typeof createTimekitClient>;
}

/** Makes them, with new keys; the person has the password of legacy tests from then on. */
export async function clientsOf(world: World, company: Company, person: Person = company.admin): Promise<Clients> {
  const baseUrl = world.url;
  await givePassword(world, company, person);
  const { username, token } = person;
  const [legacy, station, app] = await Promise.all([
    legacyKey(world, company),
    timestationOf(world, company, person),
    timekitApp(world, company),
  ]);
  return {
    rest: createClient({ baseUrl, token }),
    legacy: createLegacyClient({ baseUrl, key: legacy, username, password: legacyPassword }),
    station: createTimeStationClient({ baseUrl, key: station.key }),
    timekit: createTimekitClient({ baseUrl, key: app.appToken }),
  };
}
