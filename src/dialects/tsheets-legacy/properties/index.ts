import type { Tree } from '../action.ts';
import { accountProperties } from './account.ts';
import type { Facts } from './facts.ts';
import { timeProperties } from './time.ts';
import { whoIsWorking } from './who-is-working.ts';

/** Reads one property of `get`: it may answer several fields. Throws DomainError. */
export type Property = (facts: Facts) => Promise<Readonly<Record<string, Tree>>>;

/** Every property that `get` knows. */
export const properties: Readonly<Record<string, Property>> = {
  ...accountProperties,
  ...timeProperties,
  who_is_working: whoIsWorking,
};
