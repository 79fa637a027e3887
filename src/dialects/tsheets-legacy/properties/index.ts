import { accountProperties } from './account.ts';
import type { Property } from './facts.ts';
import { timeProperties } from './time.ts';
import { whoIsWorking } from './who-is-working.ts';

/** Every property that `get` knows. */
export const properties: Readonly<Record<string, Property>> = {
  ...accountProperties,
  ...timeProperties,
  who_is_working: whoIsWorking,
};
