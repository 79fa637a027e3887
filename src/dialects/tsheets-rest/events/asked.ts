import type { Definition } from '../../../engine/definition.ts';
import { type Params, textOf } from '../../../engine/filters.ts';
import { DomainError } from '../../../lib/errors.ts';
import type { Change } from '../../../resources/history/changes.ts';
import { eventfulNames, eventfulTables } from '../../../resources/history/eventful.ts';

/** Which events somebody wants. */
export interface Asked {
  /** The last event that he has; undefined for those from now on. */
  readonly since: number | undefined;
  readonly wants: (change: Change) => boolean;
}

/** Reads `resources`, and `since` or the header Last-Event-ID. Throws DomainError. */
export function askedOf(
  params: Params,
  lastEventId: string | undefined,
  resources: ReadonlyMap<string, Definition>,
): Asked {
  const text = (textOf(params, 'since') ?? lastEventId ?? '').trim();
  if (!/^\d{0,15}$/.test(text))
    throw new DomainError('invalid', 'since must be the id of an event', { field: 'since' });
  const names = (params.get('resources') ?? [])
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== '*');
  const known = eventfulNames(resources);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const detail = `resources ${JSON.stringify(unknown)} is no resource whose changes are told`;
    throw new DomainError('invalid', detail, { field: 'resources' });
  }
  const tables = eventfulTables(resources);
  return {
    since: text === '' ? undefined : Number(text),
    wants: ({ table }) => {
      const name = tables.get(table)?.name;
      return name !== undefined && (names.length === 0 || names.includes(name));
    },
  };
}
