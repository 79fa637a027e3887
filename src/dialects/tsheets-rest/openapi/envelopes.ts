import type { Definition } from '../../../engine/definition.ts';
import type { Schema } from '../../../http/openapi/types.ts';
import { sectionBeside, sectionOf } from '../quirks.ts';
import { failureCodes, successCodes, type Verb } from './item-statuses.ts';
import { byId, closed, objectName, pascal, schemaRef } from './names.ts';
import { answeredFields } from './objects.ts';

type Resources = ReadonlyMap<string, Definition>;

/** The answer to a GET. */
export function listSchema(resources: Resources, definition: Definition, keys?: string): Schema {
  const follows = definition.follow.map(({ resource }) => resource);
  return closed(
    {
      results: closed({
        [definition.name]: { ...byId(schemaRef(objectName(definition)), keys), description: 'Rows by id.' },
      }),
      more: { type: 'boolean', description: 'Whether there is another page.' },
      supplemental_data: supplemental(resources, follows),
    },
    ['supplemental_data'],
  );
}

/** The object `supplemental_data`, in which sections without rows are left out; `rows` are those that differ from their schema. */
export function supplemental(
  resources: Resources,
  names: readonly string[],
  rows: Readonly<Record<string, Schema>> = {},
): Schema {
  const sections = [...new Set(names)].flatMap((name) => {
    const definition = resources.get(name);
    return definition === undefined
      ? []
      : [[sectionOf(name), byId(rows[name] ?? schemaRef(objectName(definition)))] as const];
  });
  return {
    description: 'Rows that the results refer to, by section and id. Left out with supplemental_data=no.',
    ...closed(
      Object.fromEntries(sections),
      sections.map(([name]) => name),
    ),
  };
}

/** The answer to a POST or PUT, with the schemas of its items. */
export function writtenSchemas(
  resources: Resources,
  definition: Definition,
  verb: 'create' | 'update',
): Record<string, Schema> {
  const name = objectName(definition);
  const written = `${verb === 'create' ? 'Created' : 'Updated'}${name}`;
  const failed = `${verb === 'create' ? 'Uncreated' : 'Unchanged'}${name}`;
  const beside = sectionBeside(definition.name);
  const follows = [
    ...definition.follow.map(({ resource }) => resource),
    ...(definition.touches ?? []),
    definition.name,
  ];
  const [properties, optional] = answeredFields(definition);
  const seldom = Object.entries(definition.fields).flatMap(([field, { onRequest }]) => (onRequest ? [field] : []));
  const shown = Object.fromEntries(Object.entries(properties).filter(([field]) => !seldom.includes(field)));
  return {
    [written]: {
      title: written,
      description: 'An item that was written, as it is now.',
      ...closed({ ...statusOf(successCodes(definition, verb)), ...shown }, optional),
    },
    [failed]: failedItem(failed, failureCodes(definition, verb)),
    [`${written}List`]: closed(
      {
        results: closed({
          [definition.name]: {
            ...byId({ anyOf: [schemaRef(written), schemaRef(failed)] }),
            description: 'The items in the order sent, by their position from 1.',
          },
        }),
        supplemental_data: supplemental(resources, follows),
        ...(beside === undefined ? {} : { [sectionOf(beside)]: byId(schemaRef(objectOf(resources, beside))) }),
      },
      ['supplemental_data', ...(beside === undefined ? [] : [sectionOf(beside)])],
    ),
  };
}

function objectOf(resources: Resources, name: string): string {
  const definition = resources.get(name);
  if (definition === undefined) throw new Error(`${name} is no resource`);
  return objectName(definition);
}

/** `_status_code` and `_status_message`. */
export function statusOf(codes: readonly number[]): Record<string, Schema> {
  return {
    _status_code: { type: 'integer', enum: codes, description: 'What became of the item.' },
    _status_message: { type: 'string', description: 'The code in words.' },
  };
}

/** An item that failed: why, and what was sent. */
export function failedItem(title: string, codes: readonly number[]): Schema {
  return {
    title,
    description: 'An item that was refused: nothing of it was written. What was sent comes back, but for secrets.',
    type: 'object',
    properties: {
      ...statusOf(codes),
      _status_extra: { type: 'string', description: 'Why, in a sentence for a person.' },
    },
    required: ['_status_code', '_status_message', '_status_extra'],
    additionalProperties: true,
  };
}

/** The answer to a DELETE. */
export function removedSchemas(definition: Definition): Record<string, Schema> {
  const name = `Deleted${pascal(definition.name)}List`;
  const verb: Verb = 'remove';
  // Most print it as a text, and 16-jobcode-assignments.md as a number where it succeeded.
  const id: Schema = { type: ['string', 'integer'], description: 'The id that was given.' };
  return {
    [name]: closed({
      results: closed({
        [definition.name]: {
          ...byId(
            {
              anyOf: [
                closed({ ...statusOf(successCodes(definition, verb)), id }),
                closed({
                  ...statusOf(failureCodes(definition, verb)),
                  _status_extra: { type: 'string', description: 'Why, in a sentence for a person.' },
                  id,
                }),
              ],
            },
            '^-?\\d*$',
          ),
          description: 'What became of each id.',
        },
      }),
    }),
  };
}
