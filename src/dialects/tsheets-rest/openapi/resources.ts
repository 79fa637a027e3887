import type { Definition } from '../../../engine/definition.ts';
import { replayedHeaders } from '../../../http/openapi/idempotency.ts';
import type { Operation, PathItem, Schema } from '../../../http/openapi/types.ts';
import { actions } from '../actions.ts';
import { keySuffixes, putsAsPosts } from '../quirks.ts';
import { listSchema, removedSchemas, writtenSchemas } from './envelopes.ts';
import { errorsOf } from './errors.ts';
import { examplesOf } from './examples.ts';
import { filterParameters } from './filters.ts';
import { itemStatuses, type Verb } from './item-statuses.ts';
import { closed, code, objectName, pascal, schemaRef } from './names.ts';
import { changeName, objectSchemas } from './objects.ts';
import { idList, shared } from './parameters.ts';
import { whoMay } from './permissions.ts';

type Resources = ReadonlyMap<string, Definition>;

/** The operations of one resource at its endpoint. */
export function resourcePath(definition: Definition): PathItem {
  const { name, verbs } = definition;
  const puts = verbs.has('update') || putsAsPosts(name);
  return {
    get: listOperation(definition),
    ...(verbs.has('create') && actions[name] === undefined ? { post: writeOperation(definition, 'create') } : {}),
    ...(puts ? { put: writeOperation(definition, 'update') } : {}),
    ...(verbs.has('remove') ? { delete: removeOperation(definition) } : {}),
  };
}

/** The schemas that they name. */
export function resourceSchemas(resources: Resources, definition: Definition): Record<string, Schema> {
  const { name, verbs } = definition;
  const keys = keySuffixes[name] === undefined ? undefined : '^\\d+(_\\w+)?$';
  return {
    ...objectSchemas(resources, definition),
    ...(verbs.has('list') ? { [`${objectName(definition)}List`]: listSchema(resources, definition, keys) } : {}),
    ...(verbs.has('create') ? writtenSchemas(resources, definition, 'create') : {}),
    ...(verbs.has('update') ? writtenSchemas(resources, definition, 'update') : {}),
    ...(verbs.has('remove') ? removedSchemas(definition) : {}),
  };
}

function listOperation(definition: Definition): Operation {
  const { name, allow, ownUnlessFiltered } = definition;
  const description = [
    `Seen by ${whoMay(allow.view)}.`,
    ...(ownUnlessFiltered === undefined ? [] : ['Without filters, those of the caller only.']),
    ...(definition.needsOneOf === undefined
      ? []
      : [`At least one of ${definition.needsOneOf.map(code).join(', ')} must be given.`]),
    ...(definition.needs === undefined ? [] : [`${definition.needs.map(code).join(', ')} must be given.`]),
  ];
  return {
    operationId: `list${pascal(name)}`,
    tags: [name],
    summary: `List ${named(definition)}`,
    description: description.join(' '),
    parameters: [
      ...filterParameters(definition),
      shared('limit'),
      shared('page'),
      shared('perPage'),
      shared('supplementalData'),
      shared('managedClient'),
    ],
    responses: {
      200: answer('A page of rows.', `${objectName(definition)}List`, `list${pascal(name)}`),
      ...errorsOf(413),
    },
  };
}

function writeOperation(definition: Definition, verb: 'create' | 'update'): Operation {
  const { name, allow, options = {} } = definition;
  const again = verb === 'update' && putsAsPosts(name);
  const operationId = `${verb}${pascal(name)}`;
  const item = verb === 'create' ? `New${objectName(definition)}` : changeName(definition);
  const written = `${verb === 'create' || again ? 'Created' : 'Updated'}${objectName(definition)}List`;
  const words = Object.entries(options).map(([option, { values, byDefault, says }]): [string, Schema] => [
    option,
    { type: 'string', enum: values, default: byDefault, description: says },
  ]);
  return {
    operationId,
    tags: [name],
    summary: `${verb === 'create' ? 'Create' : 'Update'} ${named(definition)}`,
    description: [
      `${verb === 'create' ? 'Made' : 'Changed'} by ${whoMay(again ? allow.create : allow[verb])}.`,
      ...(again ? ['Does what a POST does.'] : []),
      'Up to 50 items at once, each with a status of its own.',
    ].join(' '),
    parameters: [shared('supplementalData'), shared('idempotencyKey'), shared('managedClient')],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: closed(
            { data: { type: 'array', items: schemaRef(item), maxItems: 50 }, ...Object.fromEntries(words) },
            words.map(([option]) => option),
          ),
          ...examplesOf(operationId).request,
        },
      },
    },
    responses: {
      200: { ...answer('What became of each item.', written, operationId), headers: replayedHeaders },
      ...errorsOf(400, 413, 422, ...(name === 'files' ? [408] : [])),
    },
    'x-item-statuses': itemStatuses(definition, again ? 'create' : verb),
  };
}

function removeOperation(definition: Definition): Operation {
  const { name, allow } = definition;
  const verb: Verb = 'remove';
  const operationId = `delete${pascal(name)}`;
  return {
    operationId,
    tags: [name],
    summary: `Delete ${named(definition)}`,
    description: `Deleted by ${whoMay(allow.remove)}. Each id has a status of its own.`,
    parameters: [idList('ids', 'The rows to delete.', true), shared('idempotencyKey'), shared('managedClient')],
    responses: {
      200: {
        ...answer('What became of each id.', `Deleted${pascal(name)}List`, operationId),
        headers: replayedHeaders,
      },
      ...errorsOf(400, 413, 422),
    },
    'x-item-statuses': itemStatuses(definition, verb),
  };
}

/** The success answer of an operation, with its example. */
export function answer(description: string, schema: string, operationId: string): Operation['responses'][string] {
  return {
    description,
    content: { 'application/json': { schema: schemaRef(schema), ...examplesOf(operationId).answer } },
  };
}

/** Rows of a resource in words. */
export function named({ name }: Pick<Definition, 'name'>): string {
  return name
    .replaceAll('_', ' ')
    .replace('customfielditem', 'custom field item')
    .replace('customfield', 'custom field');
}
