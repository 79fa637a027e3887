import type { Definition } from '../engine/definition.ts';
import { groups } from './groups/definition.ts';

/** Every resource, by name. */
export const resources: ReadonlyMap<string, Definition> = new Map(
  [groups].map((definition) => [definition.name, definition]),
);
