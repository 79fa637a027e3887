import { DomainError } from '../lib/errors.ts';
import type { FieldDefinition } from './customfield-values.ts';

/** Items that may be chosen, by custom field: names by their own in lower case. A field that is absent is not limited. */
export type Limits = ReadonlyMap<number, ReadonlyMap<string, string>>;

/** What a jobcode, a user and the user's group are limited to, each by itself. */
export type LimitsOf = { readonly jobcode: Limits; readonly user: Limits; readonly group: Limits };

const mostNamed = 5;

/**
 * What may be chosen for a user's time on a jobcode. A person has the items that are filtered for himself and those that
 * are filtered for his group; a jobcode allows only its own. Where both limit a field, an item must be in both.
 */
export function combineLimits({ jobcode, user, group }: LimitsOf): Limits {
  const person = new Map(user);
  for (const [field, items] of group) person.set(field, new Map([...items, ...(user.get(field) ?? [])]));
  const combined = new Map(person);
  for (const [field, items] of jobcode) {
    const own = person.get(field);
    combined.set(field, own === undefined ? items : new Map([...items].filter(([key]) => own.has(key))));
  }
  return combined;
}

/** Refuses a value that its field's limits leave out ('invalid', field 'customfields'). Empty values are always allowed. */
export function checkLimits(
  values: Iterable<readonly [fieldId: number, text: string]>,
  limits: Limits,
  fields: ReadonlyMap<number, FieldDefinition>,
): DomainError | undefined {
  for (const [id, text] of values) {
    const allowed = limits.get(id);
    if (text === '' || allowed === undefined || allowed.has(text.toLowerCase())) continue;
    const names = [...allowed.values()].map((name) => `"${name}"`);
    const choices = [...names.slice(0, mostNamed), ...(names.length > mostNamed ? ['…'] : [])].join(', ');
    return new DomainError(
      'invalid',
      `"${text}" is not among the items of custom field ${id} (${fields.get(id)?.name ?? ''}) that are filtered for this jobcode and user: ${choices || 'there are none'}.`,
      { field: 'customfields' },
    );
  }
  return undefined;
}
