import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/http/log.ts';
import { createServices, type Services } from '../../src/http/services.ts';
import { jobs } from '../../src/jobs/index.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createCompany } from '../../src/operations/sign-up.ts';
import { issueToken } from '../../src/operations/tokens.ts';
import { type Permission, permissionNames } from '../../src/rules/permissions.ts';
import { type Announcements, listenForChanges } from '../../src/store/announcements.ts';
import { CompanyCache } from '../../src/store/cache.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { sql } from '../../src/store/sql.ts';
import { type Api, apiOf } from './api.ts';
import { demandContract, watchContract } from './contract.ts';
import { type FreshDatabase, freshDatabase, sharedDatabase } from './database.ts';

/** A running server with a database of its own, and the companies that a test makes in it. */
export interface World {
  services: Services;
  /** Where it listens, without a slash at the end. */
  url: string;
  fresh: FreshDatabase;
  /** The server's present moment; a test may set it. */
  clock: { now(): number; set(epochSeconds: number): void };
  /**
   * Runs the jobs that are due, one by one in order; with a moment, all that fall due on the way to it, and leaves the
   * clock there. Nothing runs by itself in a test's world. Gives the number of runs.
   */
  runJobs(until?: number): Promise<number>;
  /** A new company with an admin. */
  company(options?: { timeZone?: string }): Promise<Company>;
  close(): Promise<void>;
}

export interface Person extends Api {
  userId: number;
  username: string;
}

export interface Company {
  id: number;
  clientUrl: string;
  admin: Person;
  /** A new user who tracks time, with these permissions besides; made in the database, not over the API. */
  person(options?: PersonOptions): Promise<Person>;
  /** A new group managed by these users. */
  group(managers?: readonly Person[]): Promise<number>;
  /** A new jobcode; assigned to everyone unless said otherwise. */
  jobcode(options?: { name?: string; type?: string; parentId?: number; assignedToAll?: boolean }): Promise<number>;
  /** Overrides a setting of the company. */
  setting(section: string, key: string, value: unknown, scope?: { userId?: number; groupId?: number }): Promise<void>;
}

export interface PersonOptions {
  permissions?: readonly Permission[];
  groupId?: number;
  /** False leaves out time_tracking. */
  tracksTime?: boolean;
  timeZone?: string;
}

/** What a test may choose about its world. */
export interface WorldOptions {
  /** Fixes the server's clock (epoch seconds). */
  now?: number;
  /**
   * Takes a database that tests of other files used and will use: for tests that look at nothing beyond the companies they
   * make, and run no jobs.
   */
  shared?: boolean;
  env?: Record<string, string>;
  /** Stands between the server and its database, to count or to disturb. */
  decorate?: (database: Database) => Database;
}

