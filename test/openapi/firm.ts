import assert from 'node:assert/strict';
import { createCompany } from '../../src/operations/sign-up.ts';
import { sql } from '../../src/store/sql.ts';
import type { World } from '../support/world.ts';

/** The firm of the examples, on a database of its own that counts ids from the numbers that the examples name. */
export interface Firm {
  readonly companyId: number;
  readonly dana: { readonly userId: number };
}

/** The moment at which the examples are sent: a Monday, two in the afternoon in New York. */
export const momentOfExamples = Date.UTC(2026, 5, 15, 18) / 1000;

/** Makes the firm in a new world; `password` is what Dana signs in with. */
export async function makeFirm(world: World, password = 'correct horse battery 7'): Promise<Firm> {
  const { system } = world.services.database;
  await system.rows(sql`ALTER TABLE users ALTER COLUMN id RESTART WITH 11`);
  const admin = { username: 'dana', firstName: 'Dana', lastName: 'Whitfield', email: '', password };
  const { companyId, userId } = await createCompany(
    world.services,
    { name: 'Hudson Building Services', clientUrl: 'hudson', timeZone: 'America/New_York', admin },
    { via: 'test', requestId: '' },
  );
  assert.equal(userId, 11);
  await system.rows(sql`ALTER TABLE jobcodes ALTER COLUMN id RESTART WITH 71`);
  await system.rows(sql`ALTER TABLE timesheets ALTER COLUMN id RESTART WITH 501`);
  return { companyId, dana: { userId } };
}

/** Fields of a request that tell which of their names were read. */
export function recorded(fields: ReadonlyMap<string, string>, read: Set<string>): ReadonlyMap<string, string> {
  const noted = <T>(name: string, value: T): T => {
    read.add(name);
    return value;
  };
  return new Proxy(fields, {
    get: (target, property) => {
      if (property === 'get') return (name: string) => noted(name, target.get(name));
      if (property === 'has') return (name: string) => noted(name, target.has(name));
      // Only `custom_fields[...]` is found by looking through all names.
      if (property === Symbol.iterator) return () => noted('custom_fields', target[Symbol.iterator]());
      return Reflect.get(target, property) as unknown;
    },
  });
}
