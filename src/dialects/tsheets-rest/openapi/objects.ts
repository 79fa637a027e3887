import type { Definition, Field } from '../../../engine/definition.ts';
import type { Schema } from '../../../http/openapi/types.ts';
import { putsAsPosts } from '../quirks.ts';
import { answered, isHidden } from './fields.ts';
import { sent } from './inputs.ts';
import { closed, objectName, schemaRef } from './names.ts';

type Resources = ReadonlyMap<string, Definition>;

/** The schemas of one row of a resource: as it is answered, as it is made, and as it is changed. */
export function objectSchemas(resources: Resources, definition: Definition): Record<string, Schema> {
  const name = objectName(definition);
  return {
    [name]: { title: name, description: definition.says, ...closed(...answeredFields(definition)) },
    ...(definition.verbs.has('create') ? newSchemas(resources, definition) : {}),
    ...(definition.verbs.has('update') ? { [`${name}Change`]: changeSchema(resources, definition) } : {}),
    ...(ownersIn(resources).has(definition.name) ? { [`New${name}Part`]: partSchema(resources, definition) } : {}),
  };
}

/** The properties of a row in answers, and those of them that are not always there. */
export function answeredFields(definition: Definition): [Record<string, Schema>, string[]] {
  const shown = Object.entries(definition.fields).filter(([, field]) => !isHidden(field));
  return [
    Object.fromEntries(shown.map(([name, field]) => [name, answered(definition, name, field)])),
    shown.filter(([, field]) => field.readBy !== undefined || field.onRequest !== undefined).map(([name]) => name),
  ];
}

/** What a PUT takes for one row: the schema of its changes, or that of a new row. */
export function changeName(definition: Definition): string {
  const name = objectName(definition);
  return putsAsPosts(definition.name) ? `New${name}` : `${name}Change`;
}

let owners: { readonly of: Resources; readonly by: ReadonlyMap<string, string> } | undefined;

/** By the name of each resource whose rows are made with those of another: the field of theirs that names the other's row. */
function ownersIn(resources: Resources): ReadonlyMap<string, string> {
  if (owners?.of !== resources) {
    const by = new Map<string, string>();
    for (const { fields } of resources.values()) {
      for (const { type, references = '', by: field = '' } of Object.values(fields)) {
        if (type === 'rows') by.set(references, field);
      }
    }
    owners = { of: resources, by };
  }
  return owners.by;
}

function newSchemas(resources: Resources, definition: Definition): Record<string, Schema> {
  const name = `New${objectName(definition)}`;
  const description = `What makes a new ${definition.singular}.`;
  const variants = definition.fields[definition.variant ?? '']?.values;
  if (variants === undefined) {
    return { [name]: { title: name, description, ...newItem(resources, definition, undefined) } };
  }
  const each = variants.map((variant) => ({ variant, title: `New${titled(variant)}${objectName(definition)}` }));
  return {
    [name]: { title: name, description, oneOf: each.map(({ title }) => schemaRef(title)) },
    ...Object.fromEntries(
      each.map(({ variant, title }) => [
        title,
        {
          title,
          description: `What makes one of the kind ${variant}.`,
          ...newItem(resources, definition, variant),
        },
      ]),
    ),
  };
}

function titled(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function newItem(resources: Resources, definition: Definition, variant: string | undefined, but?: string): Schema {
  const fields = Object.entries(definition.fields).filter(
    ([name, field]) => name !== but && isWritten(field, variant, ['read-write', 'write-once', 'write-only']),
  );
  const properties = fields.map(([name, field]): [string, Schema] => {
    const schema = sent(resources, isRequired(field, variant) ? { ...field, required: true } : field, false);
    return [name, name === definition.variant ? { ...schema, enum: [variant ?? ''] } : schema];
  });
  const { madeWithOneOf: choices = [] } = definition;
  return {
    ...closed(
      Object.fromEntries(properties),
      fields.filter(([, field]) => !isRequired(field, variant)).map(([name]) => name),
    ),
    ...(choices.length === 0 ? {} : { anyOf: choices.map((name) => ({ required: [name] })) }),
  };
}

/** Rows that are made with the row that they belong to. */
function partSchema(resources: Resources, definition: Definition): Schema {
  const title = `New${objectName(definition)}Part`;
  const owner = ownersIn(resources).get(definition.name);
  const variants = definition.fields[definition.variant ?? '']?.values ?? [undefined];
  const each = variants.map((variant) => newItem(resources, definition, variant, owner));
  const [only, ...others] = each;
  const description = `${definition.says} Made with what it belongs to.`;
  return others.length === 0 ? { title, description, ...only } : { title, description, oneOf: each };
}

function changeSchema(resources: Resources, definition: Definition): Schema {
  const fields = Object.entries(definition.fields).filter(([, field]) =>
    isWritten(field, undefined, ['read-write', 'write-only']),
  );
  const { id } = definition.fields;
  const key: Schema = { type: 'integer', minimum: 1, description: id?.says ?? 'The id of the row.' };
  const other = definition.alternateKey;
  const title = `${objectName(definition)}Change`;
  const keyFields = (other ?? []).filter((name) => !fields.some(([known]) => known === name));
  return {
    title,
    description: [
      'The row that is changed, and what changes in it. Read-only properties may come along as they are or blank.',
      ...(other === undefined
        ? []
        : [`Without an id, ${other.join(' and ')} ${other.length === 1 ? 'names' : 'name'} the row.`]),
    ].join(' '),
    ...closed(
      {
        id: key,
        ...Object.fromEntries(keyFields.map((name) => [name, keyField(resources, definition, name)])),
        ...Object.fromEntries(fields.map(([name, field]) => [name, sent(resources, field, true)])),
      },
      [...(other === undefined ? [] : ['id']), ...keyFields, ...fields.map(([name]) => name)],
    ),
    ...(other === undefined ? {} : { anyOf: [{ required: ['id'] }, { required: other }] }),
  };
}

function keyField(resources: Resources, { fields }: Definition, name: string): Schema {
  const field = fields[name];
  return field === undefined ? {} : sent(resources, field, false);
}

function isWritten({ mode }: Field, variant: string | undefined, modes: readonly string[]): boolean {
  const own = typeof mode === 'string' ? [mode] : variant === undefined ? Object.values(mode) : [mode[variant] ?? ''];
  return own.some((one) => modes.includes(one));
}

function isRequired({ required }: Field, variant: string | undefined): boolean {
  return required === true || (typeof required === 'object' && variant !== undefined && required.includes(variant));
}