/** Starts a server on a fresh database, or on the shared one. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const fresh = await (options.shared ? sharedDatabase() : freshDatabase());
  let fixed = options.now;
  const clock = {
    now: () => fixed ?? systemClock.now(),
    set: (epochSeconds: number) => {
      fixed = epochSeconds;
    },
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'openpunch-'));
  const config = readConfig({
    OPENPUNCH_RATE_LIMIT: 'off',
    OPENPUNCH_LOG: 'off',
    OPENPUNCH_DATA_DIR: dataDir,
    PORT: '0',
    ...options.env,
  });
  const opened = openDatabase({ connection: fresh.connection, size: 8, rowSecurity: true });
  const database = options.decorate?.(opened) ?? opened;
  const cache = new CompanyCache();
  const announcements: Announcements = await listenForChanges(fresh.connection, cache);
  const log = createLog((text) => process.stderr.write(text), { requests: false });
  const services = createServices({ config, database, cache, clock, log });
  const app = await buildApp(services);
  const contract = watchContract(app.server);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const runner = new Runner(services, jobs);
  return {
    services,
    url,
    fresh,
    clock,
    runJobs: async (until = clock.now()) => {
      if (options.shared) throw new Error('The jobs of other tests would run too: open a world that is not shared');
      await runner.keepRepeating();
      const count = await runner.runUntil(until, (moment) => clock.set(Math.max(moment, clock.now())));
      if (until > clock.now()) clock.set(until);
      return count;
    },
    company: (companyOptions) => makeCompany(services, url, companyOptions?.timeZone ?? 'America/Denver'),
    close: async () => {
      await app.close();
      await announcements.stop();
      await database.close();
      await fresh.drop();
      await rm(dataDir, { recursive: true, force: true });
      demandContract(contract);
    },
  };
}

function unique(word: string): string {
  return `${word}-${randomBytes(5).toString('hex')}`;
}

async function makeCompany(services: Services, url: string, timeZone: string): Promise<Company> {
  const clientUrl = unique('company');
  const password = randomBytes(12).toString('hex');
  const admin = { username: 'admin', firstName: 'Ada', lastName: 'Min', email: '', password };
  const made = await createCompany(
    services,
    { name: clientUrl, clientUrl, timeZone, admin },
    { via: 'test', requestId: '' },
  );
  const { companyId } = made;
  const db = services.database.forCompany(companyId);
  const personOf = async (userId: number, username: string): Promise<Person> => {
    const token = await issueToken(services, { companyId, userId, label: 'test' }, systemClock.now());
    return { userId, username, ...apiOf(`${url}/api/v1`, token) };
  };
  const changed = <T>(value: T): T => {
    services.cache.forget(companyId);
    return value;
  };
  const setting: Company['setting'] = async (section, key, value, { userId, groupId } = {}) => {
    const scope = userId !== undefined ? 'user' : groupId !== undefined ? 'group' : 'company';
    await db.rows(sql`
      INSERT INTO settings (company_id, scope, scope_id, section, key, value)
      VALUES (${companyId}, ${scope}, ${userId ?? groupId ?? 0}, ${section}, ${key}, ${JSON.stringify(value)}::json)
      ON CONFLICT (company_id, scope, scope_id, section, key) DO UPDATE SET value = excluded.value`);
    changed(undefined);
  };
  return {
    id: companyId,
    clientUrl,
    admin: await personOf(made.userId, 'admin'),
    setting,
    person: async ({ permissions = [], groupId, tracksTime = true, timeZone: zone } = {}) => {
      const username = unique('user');
      const held = new Set<string>([...permissions, 'mobile', ...(tracksTime ? ['time_tracking'] : [])]);
      // In the order of the catalogue, as every write over the API stores them.
      const flags = permissionNames.filter((name) => held.has(name));
      const [row] = await db.rows(sql`
        INSERT INTO users (company_id, username, first_name, last_name, group_id, permissions)
        VALUES (${companyId}, ${username}, 'Pat', ${username}, ${groupId ?? null}, ${flags}) RETURNING id`);
      const userId = Number(row?.[0]);
      if (zone !== undefined) await setting('general', 'tz', zone, { userId });
      return changed(await personOf(userId, username));
    },
    group: async (managers = []) => {
      const [row] = await db.rows(sql`
        INSERT INTO groups (company_id, name, manager_ids)
        VALUES (${companyId}, ${unique('group')}, ${managers.map(({ userId }) => userId)}) RETURNING id`);
      return changed(Number(row?.[0]));
    },
    jobcode: async ({ name = unique('job'), type = 'regular', parentId, assignedToAll = true } = {}) => {
      const [row] = await db.rows(sql`
        WITH j AS (
          INSERT INTO jobcodes (company_id, name, type, parent_id, assigned_to_all)
          VALUES (${companyId}, ${name}, ${type}, ${parentId ?? null}, ${assignedToAll}) RETURNING company_id, id
        ), a AS (
          INSERT INTO jobcode_assignments (company_id, jobcode_id) SELECT company_id, id FROM j WHERE ${assignedToAll}
        ) SELECT id FROM j`);
      if (parentId !== undefined) {
        await db.rows(
          sql`UPDATE jobcodes SET has_children = true WHERE company_id = ${companyId} AND id = ${parentId}`,
        );
      }
      return changed(Number(row?.[0]));
    },
  };
}
